import type { Scratch } from './scratch.js';

/** The search ends when an eigenvector is known to this accuracy; the eigenvalue is then known to about its square. */
const ACCURACY = 1e-8;

export interface Operator {
  /** The first eigenvector but for the perturbation: a unit vector, two components or more. */
  readonly first: Float64Array;
  /** Writes the image of `from` into `to`. */
  multiply(from: Float64Array, to: Float64Array): void;
}

/**
 * The two largest eigenvalues of an operator that is symmetric but for a slight perturbation, and whose first eigenvector is known but
 * for that perturbation.
 *
 * Krylov space of a generic vector beside the known one, fully orthogonalised (Arnoldi 1951): k products with the operator leave a
 * k x k matrix, symmetric and tridiagonal but for the perturbation, whose largest eigenvalue closes in on the operator's second. With
 * the known vector's own image as a border, Rayleigh quotient iteration on that matrix brings the perturbation in.
 */
export function leadingEigenvalues(operator: Operator, scratch: Scratch): { second: number; first(): number } {
  const { first } = operator;
  const n = first.length;
  const basis: Float64Array[] = [first];
  const image = scratch.doubles(n);
  operator.multiply(first, image);
  /** Images of the basis vectors along the basis; the first is completed at the end. */
  const columns: Float64Array[] = [Float64Array.of(dot(first, image))];
  let next = scratch.doubles(n);
  for (let i = 0; i < n; i++) next[i] = 1 + ((i * 0.6180339887498949) % 1);
  scale(next, 1 / orthogonalise(next, basis, new Float64Array(1)));
  for (let check = 8; ; ) {
    basis.push(next);
    const size = columns.length;
    next = scratch.doubles(n);
    operator.multiply(basis[size], next);
    const column = scratch.doubles(size + 2);
    const rest = orthogonalise(next, basis, column);
    column[size + 1] = rest;
    columns.push(column);
    const complete = size === n - 1 || rest < 1e-14;
    if (complete || size === check) {
      const whole = [alongBasis(image, basis, scratch), ...columns.slice(1)];
      const work = scratch.doubles(whole.length ** 2);
      const { value, last } = eigenpairNear(whole, largestTridiagonal(columns, scratch), scratch.doubles(size + 1).fill(1, 1), work);
      if (complete || rest * Math.abs(last) < ACCURACY) return { second: value, first: () => eigenpairNear(whole, columns[0][0], scratch.doubles(size + 1).fill(1, 0, 1), work).value };
      check = Math.ceil(check * 1.4);
    }
    scale(next, 1 / rest);
  }
}

function alongBasis(vector: Float64Array, basis: readonly Float64Array[], scratch: Scratch): Float64Array {
  const along = scratch.doubles(basis.length);
  for (let b = 0; b < basis.length; b++) along[b] = dot(basis[b], vector);
  return along;
}

/**
 * Takes out of `vector` what lies along the basis (modified Gram-Schmidt; again where little is left, as rounding then matters).
 *
 * @param along  what was taken out is added here
 * @returns      length of what is left
 */
function orthogonalise(vector: Float64Array, basis: readonly Float64Array[], along: Float64Array): number {
  let before = Math.sqrt(dot(vector, vector));
  for (;;) {
    for (let b = 0; b < basis.length; b++) {
      const direction = basis[b];
      const part = dot(direction, vector);
      for (let i = 0; i < vector.length; i++) vector[i] -= part * direction[i];
      along[b] += part;
    }
    const after = Math.sqrt(dot(vector, vector));
    if (after > 0.01 * before || after < 1e-15) return after;
    before = after;
  }
}

/** Four sums side by side: one would wait for its own last addition. */
function dot(a: Float64Array, b: Float64Array): number {
  const whole = a.length - (a.length % 4);
  let s0 = 0, s1 = 0, s2 = 0, s3 = 0;
  for (let i = 0; i < whole; i += 4) {
    s0 += a[i] * b[i];
    s1 += a[i + 1] * b[i + 1];
    s2 += a[i + 2] * b[i + 2];
    s3 += a[i + 3] * b[i + 3];
  }
  for (let i = whole; i < a.length; i++) s0 += a[i] * b[i];
  return s0 + s1 + (s2 + s3);
}

