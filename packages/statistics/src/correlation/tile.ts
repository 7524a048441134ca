/*
 * Columns are packed in panels of four, interleaved: value of row i, column 4 g + c at `(g * n + i) * 4 + c`. A tile is the 4 × 4 inner
 * products of two panels, each summed over rows in order, so that equal columns have equal products whatever computes them.
 */

/** Columns in a panel. */
export const PANEL = 4;

/** Inner products of `aCount` panels from panel `a` on with `bCount` panels from panel `b` on; tile (s, t) at `(s * bCount + t) * 16`, row-major. */
export type Products = (a: number, aCount: number, b: number, bCount: number) => Float64Array;

/** The plain kernel: panels in an array of its own. */
export function plainProducts(panels: Float64Array, n: number, out: Float64Array): Products {
  return (a, aCount, b, bCount) => {
    for (let s = 0; s < aCount; s++) {
      for (let t = 0; t < bCount; t++) {
        const to = (s * bCount + t) * PANEL * PANEL;
        for (let c = 0; c < PANEL; c += 2) halfTile(panels, n, (a + s) * n * PANEL + c, (b + t) * n * PANEL, out, to + c * PANEL);
      }
    }
    return out;
  };
}

/** Two columns of one panel with the four of another: eight sums, as many as fit in registers beside their factors. */
function halfTile(z: Float64Array, n: number, a: number, b: number, out: Float64Array, to: number): void {
  let p0 = 0;
  let p1 = 0;
  let p2 = 0;
  let p3 = 0;
  let q0 = 0;
  let q1 = 0;
  let q2 = 0;
  let q3 = 0;
  for (let i = 0; i < n; i++, a += PANEL, b += PANEL) {
    const p = z[a];
    const q = z[a + 1];
    const u = z[b];
    const v = z[b + 1];
    const w = z[b + 2];
    const x = z[b + 3];
    p0 += p * u;
    p1 += p * v;
    p2 += p * w;
    p3 += p * x;
    q0 += q * u;
    q1 += q * v;
    q2 += q * w;
    q3 += q * x;
  }
  out[to] = p0;
  out[to + 1] = p1;
  out[to + 2] = p2;
  out[to + 3] = p3;
  out[to + 4] = q0;
  out[to + 5] = q1;
  out[to + 6] = q2;
  out[to + 7] = q3;
}
