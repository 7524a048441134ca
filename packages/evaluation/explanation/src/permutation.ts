import { auc } from '@radloom/statistics';

/** How much worse a model does when one column is shuffled; NaN where it is not defined. */
export interface Importance {
  readonly feature: string;
  /** Rise of the Brier score: mean and standard deviation over shuffles. */
  readonly brierRise: number;
  readonly brierSd: number;
  /** Fall of the AUC, mean over shuffles; NaN with one class. */
  readonly aucDrop: number;
}

/**
 * Permutation importance on the explained rows (Breiman 2001; Fisher, Rudin & Dominici 2019).
 *
 * @param predicted predictions of the shuffled table, laid out as `perturb` says
 */
export function permutationImportances(features: readonly string[], outcome: Uint8Array, predicted: Float64Array, shuffles: number): Importance[] {
  const n = outcome.length;
  const both = outcome.includes(0) && outcome.includes(1);
  const brier = (values: Float64Array) => values.reduce((sum, p, i) => sum + (p - outcome[i]) ** 2, 0) / n;
  const area = (values: Float64Array) => (both ? auc(outcome, values) : NaN);
  const own = predicted.subarray(0, n);
  const before = { brier: brier(own), area: area(own) };
  return features.map((feature, j) => {
    const runs = Array.from({ length: shuffles }, (_, s) => predicted.subarray(n + (j * shuffles + s) * n, n + (j * shuffles + s + 1) * n));
    const rises = runs.map((values) => brier(values) - before.brier);
    const mean = rises.reduce((sum, value) => sum + value, 0) / shuffles;
    return {
      feature,
      brierRise: mean,
      brierSd: Math.sqrt(rises.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (shuffles - 1)),
      aucDrop: before.area - runs.reduce((sum, values) => sum + area(values), 0) / shuffles,
    };
  });
}
