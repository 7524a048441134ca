/**
 * Eigenvalues of a symmetric 3 x 3 matrix, largest first (cyclic Jacobi rotations, which keep small eigenvalues accurate).
 * A row that is zero off its diagonal gives its diagonal entry exactly.
 */
export function symmetricEigenvalues(xx: number, yy: number, zz: number, xy: number, xz: number, yz: number): [number, number, number] {
  const m = [
    [xx, xy, xz],
    [xy, yy, yz],
    [xz, yz, zz],
  ];
  for (let sweep = 0; sweep < 60; sweep++) {
    const off = Math.abs(m[0][1]) + Math.abs(m[0][2]) + Math.abs(m[1][2]);
    if (off === 0) break;
    for (const [p, q, r] of [[0, 1, 2], [0, 2, 1], [1, 2, 0]]) {
      if (m[p][q] === 0) continue;
      const theta = (m[q][q] - m[p][p]) / (2 * m[p][q]);
      const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
      const c = 1 / Math.hypot(t, 1);
      const s = t * c;
      m[p][p] -= t * m[p][q];
      m[q][q] += t * m[p][q];
      m[p][q] = m[q][p] = 0;
      const pr = m[p][r];
      const qr = m[q][r];
      m[p][r] = m[r][p] = c * pr - s * qr;
      m[q][r] = m[r][q] = s * pr + c * qr;
    }
  }
  const [a, b, c] = [m[0][0], m[1][1], m[2][2]].sort((u, v) => v - u);
  return [a, b, c];
}
