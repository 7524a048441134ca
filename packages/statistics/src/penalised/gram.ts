/** What of a column's second derivative is left below this part of it is rounding. */
const ROUNDING = 1e-13;

/**
 * What is subtracted from Σ v z_j z_k in second derivatives: Σ_s Z_sj Z_sk. One row for an intercept that follows the coefficients,
 * one per event time for Cox models.
 */
export interface Projection {
  readonly rows: number;
  /** Takes the state of the last evaluation as the point at which `project` projects. */
  freeze(): void;
  /** Z of the column that starts at `from` in `z`, into `out` from `to` on. */
  project(z: Float64Array, from: number, out: Float64Array, to: number): void;
}

/** Second derivatives between working columns, kept while columns are added. */
export interface Gram {
  /** Symmetric, row-major, `stride` columns. */
  h: Float64Array;
  stride: number;
  /** Projections of the working columns, `projection.rows` each. */
  projected: Float64Array;
  /** Columns that are in. */
  known: number;
}

/** Makes room for `size` columns, at most `p`; what is in stays. */
export function reserve(gram: Gram, size: number, p: number, rows: number): void {
  if (size <= gram.stride) return;
  const stride = Math.min(p, Math.max(16, 2 * size));
  const h = new Float64Array(stride * stride);
  for (let k = 0; k < gram.known; k++) h.set(gram.h.subarray(k * gram.stride, k * gram.stride + gram.known), k * stride);
  const projected = new Float64Array(stride * rows);
  projected.set(gram.projected);
  Object.assign(gram, { h, stride, projected });
}

/** Adds columns until `size` are in, at curvature `v`: h_kl = Σ_i v_i z_ik z_il − Σ_s Z_sk Z_sl. */
export function extendGram(gram: Gram, z: Float64Array, n: number, columns: Int32Array, size: number, v: Float64Array, projection: Projection): void {
  const { h, stride, projected } = gram;
  const { rows } = projection;
  const weighted = new Float64Array(n);
  for (let k = gram.known; k < size; k++) {
    const at = columns[k] * n;
    for (let i = 0; i < n; i++) weighted[i] = v[i] * z[at + i];
    projection.project(z, at, projected, k * rows);
    weightedRow(z, n, columns, k, weighted, h, stride);
    const square = h[k * stride + k];
    for (let l = 0; l <= k; l++) {
      let shared = 0;
      for (let s = 0; s < rows; s++) shared += projected[k * rows + s] * projected[l * rows + s];
      h[l * stride + k] = h[k * stride + l] -= shared;
    }
    if (h[k * stride + k] < ROUNDING * square) h[k * stride + k] = 0; // a column that the projection explains
  }
  gram.known = size;
}

/** `h[k, l]` = Σ_i weighted_i z[i, columns[l]] for l = 0..k; four columns at a time, as in columns.ts. */
export function weightedRow(z: Float64Array, n: number, columns: Int32Array, k: number, weighted: Float64Array, h: Float64Array, stride: number): void {
  const row = k * stride;
  const blocked = k + 1 - ((k + 1) % 4);
  let l = 0;
  for (; l < blocked; l += 4) {
    const p = columns[l] * n;
    const q = columns[l + 1] * n;
    const r = columns[l + 2] * n;
    const s = columns[l + 3] * n;
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let i = 0; i < n; i++) {
      const value = weighted[i];
      a += value * z[p + i];
      b += value * z[q + i];
      c += value * z[r + i];
      d += value * z[s + i];
    }
    h[row + l] = a;
    h[row + l + 1] = b;
    h[row + l + 2] = c;
    h[row + l + 3] = d;
  }
  for (; l <= k; l++) {
    const p = columns[l] * n;
    let a = 0;
    for (let i = 0; i < n; i++) a += weighted[i] * z[p + i];
    h[row + l] = a;
  }
}

export const noProjection: Projection = { rows: 0, freeze: () => {}, project: () => {} };

/** The intercept moves with the coefficients: Z_j = Σ v z_j / √Σ v. */
export function interceptProjection(curvature: Float64Array): Projection {
  const n = curvature.length;
  const v = new Float64Array(n);
  let root = 1;
  return {
    rows: 1,
    freeze() {
      v.set(curvature);
      let total = 0;
      for (let i = 0; i < n; i++) total += v[i];
      root = Math.sqrt(total);
    },
    project(z, from, out, to) {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += v[i] * z[from + i];
      out[to] = sum / root;
    },
  };
}