function scale(vector: Float64Array, factor: number): void {
  for (let i = 0; i < vector.length; i++) vector[i] *= factor;
}

/**
 * Rayleigh quotient iteration: the eigenvalue of a matrix, given by columns, that a value and a vector are near to, and the last
 * component of its unit eigenvector. Entries below a column's end are 0.
 *
 * @param vector  overwritten
 * @param work    room for the matrix
 */
function eigenpairNear(columns: readonly Float64Array[], value: number, vector: Float64Array, work: Float64Array): { value: number; last: number } {
  for (let step = 0; step < 6; step++) {
    solveShifted(columns, value, vector, work);
    const quotient = rayleighQuotient(columns, vector);
    const change = Math.abs(quotient - value);
    value = quotient;
    if (step > 0 && change < 1e-15) break;
  }
  return { value, last: vector[vector.length - 1] };
}

/**
 * The largest eigenvalue of the tridiagonal part, without the border: Laguerre's method on the characteristic polynomial, which from
 * above every root comes down to the largest one and never passes it (Parlett, The Symmetric Eigenvalue Problem).
 *
 * The polynomial is the product of the pivots d of T - x, so its logarithmic derivatives are sums over them.
 */
function largestTridiagonal(columns: readonly Float64Array[], scratch: Scratch): number {
  const size = columns.length - 1;
  const diagonal = scratch.doubles(size);
  const beside = scratch.doubles(size);
  for (let j = 0; j < size; j++) {
    diagonal[j] = columns[j + 1][j + 1];
    if (j + 1 < size) beside[j] = (columns[j + 1][j + 2] + columns[j + 2][j + 1]) / 2;
  }
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

/**
 * Replaces x by the solution y of (M - shift) y = x, scaled to unit length: Gaussian elimination with partial pivoting.
 *
 * @param rows  room for the matrix, row by row
 */
function solveShifted(columns: readonly Float64Array[], shift: number, x: Float64Array, rows: Float64Array): void {
  const size = columns.length;
  for (let j = 0; j < size; j++) {
    const column = columns[j];
    for (let i = 0; i < size; i++) rows[i * size + j] = i < column.length ? column[i] : 0;
    rows[j * size + j] -= shift;
  }
  for (let k = 0; k + 1 < size; k++) {
    let best = k;
    for (let i = k + 1; i < size; i++) if (Math.abs(rows[i * size + k]) > Math.abs(rows[best * size + k])) best = i;
    if (best !== k) exchange(rows, x, k, best, size);
    const pivot = rows[k * size + k];
    for (let i = k + 1; i < size; i++) {
      if (rows[i * size + k] === 0) continue;
      const factor = rows[i * size + k] / pivot;
      for (let j = k; j < size; j++) rows[i * size + j] -= factor * rows[k * size + j];
      x[i] -= factor * x[k];
    }
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let j = i + 1; j < size; j++) x[i] -= rows[i * size + j] * x[j];
    const pivot = rows[i * size + i];
    x[i] /= pivot === 0 ? 1e-100 : pivot; // at an exact eigenvalue any huge solution points along its vector
    if (Math.abs(x[i]) > 1e50) scale(x, 1 / Math.abs(x[i]));
  }
  scale(x, 1 / Math.sqrt(dot(x, x)));
}

function exchange(rows: Float64Array, x: Float64Array, a: number, b: number, size: number): void {
  swap(x, a, b);
  for (let j = 0; j < size; j++) swap(rows, a * size + j, b * size + j);
}

function swap(values: Float64Array, a: number, b: number): void {
  const kept = values[a];
  values[a] = values[b];
  values[b] = kept;
}

/** v M v for a unit vector v. */
function rayleighQuotient(columns: readonly Float64Array[], vector: Float64Array): number {
  let quotient = 0;
  for (let j = 0; j < vector.length; j++) {
    const column = columns[j];
    const rows = Math.min(column.length, vector.length);
    let image = 0;
    for (let i = 0; i < rows; i++) image += vector[i] * column[i];
    quotient += image * vector[j];
  }
  return quotient;
}
