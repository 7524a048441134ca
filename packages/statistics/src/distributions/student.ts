import { betaLogitQuantile } from './beta.js';
import { incompleteBeta, kernel } from './incomplete-beta.js';
import { normal } from './normal.js';

/** Degrees of freedom beyond which t and the normal are the same double. */
const NEARLY_NORMAL = 1e20;

/** Beyond so many times √df the tail is a power of t and t² nears the largest double. */
const POWER_ONLY = 1e100;

/** P(T > t) for t ≥ 0: half of what the beta distribution of df/(df + t²) has below. */
function upperHalf(t: number, df: number): number {
  const root = Math.sqrt(df);
  if (t > POWER_ONLY * root) return (kernelAtZero(df) / root) * (root / t) ** df;
  const square = t * t;
  return incompleteBeta(df / 2, 0.5, df / (df + square), square / (df + square)).lower / 2;
}

function upper(t: number, df: number): number {
  if (df > NEARLY_NORMAL) return normal.upper(t);
  return t >= 0 ? upperHalf(t, df) : 1 - upperHalf(-t, df);
}

/** t ≥ 0 with P(T > t) = tail ≤ 1/2. */
function positiveQuantile(tail: number, df: number): number {
  const root = Math.sqrt(df);
  const far = Math.exp((Math.log(kernelAtZero(df) / root) - Math.log(tail)) / df);
  return far > POWER_ONLY ? root * far : root * Math.exp(-betaLogitQuantile(2 * tail, 1 - 2 * tail, df / 2, 0.5) / 2);
}

function quantile(p: number, df: number): number {
  if (!(p >= 0 && p <= 1 && df > 0)) return NaN;
  if (df > NEARLY_NORMAL) return normal.quantile(p);
  if (p === 0.5) return 0;
  return p < 0.5 ? -positiveQuantile(p, df) : positiveQuantile(1 - p, df);
}

function density(t: number, df: number): number {
  if (df > NEARLY_NORMAL) return normal.density(t);
  if (t === 0) return kernelAtZero(df);
  const root = Math.sqrt(df);
  if (Math.abs(t) > POWER_ONLY * root) return kernelAtZero(df) * (root / Math.abs(t)) ** (df + 1);
  const square = t * t;
  return kernel(df / 2, 0.5, df / (df + square), square / (df + square)) / Math.abs(t);
}

/** Γ((df+1)/2) / (√(df π) Γ(df/2)), as the limit of the density: the kernel's √y taken out. */
function kernelAtZero(df: number): number {
  const tiny = 1e-140;
  return kernel(df / 2, 0.5, 1, (tiny * tiny) / df) / tiny;
}

/** Student's t distribution; df need not be whole, and may be Infinity. */
export const studentT = {
  density,
  /** P(T ≤ t). */
  cdf: (t: number, df: number): number => upper(-t, df),
  /** P(T > t). */
  upper,
  /** t with P(T ≤ t) = p. */
  quantile,
  /** t with P(T > t) = p. */
  upperQuantile: (p: number, df: number): number => -quantile(p, df),
  /** P(|T| > |t|). */
  twoSided: (t: number, df: number): number => 2 * upper(Math.abs(t), df),
} as const;
