import { incompleteGamma } from './incomplete-gamma.js';
import { monotoneRoot } from './monotone-root.js';
import { poissonTerm } from './saddle-point.js';

function density(x: number, shape: number, scale = 1): number {
  if (x < 0) return 0;
  if (x === 0) return shape < 1 ? Infinity : shape === 1 ? 1 / scale : 0;
  if (shape < 1) return (poissonTerm(shape, x / scale) * shape) / x;
  return poissonTerm(shape - 1, x / scale) / scale;
}

/** x with the lower tail p and the upper tail q = 1 − p, found in log x from the smaller tail. */
function inverse(p: number, q: number, shape: number, scale: number): number {
  if (!(p >= 0 && p <= 1 && shape > 0)) return NaN;
  if (p === 0) return 0;
  if (q === 0) return Infinity;
  const start = Math.log(shape) + (shape < 1 ? Math.log(p) / shape : 0);
  const u = monotoneRoot(p, q, Math.max(start, -700), (at) => {
    const x = Math.exp(at);
    return { ...incompleteGamma(shape, x), slope: poissonTerm(shape, x) * shape };
  });
  return scale * Math.exp(u);
}

/** The gamma distribution of a shape > 0 and a scale (default 1). */
export const gammaDistribution = {
  density,
  /** P(X ≤ x). */
  cdf: (x: number, shape: number, scale = 1): number => incompleteGamma(shape, x / scale).lower,
  /** P(X > x). */
  upper: (x: number, shape: number, scale = 1): number => incompleteGamma(shape, x / scale).upper,
  /** x with P(X ≤ x) = p. */
  quantile: (p: number, shape: number, scale = 1): number => inverse(p, 1 - p, shape, scale),
  /** x with P(X > x) = p. */
  upperQuantile: (p: number, shape: number, scale = 1): number => inverse(1 - p, p, shape, scale),
} as const;

/** The chi-squared distribution: sums of df squared standard normals. */
export const chiSquared = {
  density: (x: number, df: number): number => density(x, df / 2, 2),
  cdf: (x: number, df: number): number => incompleteGamma(df / 2, x / 2).lower,
  upper: (x: number, df: number): number => incompleteGamma(df / 2, x / 2).upper,
  quantile: (p: number, df: number): number => inverse(p, 1 - p, df / 2, 2),
  upperQuantile: (p: number, df: number): number => inverse(1 - p, p, df / 2, 2),
} as const;
