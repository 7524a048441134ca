import { RadloomError } from '@radloom/core';

/** Hyndman & Fan's (1996) numbering of sample quantiles; 7 is R's and numpy's, 6 is SPSS's and Prism's. */
export type QuantileType = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

/** a and b of types 4 to 9: the position among n sorted values is a + p (n + 1 − a − b). */
const PLOTTING = { 4: [0, 1], 5: [0.5, 0.5], 6: [0, 0], 7: [1, 1], 8: [1 / 3, 1 / 3], 9: [3 / 8, 3 / 8] } as const;

/**
 * Sample quantiles, rounding as R does.
 *
 * @param values any order, not changed
 * @param probabilities each in [0, 1]
 * @throws `no-values` when there are none, `value-missing` when one is not a number
 */
export function quantile(values: ArrayLike<number>, probabilities: readonly number[], type: QuantileType = 7): number[] {
  if (values.length === 0) throw new RadloomError({ code: 'no-values', what: 'A quantile needs at least one value.' });
  const sorted = Float64Array.from(values).sort();
  if (Number.isNaN(sorted[sorted.length - 1])) throw new RadloomError({ code: 'value-missing', what: 'A quantile of values of which some are missing is not defined.', fix: 'Leave missing values out.' });
  return probabilities.map((p) => sortedQuantile(sorted, p, type));
}

/** The quantile of values that are ascending already. */
export function sortedQuantile(sorted: Float64Array, p: number, type: QuantileType = 7): number {
  const n = sorted.length;
  const at = (k: number) => sorted[Math.min(n, Math.max(1, k)) - 1]; // the k-th smallest, ends repeated
  if (type <= 3) return step(at, type === 3 ? n * p - 0.5 : n * p, type);
  const [a, b] = PLOTTING[type as keyof typeof PLOTTING];
  const fuzz = type === 7 ? 0 : 4 * Number.EPSILON; // R keeps type 7 as it always was
  const position = type === 7 ? 1 + (n - 1) * p : a + p * (n + 1 - a - b);
  const k = Math.floor(position + fuzz);
  const share = Math.abs(position - k) < fuzz ? 0 : position - k;
  const [lower, upper] = [at(k), at(k + 1)];
  return share === 0 || lower === upper ? lower : (1 - share) * lower + share * upper;
}

/** Types 1 to 3: an observation, or the mean of two neighbours where the empirical distribution jumps. */
function step(at: (k: number) => number, position: number, type: number): number {
  const k = Math.floor(position);
  const beyond = position > k;
  if (type === 1) return at(beyond ? k + 1 : k);
  if (type === 2) return beyond ? at(k + 1) : (at(k) + at(k + 1)) / 2;
  return at(beyond || k % 2 !== 0 ? k + 1 : k); // at a tie, the nearest even order statistic
}
