import { columnDot } from './columns.js';

/** Columns as the solver sees them. */
export interface Design {
  /** Chosen rows, centred and scaled, column-major: row i, column j at `j * n + i`. */
  readonly z: Float64Array;
  readonly n: number;
  readonly p: number;
  /** Subtracted from each column; 0 where nothing is. */
  readonly mean: Float64Array;
  /** Each column is divided by this; 1 where nothing is. */
  readonly scale: Float64Array;
  /** 1 when the column is not constant. */
  readonly usable: Uint8Array;
  /** Euclidean length of each column of `z`. */
  readonly length: Float64Array;
}

/**
 * Centres columns at their weighted mean (`centre`) and divides them by their weighted standard deviation, divisor Σw = 1
 * (`scale`). Without centring the divisor is still the deviation about the mean, as in glmnet. A constant column becomes zeros.
 *
 * @param x       column-major, `total` rows a column
 * @param rows    the rows to take, in order
 * @param weights per taken row, sum 1
 */
export function standardise(x: Float64Array, total: number, p: number, rows: Int32Array, weights: Float64Array, centre: boolean, scale: boolean): Design {
  const n = rows.length;
  const z = new Float64Array(n * p);
  const mean = new Float64Array(p);
  const scales = new Float64Array(p).fill(1);
  const usable = new Uint8Array(p);
  const length = new Float64Array(p);
  const whole = n === total && rows.every((row, i) => row === i);
  for (let j = 0; j < p; j++) {
    const to = j * n;
    const from = j * total;
    if (whole) for (let i = 0; i < n; i++) z[to + i] = x[from + i];
    else for (let i = 0; i < n; i++) z[to + i] = x[from + rows[i]];
    const first = z[to];
    let i = 1;
    while (i < n && z[to + i] === first) i++;
    if (i === n) {
      z.fill(0, to, to + n);
      continue;
    }
    usable[j] = 1;
    const m = columnDot(z, n, j, weights);
    const variance = spreadAbout(m, z, n, to, weights);
    const shift = centre ? m : 0;
    const divisor = scale ? Math.sqrt(variance) : 1;
    mean[j] = shift;
    scales[j] = divisor;
    const inverse = 1 / divisor;
    let square = 0;
    for (let k = 0; k < n; k++) {
      const value = (z[to + k] - shift) * inverse;
      z[to + k] = value;
      square += value * value;
    }
    length[j] = Math.sqrt(square);
  }
  return { z, n, p, mean, scale: scales, usable, length };
}

/** Σ_i w_i (z_i − m)² of the column that starts at `from`; two sums, that neither waits for the other. */
function spreadAbout(m: number, z: Float64Array, n: number, from: number, weights: Float64Array): number {
  let a = 0;
  let b = 0;
  const even = n - (n % 2);
  for (let i = 0; i < even; i += 2) {
    const p = z[from + i] - m;
    const q = z[from + i + 1] - m;
    a += weights[i] * p * p;
    b += weights[i + 1] * q * q;
  }
  if (even < n) a += weights[even] * (z[from + even] - m) * (z[from + even] - m);
  return a + b;
}
