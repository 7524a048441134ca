import { incompleteBeta } from './incomplete-beta.js';
import type { Tails } from './incomplete-gamma.js';
import { binomialTerm } from './saddle-point.js';

function tails(k: number, n: number, p: number): Tails {
  const whole = Math.floor(k + 1e-7);
  if (whole < 0) return { lower: 0, upper: 1 };
  if (whole >= n) return { lower: 1, upper: 0 };
  const { lower, upper } = incompleteBeta(whole + 1, n - whole, p, 1 - p);
  return { lower: upper, upper: lower };
}

/** The smallest count whose lower tail reaches p; a tail that misses it by rounding alone counts as reached. */
function quantile(p: number, n: number, probability: number): number {
  if (!(p >= 0 && p <= 1)) return NaN;
  const needed = p * (1 - 64 * Number.EPSILON);
  let low = 0;
  let high = n;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (tails(middle, n, probability).lower >= needed) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The binomial distribution: successes among n trials of the given probability. */
export const binomial = {
  density: (k: number, n: number, probability: number): number => (Number.isInteger(k) && k >= 0 && k <= n ? binomialTerm(k, n - k, probability, 1 - probability) : 0),
  /** P(X ≤ k). */
  cdf: (k: number, n: number, probability: number): number => tails(k, n, probability).lower,
  /** P(X > k). */
  upper: (k: number, n: number, probability: number): number => tails(k, n, probability).upper,
  /** Smallest k with P(X ≤ k) ≥ p. */
  quantile,
} as const;
