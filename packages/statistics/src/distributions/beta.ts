import { incompleteBeta, kernel } from './incomplete-beta.js';
import { monotoneRoot } from './monotone-root.js';

/**
 * log(x / (1 − x)) of the point where the beta distribution has the lower tail p and the upper tail q = 1 − p: the logit keeps
 * the digits of x near 0 and near 1, and t and F are simple functions of it.
 */
export function betaLogitQuantile(p: number, q: number, a: number, b: number): number {
  if (!(p >= 0 && q >= 0 && p <= 1 && q <= 1 && a > 0 && b > 0)) return NaN;
  if (p === 0) return -Infinity;
  if (q === 0) return Infinity;
  return monotoneRoot(p, q, Math.log(a / b), (u) => {
    const { x, y } = pointAtLogit(u);
    return { ...incompleteBeta(a, b, x, y), slope: kernel(a, b, x, y) };
  });
}

/** x = 1/(1 + e⁻ᵘ) and y = 1 − x, both to full precision. */
export function pointAtLogit(u: number): { x: number; y: number } {
  const small = Math.exp(-Math.abs(u)) / (1 + Math.exp(-Math.abs(u)));
  const large = 1 / (1 + Math.exp(-Math.abs(u)));
  return u < 0 ? { x: small, y: large } : { x: large, y: small };
}

function density(x: number, a: number, b: number): number {
  if (x < 0 || x > 1) return 0;
  if (x === 0) return a < 1 ? Infinity : a === 1 ? b : 0;
  if (x === 1) return b < 1 ? Infinity : b === 1 ? a : 0;
  return kernel(a, b, x, 1 - x) / (x * (1 - x));
}

/** The beta distribution on [0, 1]. */
export const betaDistribution = {
  density,
  /** P(X ≤ x). */
  cdf: (x: number, a: number, b: number): number => incompleteBeta(a, b, x, 1 - x).lower,
  /** P(X > x). */
  upper: (x: number, a: number, b: number): number => incompleteBeta(a, b, x, 1 - x).upper,
  /** x with P(X ≤ x) = p. */
  quantile: (p: number, a: number, b: number): number => pointAtLogit(betaLogitQuantile(p, 1 - p, a, b)).x,
  /** x with P(X > x) = p. */
  upperQuantile: (p: number, a: number, b: number): number => pointAtLogit(betaLogitQuantile(1 - p, p, a, b)).x,
} as const;
