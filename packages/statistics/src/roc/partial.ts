import type { RocCurve } from './curve.js';

/** A part of the ROC plane: between two specificities, or between two sensitivities. */
export interface PartialRange {
  readonly from: number;
  readonly to: number;
  readonly focus?: 'specificity' | 'sensitivity';
}

/** An area over part of the curve, and its rescaling so that chance is 1/2 and perfection 1 (McClish 1989). */
export interface PartialAuc {
  readonly area: number;
  /** NaN where the curve lies below the diagonal: the correction is not defined there. */
  readonly corrected: number;
}

/** Area under the polygon within the range; straight lines between neighbouring thresholds. */
export function partialAuc(curve: RocCurve, { from, to, focus = 'specificity' }: PartialRange): PartialAuc {
  const low = Math.min(from, to);
  const high = Math.max(from, to);
  const across = focus === 'specificity' ? curve.specificities : curve.sensitivities;
  const height = focus === 'specificity' ? curve.sensitivities : curve.specificities;
  let area = 0;
  for (let i = 1; i < across.length; i++) area += trapezium(across[i - 1], height[i - 1], across[i], height[i], low, high);
  const most = high - low;
  const chance = most * (1 - (low + high) / 2);
  return { area, corrected: area < chance ? NaN : (1 + (area - chance) / (most - chance)) / 2 };
}

/** Area under the segment from (x0, y0) to (x1, y1), the part with low ≤ x ≤ high. */
function trapezium(x0: number, y0: number, x1: number, y1: number, low: number, high: number): number {
  const left = Math.min(x0, x1);
  const right = Math.max(x0, x1);
  const start = Math.max(low, left);
  const end = Math.min(high, right);
  if (end <= start) return 0;
  const at = (x: number) => y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
  return ((at(start) + at(end)) / 2) * (end - start);
}
