import type { Penalty } from './predictor.js';

/**
 * The number c that makes Σ_k [α |b_k − c| + ½ (1 − α)(b_k − c)²] least: the median for the lasso (the middle of it for an even number
 * of classes), the mean for ridge and for a column without penalty, between them otherwise (Friedman, Hastie & Tibshirani 2010, section 4.1). Kept where every
 * b_k − c is within the bounds.
 */
export function centreOf(b: Float64Array, penalty: Penalty, column: number): number {
  const n = b.length;
  const alpha = penalty.factor[column] === 0 ? 0 : penalty.alpha;
  const sorted = Float64Array.from(b).sort();
  const low = sorted[n - 1] - penalty.upper[column];
  const high = sorted[0] - penalty.lower[column];
  const clamp = (c: number) => Math.min(high, Math.max(low, c));
  const mean = sorted.reduce((sum, value) => sum + value, 0) / n;
  if (alpha === 0) return clamp(mean);
  const median = n % 2 === 1 ? sorted[(n - 1) / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
  if (alpha === 1) return clamp(median);
  // Between sorted[k-1] and sorted[k] the derivative is linear: zero at mean + r (values above − values below).
  const r = alpha / ((1 - alpha) * n);
  for (let k = 0; k <= n; k++) {
    const c = mean + r * (n - 2 * k);
    const from = k === 0 ? -Infinity : sorted[k - 1];
    const to = k === n ? Infinity : sorted[k];
    if (c >= from && c <= to) return clamp(c);
    if (k < n && c > sorted[k] && mean + r * (n - 2 * k - 2) < sorted[k]) return clamp(sorted[k]);
  }
  return clamp(median);
}
