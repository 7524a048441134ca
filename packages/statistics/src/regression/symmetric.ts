/**
 * Lower Cholesky factor of a symmetric positive definite matrix, size × size, row by row; undefined when it is not.
 */
export function cholesky(matrix: Float64Array, size: number): Float64Array | undefined {
  const lower = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * size + j];
      for (let k = 0; k < j; k++) sum -= lower[i * size + k] * lower[j * size + k];
      if (i !== j) lower[i * size + j] = sum / lower[j * size + j];
      else if (sum > 0) lower[i * size + i] = Math.sqrt(sum);
      else return undefined;
    }
  }
  return lower;
}

/** x with L Lᵀ x = b. */
export function choleskySolve(lower: Float64Array, size: number, b: Float64Array): Float64Array {
  const x = b.slice();
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) x[i] -= lower[i * size + k] * x[k];
    x[i] /= lower[i * size + i];
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) x[i] -= lower[k * size + i] * x[k];
    x[i] /= lower[i * size + i];
  }
  return x;
}

/** (L Lᵀ)⁻¹, row by row. */
export function choleskyInverse(lower: Float64Array, size: number): Float64Array {
  const out = new Float64Array(size * size);
  const unit = new Float64Array(size);
  for (let j = 0; j < size; j++) {
    unit.fill(0);
    unit[j] = 1;
    out.set(choleskySolve(lower, size, unit), j * size);
  }
  return out;
}

/** log |L Lᵀ|. */
export function choleskyLogDeterminant(lower: Float64Array, size: number): number {
  let sum = 0;
  for (let i = 0; i < size; i++) sum += 2 * Math.log(lower[i * size + i]);
  return sum;
}

/** Rows and columns `keep` of a square matrix. */
export function submatrix(matrix: Float64Array, size: number, keep: readonly number[]): Float64Array {
  const out = new Float64Array(keep.length ** 2);
  keep.forEach((row, i) => keep.forEach((column, j) => void (out[i * keep.length + j] = matrix[row * size + column])));
  return out;
}
