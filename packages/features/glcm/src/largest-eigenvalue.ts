/** The search ends when an eigenvector is known to this accuracy; the eigenvalue is then known to about its square. */
const ACCURACY = 1e-8;

/**
 * The largest eigenvalue of an operator that is symmetric but for a slight perturbation, beside one whose eigenvector `first` is known.
 *
 * Krylov space of a generic vector orthogonal to `first`, fully orthogonalised (Arnoldi 1951): k products with the operator leave a
 * k x k matrix, symmetric and tridiagonal but for the perturbation, whose largest eigenvalue closes in on the operator's. With as many
 * products as dimensions it is exact.
 *
 * @param apply  writes the image of its first argument into its second
 * @param first  unit vector
 */
export function largestEigenvalueBeside(apply: (from: Float64Array, to: Float64Array) => void, first: Float64Array): number {
  const n = first.length;
  const basis: Float64Array[] = [first];
  /** Column j - 1: the image of basis[j] along basis[1], basis[2], …, basis[j + 1]. */
  const columns: Float64Array[] = [];
  let next: Float64Array = Float64Array.from(first, (_, i) => 1 + ((i * 0.6180339887498949) % 1));
  normalise(next, orthogonalise(next, basis));
  for (let check = 6; ; ) {
    basis.push(next);
    const size = columns.length + 1;
    next = new Float64Array(n);
    apply(basis[size], next);
    const column = new Float64Array(size + 1);
    const rest = orthogonalise(next, basis, column);
    columns.push(column);
    column[size] = rest;
    const complete = size === n - 1 || rest < 1e-14;
    if (complete || size === check) {
      const { value, last } = largestEigenpair(columns);
      if (complete || rest * Math.abs(last) < ACCURACY) return value;
      check = Math.ceil(check * 1.35);
    }
    normalise(next, rest);
  }
}

/** Takes out of `vector` what lies along the basis (modified Gram-Schmidt, twice); adds the parts to `along`, from the second vector on. */
function orthogonalise(vector: Float64Array, basis: readonly Float64Array[], along?: Float64Array): number {
  for (let pass = 0; pass < 2; pass++) {
    for (let b = 0; b < basis.length; b++) {
      const direction = basis[b];
      let part = 0;
      for (let i = 0; i < vector.length; i++) part += direction[i] * vector[i];
      for (let i = 0; i < vector.length; i++) vector[i] -= part * direction[i];
      if (along !== undefined && b > 0) along[b - 1] += part;
    }
  }
  let squares = 0;
  for (let i = 0; i < vector.length; i++) squares += vector[i] * vector[i];
  return Math.sqrt(squares);
}

function normalise(vector: Float64Array, length: number): void {
  for (let i = 0; i < vector.length; i++) vector[i] /= length;
}

/**
 * Largest eigenvalue of a Hessenberg matrix given by columns, and the last component of its unit eigenvector.
 *
 * The symmetrised tridiagonal part says which eigenvalue is meant; Rayleigh quotient iteration on the matrix itself, started there,
 * brings in the perturbation.
 */
function largestEigenpair(columns: readonly Float64Array[]): { value: number; last: number } {
  const size = columns.length;
  let value = largestTridiagonal(columns);
  let vector: Float64Array = new Float64Array(size).fill(1 / Math.sqrt(size));
  for (let step = 0; step < 5; step++) {
    vector = solveShifted(columns, value, vector);
    const quotient = rayleighQuotient(columns, vector);
    const change = Math.abs(quotient - value);
    value = quotient;
    if (step > 0 && change < 1e-15) break;
  }
  return { value, last: vector[size - 1] };
}

/**
 * The largest eigenvalue of the tridiagonal part: Laguerre's method on the characteristic polynomial, which from above every root
 * comes down to the largest one and never passes it (Parlett, The Symmetric Eigenvalue Problem, section 2-8).
 *
 * The polynomial is the product of the pivots d of T - x, so its logarithmic derivatives are sums over them.
 */
function largestTridiagonal(columns: readonly Float64Array[]): number {
  const size = columns.length;
  const diagonal = Float64Array.from(columns, (column, j) => column[j]);
  const beside = Float64Array.from(columns, (column, j) => (j + 1 < size ? (column[j + 1] + columns[j + 1][j]) / 2 : 0));
  let x = -Infinity; // Gershgorin's bound
  for (let j = 0; j < size; j++) x = Math.max(x, diagonal[j] + Math.abs(beside[j]) + (j > 0 ? Math.abs(beside[j - 1]) : 0));
  for (let step = 0; step < 100; step++) {
    let d = diagonal[0] - x, d1 = -1, d2 = 0;
    if (d === 0) return x;
    let slope = d1 / d;
    let curvature = slope * slope;
    for (let j = 1; j < size; j++) {
      const b = beside[j - 1] * beside[j - 1];
      const inverse = 1 / d;
      const squared = b * inverse * inverse;
      d2 = squared * (d2 - 2 * d1 * d1 * inverse);
      d1 = squared * d1 - 1;
      d = diagonal[j] - x - b * inverse;
      if (d === 0) return x;
      const logarithmic = d1 / d;
      slope += logarithmic;
      curvature += logarithmic * logarithmic - d2 / d;
    }
    if (!(slope > 0)) return x; // rounding stepped past the root: it is as near as can be
    const root = Math.sqrt(Math.max(0, (size - 1) * (size * curvature - slope * slope)));
    const down = size / (slope + root);
    if (!(down > 1e-15)) return x;
    x -= down;
  }
  return x;
}

/** x with (H - shift) x = right, scaled to unit length: Gaussian elimination, one subdiagonal, rows exchanged where that is safer. */
function solveShifted(columns: readonly Float64Array[], shift: number, right: Float64Array): Float64Array {
  const size = columns.length;
  const rows = Array.from({ length: size }, (_, i) => Float64Array.from(columns, (column, j) => (i <= j + 1 ? column[i] : 0) - (i === j ? shift : 0)));
  const x = right.slice();
  for (let i = 0; i + 1 < size; i++) {
    if (Math.abs(rows[i + 1][i]) > Math.abs(rows[i][i])) {
      [rows[i], rows[i + 1]] = [rows[i + 1], rows[i]];
      [x[i], x[i + 1]] = [x[i + 1], x[i]];
    }
    if (rows[i][i] === 0) continue;
    const factor = rows[i + 1][i] / rows[i][i];
    for (let j = i; j < size; j++) rows[i + 1][j] -= factor * rows[i][j];
    x[i + 1] -= factor * x[i];
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let j = i + 1; j < size; j++) x[i] -= rows[i][j] * x[j];
    x[i] /= rows[i][i] === 0 ? 1e-300 : rows[i][i]; // an exact eigenvalue: any huge solution points along its vector
    const size_ = Math.abs(x[i]);
    if (size_ > 1e150) for (let j = 0; j < size; j++) x[j] /= size_;
  }
  let squares = 0;
  for (let i = 0; i < size; i++) squares += x[i] * x[i];
  normalise(x, Math.sqrt(squares));
  return x;
}

/** v H v for a unit vector v. */
function rayleighQuotient(columns: readonly Float64Array[], vector: Float64Array): number {
  let quotient = 0;
  columns.forEach((column, j) => {
    const rows = Math.min(column.length, vector.length);
    for (let i = 0; i < rows; i++) quotient += vector[i] * column[i] * vector[j];
  });
  return quotient;
}
