/*
 * Products with columns of a column-major matrix (value of row i, column j at `j * n + i`). Four columns at a time: the vector is
 * read once for four of them and the four sums do not wait for each other.
 */

/** Σ_i z[i, column] r[i]. */
export function columnDot(z: Float64Array, n: number, column: number, r: Float64Array): number {
  const from = column * n;
  const even = n - (n % 4);
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let i = 0;
  for (; i < even; i += 4) {
    a += z[from + i] * r[i];
    b += z[from + i + 1] * r[i + 1];
    c += z[from + i + 2] * r[i + 2];
    d += z[from + i + 3] * r[i + 3];
  }
  for (; i < n; i++) a += z[from + i] * r[i];
  return a + b + (c + d);
}

/** `out[k]` = Σ_i z[i, columns[k]] r[i] for k = 0..count-1. */
export function columnDots(z: Float64Array, n: number, columns: Int32Array, count: number, r: Float64Array, out: Float64Array): void {
  const blocked = count - (count % 4);
  let k = 0;
  for (; k < blocked; k += 4) {
    const p = columns[k] * n;
    const q = columns[k + 1] * n;
    const s = columns[k + 2] * n;
    const t = columns[k + 3] * n;
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let i = 0; i < n; i++) {
      const value = r[i];
      a += z[p + i] * value;
      b += z[q + i] * value;
      c += z[s + i] * value;
      d += z[t + i] * value;
    }
    out[k] = a;
    out[k + 1] = b;
    out[k + 2] = c;
    out[k + 3] = d;
  }
  for (; k < count; k++) out[k] = columnDot(z, n, columns[k], r);
}

/** `eta[i]` += Σ_k factors[k] z[i, columns[k]]; columns with factor 0 are passed over. `scratch` holds `count` integers. */
export function addColumns(z: Float64Array, n: number, columns: Int32Array, factors: Float64Array, count: number, eta: Float64Array, scratch: Int32Array): void {
  let used = 0;
  for (let k = 0; k < count; k++) if (factors[k] !== 0) scratch[used++] = k;
  const blocked = used - (used % 4);
  let k = 0;
  for (; k < blocked; k += 4) {
    const p = columns[scratch[k]] * n;
    const q = columns[scratch[k + 1]] * n;
    const s = columns[scratch[k + 2]] * n;
    const t = columns[scratch[k + 3]] * n;
    const a = factors[scratch[k]];
    const b = factors[scratch[k + 1]];
    const c = factors[scratch[k + 2]];
    const d = factors[scratch[k + 3]];
    for (let i = 0; i < n; i++) eta[i] += a * z[p + i] + b * z[q + i] + (c * z[s + i] + d * z[t + i]);
  }
  for (; k < used; k++) {
    const p = columns[scratch[k]] * n;
    const a = factors[scratch[k]];
    for (let i = 0; i < n; i++) eta[i] += a * z[p + i];
  }
}
