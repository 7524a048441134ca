import { cholesky, choleskySolve } from '../regression/symmetric.js';

/**
 * Standardised difference of a variable with categories (Yang & Dalton 2012): the Mahalanobis distance of the proportions of all levels
 * but the first under the mean of both multinomial covariances; for two levels the difference of proportions over √((p(1−p) + q(1−q))/2).
 * 0 where both groups have the same level throughout, NaN for an empty group or where the distance has no bound.
 *
 * @param first, second counts of each level
 */
export function categoryDifference(first: readonly number[], second: readonly number[]): number {
  const shares = [first, second].map((counts) => {
    const total = counts.reduce((sum, count) => sum + count, 0);
    return counts.slice(1).map((count) => count / total);
  });
  const [p, q] = shares;
  const apart = Float64Array.from(p, (share, level) => q[level] - share);
  if (apart.every((value) => value === 0)) return 0;
  const size = p.length;
  const covariance = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) covariance[i * size + j] = (i === j ? p[i] + q[i] : 0) / 2 - (p[i] * p[j] + q[i] * q[j]) / 2;
  }
  const lower = cholesky(covariance, size);
  if (lower === undefined) return NaN;
  const solved = choleskySolve(lower, size, apart);
  const squared = apart.reduce((sum, value, level) => sum + value * solved[level], 0);
  return Number.isFinite(squared) ? Math.sqrt(squared) : NaN;
}
