import type { Vec3 } from '@radloom/core';

/** The harmonics of one degree n at the sphere's points, as 2 n + 1 real functions. */
export interface Degree {
  /** Value of function k at point v: `values[k][v]`. */
  readonly values: readonly Float64Array[];
  /** Sum over the points of the product of the contributions that functions j and k make to the degree's pattern. */
  readonly products: readonly Float64Array[];
}

/**
 * Spherical harmonics at the points, by degree.
 *
 * PyRadiomics hands SciPy the angles in exchanged roles: the angle from the pole, arccos(z / r), as azimuth, and atan2(y, x) as angle
 * from the pole. That is kept: Y(m, n) = N P(n, m)(cos atan2(y, x)) exp(i m arccos(z / r)).
 *
 * For real patterns b, with c(m) = sum of b Y(m), the terms of m and -m add up to the real 2 (Re c Re Y - Im c Im Y).
 * So degree n is represented by Re Y(0) and, for m = 1..n, by sqrt(2) Re Y(m) and sqrt(2) Im Y(m), the latter counting negatively.
 */
export function harmonics(points: readonly Vec3[], radius: number, degrees: number): Degree[] {
  return Array.from({ length: degrees }, (_, n) => {
    const values: Float64Array[] = [];
    const signs: number[] = [];
    for (let m = 0; m <= n; m++) {
      const at = points.map(([x, y, z]) => {
        const azimuth = Math.acos(Math.min(1, Math.max(-1, z / radius)));
        const size = normalisation(n, m) * legendre(n, m, Math.cos(Math.atan2(y, x)));
        return { real: size * Math.cos(m * azimuth), imaginary: size * Math.sin(m * azimuth) };
      });
      const factor = m === 0 ? 1 : Math.SQRT2;
      values.push(Float64Array.from(at, ({ real }) => factor * real));
      signs.push(1);
      if (m === 0) continue;
      values.push(Float64Array.from(at, ({ imaginary }) => factor * imaginary));
      signs.push(-1);
    }
    const products = values.map((a, j) => Float64Array.from(values, (b, k) => signs[j] * signs[k] * a.reduce((sum, value, v) => sum + value * b[v], 0)));
    return { values, products };
  });
}

/** sqrt((2 n + 1) / (4 pi) (n - m)! / (n + m)!). */
function normalisation(n: number, m: number): number {
  let ratio = 1;
  for (let k = n - m + 1; k <= n + m; k++) ratio /= k;
  return Math.sqrt(((2 * n + 1) / (4 * Math.PI)) * ratio);
}

/** Associated Legendre function P(n, m)(x) with the phase (-1)^m, by recursion over n from P(m, m). */
function legendre(n: number, m: number, x: number): number {
  let here = 1;
  const root = Math.sqrt(Math.max(0, 1 - x * x));
  for (let k = 1; k <= m; k++) here *= -(2 * k - 1) * root;
  let before = 0;
  for (let k = m + 1; k <= n; k++) {
    const next = ((2 * k - 1) * x * here - (k + m - 1) * before) / (k - m);
    before = here;
    here = next;
  }
  return here;
}
