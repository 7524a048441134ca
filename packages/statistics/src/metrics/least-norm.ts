/** Singular values below this share of the largest count as 0. */
const NEGLIGIBLE = 100 * Number.EPSILON;

/**
 * Least squares by singular values of the columns scaled to length 1, so that dependent columns share a coefficient instead of
 * making it infinite. One-sided Jacobi rotations (Hestenes 1958).
 *
 * @param columns of equal length; changed
 */
export function leastNormSolution(columns: readonly Float64Array[], right: Float64Array): Float64Array {
  const k = columns.length;
  const lengths = columns.map((column) => {
    const length = Math.sqrt(dot(column, column)) || 1;
    for (let i = 0; i < column.length; i++) column[i] /= length;
    return length;
  });
  const v = Array.from({ length: k }, (_, i) => Float64Array.from({ length: k }, (_, j) => (i === j ? 1 : 0)));
  for (let sweep = 0; sweep < 60 && rotateAll(columns, v); sweep++);
  const sizes = columns.map((column) => Math.sqrt(dot(column, column)));
  const largest = Math.max(...sizes);
  const solution = new Float64Array(k);
  columns.forEach((column, j) => {
    if (sizes[j] <= largest * NEGLIGIBLE) return;
    const share = dot(column, right) / sizes[j] ** 2;
    for (let i = 0; i < k; i++) solution[i] += v[j][i] * share;
  });
  return solution.map((value, i) => value / lengths[i]);
}

/** One sweep over all pairs; true while some pair was not yet orthogonal. */
function rotateAll(columns: readonly Float64Array[], v: readonly Float64Array[]): boolean {
  let turned = false;
  for (let p = 0; p < columns.length; p++) {
    for (let q = p + 1; q < columns.length; q++) {
      const [a, b] = [dot(columns[p], columns[p]), dot(columns[q], columns[q])];
      const c = dot(columns[p], columns[q]);
      if (Math.abs(c) <= 1e-16 * Math.sqrt(a * b)) continue;
      turned = true;
      const zeta = (b - a) / (2 * c);
      const t = (zeta >= 0 ? 1 : -1) / (Math.abs(zeta) + Math.hypot(1, zeta));
      const cosine = 1 / Math.hypot(1, t);
      rotate(columns[p], columns[q], cosine, cosine * t);
      rotate(v[p], v[q], cosine, cosine * t);
    }
  }
  return turned;
}

function rotate(a: Float64Array, b: Float64Array, cosine: number, sine: number): void {
  for (let i = 0; i < a.length; i++) {
    const kept = a[i];
    a[i] = cosine * kept - sine * b[i];
    b[i] = sine * kept + cosine * b[i];
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
