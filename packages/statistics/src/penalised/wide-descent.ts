import { entrySlack } from './quadratic.js';

/** A quadratic model in more columns than its second derivatives are worth computing for; `residual` and `curvature` per row. */
export interface WideModel {
  readonly z: Float64Array;
  readonly n: number;
  readonly columns: Int32Array;
  readonly size: number;
  readonly residual: Float64Array;
  readonly curvature: Float64Array;
  readonly intercept: boolean;
  /** Coefficients by place in `columns`; changed in place. */
  readonly b: Float64Array;
  readonly l1: Float64Array;
  readonly l2: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** Sweeps before the caller takes a new quadratic model. */
const SWEEPS = 1000;

/**
 * Coordinate descent on the rows' working residuals; sweeps over all columns until the largest h_jj δ_j² is below `tolerance`,
 * between them sweeps over the non-zero ones only.
 *
 * @returns the change of the intercept
 */
export function descendWide(model: WideModel, tolerance: number): number {
  const { z, n, columns, size, curvature, intercept, b } = model;
  const working = Float64Array.from(model.residual);
  const diagonal = new Float64Array(size);
  let total = 0;
  for (let i = 0; i < n; i++) total += curvature[i];
  for (let k = 0; k < size; k++) {
    const from = columns[k] * n;
    let h = 0;
    for (let i = 0; i < n; i++) h += curvature[i] * z[from + i] * z[from + i];
    diagonal[k] = h;
  }
  let lift = 0;
  const raise = (): number => {
    let slope = 0;
    for (let i = 0; i < n; i++) slope += working[i];
    const step = slope / total;
    for (let i = 0; i < n; i++) working[i] -= step * curvature[i];
    lift += step;
    return total * step * step;
  };
  const sweep = (all: boolean): number => {
    let largest = intercept ? raise() : 0;
    for (let k = 0; k < size; k++) if (all || b[k] !== 0) largest = Math.max(largest, coordinate(model, k, diagonal[k], working));
    return largest;
  };
  for (let count = 0; count < SWEEPS; count++) {
    if (sweep(true) < tolerance) break;
    while (count++ < SWEEPS && sweep(false) >= tolerance);
  }
  return lift;
}

/** Minimises over one coefficient; returns h δ². */
function coordinate({ z, n, columns, curvature, b, l1, l2, lower, upper }: WideModel, k: number, h: number, working: Float64Array): number {
  const from = columns[k] * n;
  const old = b[k];
  let u = h * old;
  for (let i = 0; i < n; i++) u += z[from + i] * working[i];
  const excess = (u < 0 ? -u : u) - l1[k];
  let next = 0;
  if (excess > 0 && h + l2[k] > 0 && (old !== 0 || excess > entrySlack(l1[k], h))) next = Math.min(upper[k], Math.max(lower[k], (u < 0 ? -excess : excess) / (h + l2[k])));
  const step = next - old;
  if (step === 0) return 0;
  b[k] = next;
  for (let i = 0; i < n; i++) working[i] -= step * curvature[i] * z[from + i];
  return h * step * step;
}
