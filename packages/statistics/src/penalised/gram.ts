/** What is left of a column's second derivative below this part of it is rounding. */
const ROUNDING = 1e-13;

/**
 * Second derivatives Σ_i v_i (z_ik − m_k)(z_il − m_l) between columns, m_k = Σ v z_k / Σ v (0 without intercept): what is left of the
 * second derivatives when the intercept follows the coefficients.
 *
 * Fills rows and columns `from`..`to`-1 of the symmetric `h` (row-major, `stride`), against all columns before them, and their
 * means; entries before `from` are there already.
 *
 * @returns Σ v
 */
export function centredGram(
  z: Float64Array, n: number, columns: Int32Array, from: number, to: number, v: Float64Array, intercept: boolean, h: Float64Array, stride: number, mean: Float64Array,
): number {
  let total = 0;
  for (let i = 0; i < n; i++) total += v[i];
  const weighted = new Float64Array(n);
  for (let k = from; k < to; k++) {
    const at = columns[k] * n;
    let m = 0;
    let square = 0;
    for (let i = 0; i < n; i++) {
      weighted[i] = v[i] * z[at + i];
      m += weighted[i];
      square += weighted[i] * z[at + i];
    }
    m = intercept ? m / total : 0;
    mean[k] = m;
    for (let i = 0; i < n; i++) weighted[i] -= m * v[i];
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
      h[k * stride + l] = h[l * stride + k] = a;
      h[k * stride + l + 1] = h[(l + 1) * stride + k] = b;
      h[k * stride + l + 2] = h[(l + 2) * stride + k] = c;
      h[k * stride + l + 3] = h[(l + 3) * stride + k] = d;
    }
    for (; l <= k; l++) {
      const p = columns[l] * n;
      let a = 0;
      for (let i = 0; i < n; i++) a += weighted[i] * z[p + i];
      h[k * stride + l] = h[l * stride + k] = a;
    }
    if (h[k * stride + k] < ROUNDING * square) h[k * stride + k] = 0; // a column that the intercept explains
  }
  return total;
}
