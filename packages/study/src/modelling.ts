import type { Plugin } from '@radloom/core';
import { from, type Ref, source, type Step } from '@radloom/engine';
import type { ColumnGroup, FindPlugin } from './extraction.js';
import { nameAndSettings, type Study } from './schema.js';

export interface ModellingGraph {
  readonly steps: readonly Step[];
  /** Ids of the folds. */
  readonly folds: readonly string[];
  /** What a report is given. */
  readonly report: { readonly table: Ref; readonly models: readonly Ref[]; readonly choices: readonly Ref[]; readonly predictions: readonly Ref[]; readonly metrics: readonly Ref[] };
}

/**
 * The steps above the cases: one table; rows divided; on each fold's training rows transforms and selectors, tuned models and their blend;
 * predictions of both sides; evaluation. Everything that learns is connected to training rows only.
 */
export function modellingGraph(study: Study, columns: readonly ColumnGroup[], find: FindPlugin): ModellingGraph {
  const steps: Step[] = [];
  const add = (step: Step): string => {
    steps.push(step);
    return step.id;
  };
  const table = from(
    add({
      id: 'table',
      plugin: 'transform/assemble',
      operation: 'run',
      params: {
        columns: columns.map(({ step, prefix, features }) => ({ input: step, prefix, features })),
        outcome: { column: study.cohort.outcome.column, event: String(study.cohort.outcome.event) },
        clinicalColumns: study.cohort.clinical,
      },
      inputs: { features: columns.map(({ step, output }) => from(step, output, { gather: ['case'] })), clinical: source('clinical') },
    }),
    'table',
  );

  const splitter = find(`splitter/${study.split.method}`);
  const folds = (splitter.about.elements as (params: unknown) => readonly string[])(splitter.params.parse(study.split.settings));
  const assigned = from(add({ id: 'split', plugin: `splitter/${study.split.method}`, operation: 'assign', params: study.split.settings, inputs: { table } }), 'folds');
  const taken = add({ id: 'fold', plugin: `splitter/${study.split.method}`, operation: 'take', params: study.split.settings, inputs: { table, folds: assigned } });
  let training = from(taken, 'training');
  let test = from(taken, 'test');

  const models: Ref[] = [];
  for (const entry of study.selection) {
    const { name, settings } = nameAndSettings(entry);
    const plugin = pluginOf(name, ['selector', 'transform'], find);
    const model = from(add({ id: `${name}.fit`, plugin, operation: 'fit', params: settings, inputs: { table: training } }), 'model', { name });
    models.push({ ...model, gather: ['fold'] });
    const applied = { plugin, operation: 'apply', params: settings };
    training = from(add({ id: `${name}.training`, ...applied, inputs: { model, table: training } }), 'table');
    test = from(add({ id: `${name}.test`, ...applied, inputs: { model, table: test } }), 'table');
  }

  const inner = from(add({ id: 'tuning.folds', plugin: 'splitter/k-fold', operation: 'assign', params: { folds: study.tuning.folds, repeats: study.tuning.repeats }, inputs: { table: training } }), 'folds');
  const choices: Ref[] = [];
  const members: { name: string; outOfFold: Ref; training: Ref; test: Ref }[] = [];
  const ensembles: string[] = [];
  for (const [name, given] of Object.entries(study.models)) {
    const plugin = pluginOf(name, ['classifier', 'ensemble'], find);
    if (plugin.startsWith('ensemble/')) {
      ensembles.push(name);
      continue;
    }
    const shared = given?.settings ?? {};
    const candidates = combinations(given?.grid ?? {}).map((settings, i) => ({ name: `${name}.candidate.${i + 1}`, settings }));
    for (const candidate of candidates) {
      add({ id: candidate.name, plugin, operation: 'cross-fit', params: { ...shared, ...candidate.settings }, inputs: { table: training, folds: inner } });
    }
    const choice = add({
      id: `${name}.choice`,
      plugin: 'evaluation/tuning',
      operation: 'run',
      params: { metric: study.tuning.metric, rule: study.tuning.rule, candidates: candidates.map((candidate) => ({ name: candidate.name, settings: candidate.settings })) },
      inputs: { candidates: candidates.map((candidate) => from(candidate.name, 'predictions')) },
    });
    choices.push(from(choice, 'choice', { name, gather: ['fold'] }));
    const model = from(add({ id: `${name}.fit`, plugin, operation: 'fit', params: shared, inputs: { table: training, choice: from(choice, 'choice') } }), 'model', { name });
    models.push({ ...model, gather: ['fold'] });
    members.push({
      name,
      outOfFold: from(choice, 'predictions', { name }),
      training: from(add({ id: `${name}.training`, plugin, operation: 'predict', params: shared, inputs: { model, table: training } }), 'predictions', { name }),
      test: from(add({ id: `${name}.test`, plugin, operation: 'predict', params: shared, inputs: { model, table: test } }), 'predictions', { name }),
    });
  }
  const blends: typeof members = [];
  for (const name of ensembles) {
    const plugin = pluginOf(name, ['ensemble'], find);
    const params = study.models[name]?.settings ?? {};
    const model = from(add({ id: `${name}.fit`, plugin, operation: 'fit', params, inputs: { members: members.map((member) => member.outOfFold) } }), 'model', { name });
    models.push({ ...model, gather: ['fold'] });
    const predict = (side: 'outOfFold' | 'training' | 'test', label: string) =>
      from(add({ id: `${name}.${label}`, plugin, operation: 'predict', params, inputs: { model, members: members.map((member) => member[side]) } }), 'predictions', { name });
    blends.push({ name, outOfFold: predict('outOfFold', 'out-of-fold'), training: predict('training', 'training'), test: predict('test', 'test') });
  }
  const predictions = [...members, ...blends].flatMap((member) => [member.training, member.outOfFold, member.test]).map((ref): Ref => ({ ...ref, gather: ['fold'] }));
  const metrics = study.evaluation.map((entry): Ref => {
    const { name, settings } = nameAndSettings(entry);
    return from(add({ id: name, plugin: `evaluation/${name}`, operation: 'run', params: settings, inputs: { predictions } }), 'metrics', { name });
  });
  return { steps, folds, report: { table, models, choices, predictions, metrics } };
}

/** The id of the plugin of that name in the first kind that has it; the first kind's id when none has, so that its error names the step. */
function pluginOf(name: string, kinds: readonly Plugin['kind'][], find: FindPlugin): string {
  for (const kind of kinds) {
    try {
      find(`${kind}/${name}`);
      return `${kind}/${name}`;
    } catch {
      // The next kind may have it.
    }
  }
  find(`${kinds[0]}/${name}`);
  return `${kinds[0]}/${name}`;
}

/** Every combination of a grid's values, the last setting changing fastest. */
export function combinations(grid: Readonly<Record<string, readonly unknown[]>>): Record<string, unknown>[] {
  let all: Record<string, unknown>[] = [{}];
  for (const [name, values] of Object.entries(grid)) all = all.flatMap((settings) => values.map((value) => ({ ...settings, [name]: value })));
  return all;
}
