import { betaLogitQuantile } from './beta.js';
import { chiSquared } from './gamma.js';
import { incompleteBeta, kernel } from './incomplete-beta.js';
import type { Tails } from './incomplete-gamma.js';

function tails(x: number, d1: number, d2: number): Tails {
  if (x <= 0) return { lower: 0, upper: 1 };
  if (x === Infinity) return { lower: 1, upper: 0 };
  if (d2 === Infinity) return { lower: chiSquared.cdf(x * d1, d1), upper: chiSquared.upper(x * d1, d1) };
  const whole = d2 + d1 * x;
  return incompleteBeta(d1 / 2, d2 / 2, (d1 * x) / whole, d2 / whole);
}

function inverse(p: number, q: number, d1: number, d2: number): number {
  if (d2 === Infinity) return (p <= q ? chiSquared.quantile(p, d1) : chiSquared.upperQuantile(q, d1)) / d1;
  return (d2 / d1) * Math.exp(betaLogitQuantile(p, q, d1 / 2, d2 / 2));
}

function density(x: number, d1: number, d2: number): number {
  if (x < 0) return 0;
  if (x === 0) return d1 < 2 ? Infinity : d1 === 2 ? 1 : 0;
  const whole = d2 + d1 * x;
  return kernel(d1 / 2, d2 / 2, (d1 * x) / whole, d2 / whole) / x;
}

/** Fisher's F distribution with d1 and d2 degrees of freedom; d2 may be Infinity. */
export const fDistribution = {
  density,
  /** P(F ≤ x). */
  cdf: (x: number, d1: number, d2: number): number => tails(x, d1, d2).lower,
  /** P(F > x). */
  upper: (x: number, d1: number, d2: number): number => tails(x, d1, d2).upper,
  /** x with P(F ≤ x) = p. */
  quantile: (p: number, d1: number, d2: number): number => inverse(p, 1 - p, d1, d2),
  /** x with P(F > x) = p. */
  upperQuantile: (p: number, d1: number, d2: number): number => inverse(1 - p, p, d1, d2),
} as const;
