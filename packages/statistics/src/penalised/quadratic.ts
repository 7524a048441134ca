/**
 * A quadratic model of the loss in a few coefficients, with its elastic-net penalty:
 * minimise ½ δ'Hδ − g'δ + Σ_j (l1_j |b_j| + ½ l2_j b_j²) over b = b_old + δ within bounds.
 *
 * `h` is symmetric, row-major with `stride` columns; `gradient` is g − Hδ and is kept up to date; `b` starts at b_old.
 */
export interface Quadratic {
  h: Float64Array;
  stride: number;
  size: number;
  readonly gradient: Float64Array;
  readonly b: Float64Array;
  readonly l1: Float64Array;
  readonly l2: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/**
 * By how much a gradient must pass the penalty before a coefficient leaves zero. The second of two equal columns is at the penalty
 * exactly, up to rounding, and stays out: the first one met has the whole coefficient, as in glmnet.
 */
export function entrySlack(l1: number, curvature: number): number {
  return 1e-10 * l1 + 1e-14 * Math.sqrt(curvature);
}

const SWEEPS = 8;
const ROUNDS = 400;

/**
 * Minimises the model in place: rounds of coordinate descent, each followed by the exact minimum over the coefficients that are
 * not zero (a few sweeps find the signs, the direct solution then needs no hundreds of sweeps where columns are correlated).
 *
 * @param tolerance largest h_jj δ_j² of a last sweep
 */
export function minimiseQuadratic(q: Quadratic, tolerance: number, scratch: QuadraticScratch): void {
  for (let round = 0; round < ROUNDS; round++) {
    for (let sweep = 0; sweep < SWEEPS; sweep++) if (descend(q) < tolerance) return;
    polish(q, scratch);
  }
}

/** One sweep of coordinate descent; the largest h_jj δ_j². */
function descend({ h, stride, size, gradient, b, l1, l2, lower, upper }: Quadratic): number {
  let largest = 0;
  for (let j = 0; j < size; j++) {
    const row = j * stride;
    const hjj = h[row + j];
    const old = b[j];
    const curvature = hjj + l2[j];
    const u = gradient[j] + hjj * old;
    const excess = (u < 0 ? -u : u) - l1[j];
    let next = 0;
    if (excess > 0 && curvature > 0 && (old !== 0 || excess > entrySlack(l1[j], hjj))) {
      next = (u < 0 ? -excess : excess) / curvature;
      if (next < lower[j]) next = lower[j];
      else if (next > upper[j]) next = upper[j];
    }
    const step = next - old;
    if (step === 0) continue;
    b[j] = next;
    for (let k = 0; k < size; k++) gradient[k] -= h[row + k] * step;
    const change = hjj * step * step;
    if (change > largest) largest = change;
  }
  return largest;
}

/** Work space of `polish`, grown as needed. */
export interface QuadraticScratch {
  support: Int32Array;
  factor: Float64Array;
  step: Float64Array;
}

export function quadraticScratch(): QuadraticScratch {
  return { support: new Int32Array(0), factor: new Float64Array(0), step: new Float64Array(0) };
}

/**
 * The exact minimum over the coefficients that are off zero and off their bounds, signs kept: where the way there crosses zero or a
 * bound it stops, fixes that coefficient and goes on with the rest. Every part of the way lowers the objective. Does nothing when
 * the columns are collinear; coordinate descent copes with that.
 */
function polish(q: Quadratic, scratch: QuadraticScratch): void {
  const { h, stride, size, gradient, b, l1, l2, lower, upper } = q;
  if (scratch.support.length < size) {
    scratch.support = new Int32Array(2 * size);
    scratch.step = new Float64Array(2 * size);
    scratch.factor = new Float64Array(4 * size * size);
  }
  const { support, step, factor } = scratch;
  for (let pass = 0; pass < size; pass++) {
    let count = 0;
    for (let j = 0; j < size; j++) if (b[j] !== 0 && b[j] > lower[j] && b[j] < upper[j]) support[count++] = j;
    if (count === 0 || !factorise(q, support, count, factor)) return;
    for (let k = 0; k < count; k++) {
      const j = support[k];
      step[k] = gradient[j] - (b[j] > 0 ? l1[j] : -l1[j]) - l2[j] * b[j];
    }
    solve(factor, count, step);
    let part = 1;
    let blocked = -1;
    for (let k = 0; k < count; k++) {
      const j = support[k];
      const target = b[j] + step[k];
      const low = b[j] > 0 ? 0 : lower[j];
      const high = b[j] > 0 ? upper[j] : 0;
      if (target >= low && target <= high) continue;
      const reach = ((target < low ? low : high) - b[j]) / step[k];
      if (reach < part) {
        part = reach;
        blocked = k;
      }
    }
    for (let k = 0; k < count; k++) {
      const j = support[k];
      const old = b[j];
      const target = old + step[k];
      b[j] = k === blocked ? (old > 0 ? (target < 0 ? 0 : upper[j]) : target > 0 ? 0 : lower[j]) : old + part * step[k];
      const moved = b[j] - old;
      const row = j * stride;
      for (let i = 0; i < size; i++) gradient[i] -= h[row + i] * moved;
    }
    if (blocked < 0) return;
  }
}

/** Cholesky factor of H + diag(l2) over the support, lower triangle, row-major; false when a pivot vanishes. */
function factorise({ h, stride, l2 }: Quadratic, support: Int32Array, count: number, factor: Float64Array): boolean {
  for (let r = 0; r < count; r++) {
    const row = support[r] * stride;
    const at = r * count;
    for (let c = 0; c <= r; c++) {
      const other = c * count;
      let sum = h[row + support[c]];
      if (c === r) sum += l2[support[r]];
      const diagonal = sum;
      for (let k = 0; k < c; k++) sum -= factor[at + k] * factor[other + k];
      if (c < r) factor[at + c] = sum / factor[other + c];
      else if (sum <= 1e-11 * diagonal) return false;
      else factor[at + r] = Math.sqrt(sum);
    }
  }
  return true;
}

/** Solves L L' x = v in place. */
function solve(factor: Float64Array, count: number, v: Float64Array): void {
  for (let r = 0; r < count; r++) {
    let sum = v[r];
    for (let c = 0; c < r; c++) sum -= factor[r * count + c] * v[c];
    v[r] = sum / factor[r * count + r];
  }
  for (let r = count - 1; r >= 0; r--) {
    const value = v[r] / factor[r * count + r];
    v[r] = value;
    for (let c = 0; c < r; c++) v[c] -= factor[r * count + c] * value;
  }
}
