import { type Random, type TrainingSet } from '@radloom/core';

const SHUFFLES = 10;

/**
 * Permutation importance (Breiman 2001; Fisher, Rudin & Dominici 2019): the rise of the Brier score of the training rows when the values
 * of one column are shuffled, mean of ten shuffles; about 0 for a column that the model does not use.
 *
 * @param predict  probabilities for a matrix laid out as `set.x`; the matrix is the caller's again afterwards
 */
export function permutationImportance({ x, y, rows, predictors }: TrainingSet, predict: (x: Float64Array) => Float64Array, stream: Random): Record<string, number> {
  const brier = (probability: Float64Array) => probability.reduce((sum, p, r) => sum + (y[r] - p) ** 2, 0) / rows;
  const base = brier(predict(x));
  const changed = x.slice();
  const entries = predictors.map((name, c) => {
    let rise = 0;
    for (let s = 0; s < SHUFFLES; s++) {
      stream.permutation(rows).forEach((from, r) => (changed[c * rows + r] = x[c * rows + from]));
      rise += brier(predict(changed)) - base;
    }
    changed.set(x.subarray(c * rows, (c + 1) * rows), c * rows);
    return [name, rise / SHUFFLES];
  });
  return Object.fromEntries(entries);
}
