import { failedEverywhere } from '../reading/failures.js';
import type { StudyResults } from '../reading/results.js';

export type Step = StudyResults['study']['steps'][number];

/** What is done to one image of every case, from file to features. */
export interface ImageChain {
  /** `pet`; undefined where a case has one image. */
  readonly name?: string;
  readonly normalise?: Step;
  readonly resample?: Step;
  readonly resegment?: Step;
  /** One an image type. */
  readonly discretise: readonly Step[];
  readonly filters: readonly Step[];
  readonly families: readonly Step[];
  readonly overview?: Step;
}

/** The run as a person tells it, put together from its steps; what failed in every fold was not done, and is left out. */
export interface Run {
  readonly steps: readonly Step[];
  readonly chains: readonly ImageChain[];
  readonly split?: Step;
  /** What is fitted on training rows before the models: transforms and selectors, in order. */
  readonly preparation: readonly Step[];
  readonly classifiers: readonly Step[];
  readonly ensembles: readonly Step[];
  readonly tuning?: Step;
  readonly innerFolds?: Step;
  readonly resampler?: Step;
  readonly threshold?: Step;
  /** One of each kind: `discrimination`, `calibration` … */
  readonly evaluations: ReadonlyMap<string, Step>;
  /** Names of the controls: `permuted-labels`. */
  readonly controls: readonly string[];
}

/** Undefined where the report was given no steps. */
export function runOf(results: StudyResults): Run | undefined {
  const { steps } = results.study;
  if (steps.length === 0) return undefined;
  // What is fitted once more in the folds of the tuning repeats the steps outside.
  const failed = failedEverywhere(results);
  const main = steps.filter(({ id }) => !failed.has(id) && !/^(control|nested)\./.test(id) && (!id.startsWith('tuning.') || id === 'tuning.folds'));
  const find = (test: (step: Step) => boolean) => main.find(test);
  const fitted = (...kinds: string[]) => main.filter(({ plugin, operation }) => operation === 'fit' && kinds.some((kind) => plugin.startsWith(`${kind}/`)));
  const evaluations = new Map<string, Step>();
  for (const step of main) if (step.plugin.startsWith('evaluation/') && step.operation === 'run' && !evaluations.has(pluginName(step))) evaluations.set(pluginName(step), step);
  return {
    steps,
    chains: chainsOf(main),
    split: find(({ plugin, operation, id }) => plugin.startsWith('splitter/') && operation === 'assign' && id !== 'tuning.folds'),
    preparation: fitted('transform', 'selector'),
    classifiers: fitted('classifier'),
    ensembles: fitted('ensemble'),
    tuning: find(({ plugin }) => plugin === 'evaluation/tuning'),
    innerFolds: find(({ id }) => id === 'tuning.folds'),
    resampler: find(({ plugin }) => plugin.startsWith('resampler/')),
    threshold: find(({ plugin }) => plugin === 'evaluation/threshold'),
    evaluations,
    controls: [...new Set(steps.flatMap(({ id }) => /^control\.([^.]+)\./.exec(id)?.[1] ?? []))],
  };
}

/** Steps of a case carry the image's name before a colon where a case has several. */
function chainsOf(steps: readonly Step[]): ImageChain[] {
  const named = steps.map((step) => ({ step, image: /^([a-z][a-z0-9]*):/.exec(step.id)?.[1] }));
  const images = [...new Set(named.filter(({ step }) => step.plugin === 'preprocess/discretise').map(({ image }) => image))];
  return images.map((image) => {
    const own = named.filter((entry) => entry.image === image).map(({ step }) => step);
    const of = (plugin: string) => own.filter((step) => step.plugin === plugin || step.plugin.startsWith(`${plugin}/`));
    return {
      ...(image === undefined ? {} : { name: image }),
      normalise: of('preprocess/normalise')[0],
      resample: of('preprocess/resample')[0],
      resegment: of('preprocess/resegment')[0],
      discretise: of('preprocess/discretise'),
      filters: of('filter'),
      families: of('features'),
      overview: of('preprocess/overview')[0],
    };
  });
}

/** Image type of a step on a derived image: `original`, `wavelet-LLH`. */
export function imageTypeOf({ id }: Step): string {
  return id.slice(id.indexOf('@') + 1);
}

/** Names without the kind: `glcm`, `log`. */
export function pluginName({ plugin }: Pick<Step, 'plugin'>): string {
  return plugin.slice(plugin.indexOf('/') + 1);
}
