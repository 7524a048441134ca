import type { Gathered, Model } from '@radloom/core';
import { entries, namedNumbers, number, numberList, record, text } from './plain.js';
import { isTainted, place, type StudyResults } from './results.js';
import { predictorSets, setOf } from './sets.js';

/** One step of the selection: how many features came in and were kept. */
export interface SelectionStep {
  readonly name: string;
  readonly before: number;
  readonly after: number;
  readonly kept: readonly string[];
  readonly model: Model;
  readonly tainted: boolean;
  /** The set of predictors, where the study has several. */
  readonly set?: string;
}

/** Elements (folds) in which features were selected, in the order given: `holdout`, `r1f1` …; one, usually, and then often without a name. */
export function selectionPlaces({ models }: StudyResults): string[] {
  return [...new Set(models.filter(isSelector).map((entry) => place(entry.at)))];
}

/**
 * The selection steps of one element, first to last.
 *
 * Each step takes what the one before it left, so their order is that of falling counts; steps that removed nothing stay in the order given.
 * Of several sets of predictors, one after the other.
 */
export function selectionChain(results: StudyResults, at = selectionPlaces(results)[0]): SelectionStep[] {
  const sets = predictorSets(results.study).map(({ name }) => name);
  return results.models
    .filter(isSelector)
    .filter((entry) => place(entry.at) === at)
    .flatMap((gathered) => {
      const { name, value: model } = gathered;
      const before = number(model?.summary?.before);
      if (model === undefined || before === undefined) return [];
      return [{ name, before, after: number(model.summary?.after) ?? model.predictors.length, kept: model.predictors, model, tainted: isTainted(results.study, gathered), ...(sets.length === 0 ? {} : { set: setOf(results.study, gathered) }) }];
    })
    .sort((a, b) => sets.indexOf(a.set ?? '') - sets.indexOf(b.set ?? '') || b.before - a.before || b.after - a.after);
}

function isSelector({ value }: Gathered<Model>): boolean {
  return value?.plugin.startsWith('selector/') ?? false;
}

/** A chain by sets of predictors; one part, without a name, where there are none. */
export function chainsBySet(chain: readonly SelectionStep[]): { readonly set?: string; readonly steps: readonly SelectionStep[] }[] {
  return [...new Set(chain.map(({ set }) => set))].map((set) => ({ ...(set === undefined ? {} : { set }), steps: chain.filter((step) => step.set === set) }));
}

/** A lasso path and what cross-validation made of it; all lists run along `lambda`. */
export interface LassoFit {
  readonly lambda: readonly number[];
  /** Cross-validated loss and its standard error; absent where lambda was given instead of chosen. */
  readonly cvm?: readonly number[];
  readonly cvsd?: readonly number[];
  /** What `cvm` measures. */
  readonly measure?: string;
  readonly nonzero?: readonly number[];
  readonly lambdaMin?: number;
  readonly lambda1se?: number;
  /** The penalty whose coefficients were taken. */
  readonly chosen?: number;
  /** Coefficients at the chosen penalty; those that are 0 left out. */
  readonly coefficients: ReadonlyMap<string, number>;
  readonly paths?: ReadonlyMap<string, readonly number[]>;
}

/** The lasso of a selection, if it has one. */
export function lassoFit(chain: readonly SelectionStep[]): LassoFit | undefined {
  const summary = chain.findLast(({ model }) => model.plugin === 'selector/lasso')?.model.summary;
  const lambda = numberList(summary?.lambda);
  if (summary === undefined || lambda === undefined || lambda.length === 0) return undefined;
  const along = (value: unknown) => {
    const list = numberList(value);
    return list?.length === lambda.length ? list : undefined;
  };
  const paths = entries(record(summary.paths) ?? {}).flatMap(([name, value]) => {
    const path = along(value);
    return path === undefined ? [] : [[name, path] as const];
  });
  const coefficients = new Map([...(namedNumbers(summary.coefficients) ?? [])].filter(([, value]) => value !== 0));
  return {
    lambda,
    cvm: along(summary.cvm),
    cvsd: along(summary.cvsd),
    nonzero: along(summary.nonzero),
    lambdaMin: number(summary.lambdaMin),
    lambda1se: number(summary.lambda1se),
    measure: text(summary.measure),
    chosen: number(summary.chosen) ?? penaltyOf(coefficients, lambda, new Map(paths)),
    coefficients,
    ...(paths.length > 0 ? { paths: new Map(paths) } : {}),
  };
}

/** The penalty at which the paths have these coefficients. */
function penaltyOf(coefficients: ReadonlyMap<string, number>, lambda: readonly number[], paths: ReadonlyMap<string, readonly number[]>): number | undefined {
  if (coefficients.size === 0 || paths.size === 0) return undefined;
  return lambda.find((_, i) => [...paths].every(([name, path]) => path[i] === (coefficients.get(name) ?? 0)));
}

/** A feature that the selection left, and what the lasso gave it. */
export interface SelectedFeature {
  readonly name: string;
  /** In the feature's own unit. */
  readonly coefficient?: number;
  /** For one standard deviation of the feature, which makes features comparable. */
  readonly perDeviation?: number;
}

/** The features that the selection left, of all sets; those that weigh most first, where there are coefficients. */
export function selectedFeatures(chain: readonly SelectionStep[]): SelectedFeature[] {
  const fit = lassoFit(chain);
  const at = fit?.chosen === undefined ? -1 : fit.lambda.indexOf(fit.chosen);
  const kept = [...new Set(chainsBySet(chain).flatMap(({ steps }) => steps.at(-1)?.kept ?? []))];
  const features = kept.map((name): SelectedFeature => ({ name, coefficient: fit?.coefficients.get(name), perDeviation: fit?.coefficients.has(name) === true ? fit.paths?.get(name)?.[at] : undefined }));
  const weight = ({ perDeviation, coefficient }: SelectedFeature) => Math.abs(perDeviation ?? coefficient ?? 0);
  return features.sort((a, b) => weight(b) - weight(a));
}
