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
  /** Moves `b` where the model does not change but the penalty can: common shifts over classes. */
  readonly settle?: (b: Float64Array) => void;
}

/**
 * By how much a gradient must pass the penalty before a coefficient leaves zero. The second of two equal columns is at the penalty
 * exactly, up to rounding, and stays out: the first one met has the whole coefficient, as in glmnet.
 */
export function entrySlack(l1: number, curvature: number): number {
  return 1e-10 * l1 + 1e-14 * Math.sqrt(curvature);
}

/** So many that a direct solution, which costs as much as dozens of sweeps, is the exception. */
const SWEEPS = 40;
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
    q.settle?.(q.b);
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
  /** 1 for coefficients that stay where they are. */
  fixed: Uint8Array;
  factor: Float64Array;
  step: Float64Array;
}

export function quadraticScratch(): QuadraticScratch {
  return { support: new Int32Array(0), fixed: new Uint8Array(0), factor: new Float64Array(0), step: new Float64Array(0) };
}

/** A pivot below this part of its diagonal means that the column depends on those before it. */
const DEPENDENT = 1e-11;

/**
 * The exact minimum over the coefficients that are off zero and off their bounds, signs kept: where the way there crosses zero or a
 * bound it stops, fixes that coefficient and goes on with the rest. Where columns depend on each other the way leads along their
 * dependence, on which only the penalty changes, until one of them reaches zero. Every part of the way lowers the objective.
 */
function polish(q: Quadratic, scratch: QuadraticScratch): void {
  const { size, gradient, b, l1, l2, lower, upper } = q;
  if (scratch.support.length < size) {
    const room = 2 * size;
    Object.assign(scratch, { support: new Int32Array(room), fixed: new Uint8Array(room), step: new Float64Array(room), factor: new Float64Array(room * room) });
  }
  const { support, fixed, step, factor } = scratch;
  fixed.fill(0, 0, size);
  for (let pass = 0; pass < 2 * size; pass++) {
    let count = 0;
    for (let j = 0; j < size; j++) if (fixed[j] === 0 && b[j] !== 0 && b[j] > lower[j] && b[j] < upper[j]) support[count++] = j;
    if (count === 0) return;
    const rank = factorise(q, support, count, factor);
    const downhill = (k: number) => gradient[support[k]] - (b[support[k]] > 0 ? l1[support[k]] : -l1[support[k]]) - l2[support[k]] * b[support[k]];
    if (rank === count) {
      for (let k = 0; k < count; k++) step[k] = downhill(k);
      solve(factor, count, count, step);
      if (!walk(q, support, count, step, 1)) return;
      continue;
    }
    const dependent = support[rank];
    for (let k = 0; k < rank; k++) step[k] = -q.h[support[k] * q.stride + dependent];
    solve(factor, count, rank, step);
    step[rank] = 1;
    let slope = 0;
    for (let k = 0; k <= rank; k++) slope += step[k] * downhill(k);
    if (Math.abs(slope) <= 1e-10 * l1[dependent]) {
      fixed[dependent] = 1; // equal columns: how they share their coefficient makes no difference
      continue;
    }
    const curvature = Math.max(factor[rank * count + rank], 0);
    walk(q, support, rank + 1, step, curvature > 0 ? slope / curvature : slope > 0 ? Infinity : -Infinity);
  }
}

/** Moves along `step` as far as `part` of it, or to the first zero or bound on the way; true when stopped by one. */
function walk({ h, stride, size, gradient, b, lower, upper }: Quadratic, support: Int32Array, count: number, step: Float64Array, part: number): boolean {
  let reach = Math.abs(part);
  const direction = part < 0 ? -1 : 1;
  let blocked = -1;
  for (let k = 0; k < count; k++) {
    const j = support[k];
    const d = direction * step[k];
    if (d === 0) continue;
    const end = b[j] > 0 ? (d > 0 ? upper[j] : 0) : d > 0 ? 0 : lower[j];
    const distance = (end - b[j]) / d;
    if (distance >= reach) continue;
    reach = distance;
    blocked = k;
  }
  if (reach === Infinity) return false;
  for (let k = 0; k < count; k++) {
    const j = support[k];
    const d = direction * step[k];
    const old = b[j];
    const end = old > 0 ? (d > 0 ? upper[j] : 0) : d > 0 ? 0 : lower[j];
    b[j] = k === blocked ? end : old + reach * d;
    const moved = b[j] - old;
    if (moved === 0) continue;
    const row = j * stride;
    for (let i = 0; i < size; i++) gradient[i] -= h[row + i] * moved;
  }
  return blocked >= 0;
}

/**
 * Cholesky factor of H + diag(l2) over the support, lower triangle, row-major.
 *
 * @returns how many columns are independent before the first that is not; the pivot left of that one is in its diagonal place
 */
function factorise({ h, stride, l2 }: Quadratic, support: Int32Array, count: number, factor: Float64Array): number {
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
      else if (sum > DEPENDENT * diagonal) factor[at + r] = Math.sqrt(sum);
      else {
        factor[at + r] = sum;
        return r;
      }
    }
  }
  return count;
}

/** Solves L L' x = v in place, with the first `size` rows of a factor of row length `stride`. */
function solve(factor: Float64Array, stride: number, size: number, v: Float64Array): void {
  for (let r = 0; r < size; r++) {
    let sum = v[r];
    for (let c = 0; c < r; c++) sum -= factor[r * stride + c] * v[c];
    v[r] = sum / factor[r * stride + r];
  }
  for (let r = size - 1; r >= 0; r--) {
    const value = v[r] / factor[r * stride + r];
    v[r] = value;
    for (let c = 0; c < r; c++) v[c] -= factor[r * stride + c] * value;
  }
}
