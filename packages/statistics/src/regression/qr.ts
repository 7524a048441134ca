/** A matrix as Q R by Householder reflections; dependent columns are moved to the end. */
export interface QrFactors {
  readonly rows: number;
  readonly columns: number;
  /** Columns judged independent; they come first in `pivot`. */
  readonly rank: number;
  /** Column k of the factored matrix is column `pivot[k]` of the original. */
  readonly pivot: Int32Array;
  /** Column by column: R above the diagonal, the reflections' vectors from the diagonal down. */
  readonly packed: Float64Array;
  readonly diagonal: Float64Array;
}

/**
 * QR with R's limited pivoting: a column keeps its place unless what is left of it, after the columns before, is less than
 * `tolerance` times its length; then it goes to the end (LINPACK's dqrdc as modified for R).
 *
 * @param matrix rows × columns, column by column; not changed
 */
export function qrFactors(matrix: Float64Array, rows: number, columns: number, tolerance = 1e-7): QrFactors {
  const a = matrix.slice();
  const pivot = Int32Array.from({ length: columns }, (_, c) => c);
  const length = Float64Array.from({ length: columns }, (_, c) => columnNorm(a, c * rows, rows) || 1);
  const diagonal = new Float64Array(columns);
  let usable = columns;
  let k = 0;
  while (k < Math.min(usable, rows)) {
    const rest = columnNorm(a, k * rows + k, rows - k);
    if (rest < length[k] * tolerance || rest === 0) {
      moveToEnd(a, rows, columns, k, pivot, length);
      usable--;
      continue;
    }
    reflect(a, rows, columns, k, rest, diagonal);
    k++;
  }
  return { rows, columns, rank: k, pivot, packed: a, diagonal };
}

function columnNorm(a: Float64Array, from: number, count: number): number {
  let largest = 0;
  for (let i = 0; i < count; i++) largest = Math.max(largest, Math.abs(a[from + i]));
  if (largest === 0 || !Number.isFinite(largest)) return largest;
  let sum = 0;
  for (let i = 0; i < count; i++) sum += (a[from + i] / largest) ** 2;
  return largest * Math.sqrt(sum);
}

function moveToEnd(a: Float64Array, rows: number, columns: number, k: number, pivot: Int32Array, length: Float64Array): void {
  const column = a.slice(k * rows, (k + 1) * rows);
  a.copyWithin(k * rows, (k + 1) * rows);
  a.set(column, (columns - 1) * rows);
  const [place, size] = [pivot[k], length[k]];
  pivot.copyWithin(k, k + 1);
  length.copyWithin(k, k + 1);
  pivot[columns - 1] = place;
  length[columns - 1] = size;
}

/** Turns column k below its diagonal to zero and carries the reflection to the columns after it. */
function reflect(a: Float64Array, rows: number, columns: number, k: number, rest: number, diagonal: Float64Array): void {
  const start = k * rows + k;
  const scale = a[start] > 0 ? rest : -rest;
  for (let i = 0; i < rows - k; i++) a[start + i] /= scale;
  a[start] += 1;
  diagonal[k] = -scale;
  for (let c = k + 1; c < columns; c++) applyReflection(a, rows, k, a, c * rows);
}

/** y ← (I − v vᵀ / v₀) y for the reflection stored in column k. */
function applyReflection(a: Float64Array, rows: number, k: number, y: Float64Array, at: number): void {
  const start = k * rows + k;
  let dot = 0;
  for (let i = 0; i < rows - k; i++) dot += a[start + i] * y[at + k + i];
  const t = -dot / a[start];
  for (let i = 0; i < rows - k; i++) y[at + k + i] += t * a[start + i];
}

/** R x = Qᵀ y for the independent columns, zeros never stored: coefficients in the original column order, NaN where dependent. */
export function leastSquares(qr: QrFactors, y: Float64Array): Float64Array {
  const work = y.slice();
  for (let k = 0; k < qr.rank; k++) applyReflection(qr.packed, qr.rows, k, work, 0);
  const solution = backSubstitute(qr, work);
  const out = new Float64Array(qr.columns).fill(NaN);
  for (let k = 0; k < qr.rank; k++) out[qr.pivot[k]] = solution[k];
  return out;
}

function backSubstitute(qr: QrFactors, right: Float64Array): Float64Array {
  const x = right.slice(0, qr.rank);
  for (let k = qr.rank - 1; k >= 0; k--) {
    x[k] /= qr.diagonal[k];
    for (let i = 0; i < k; i++) x[i] -= x[k] * qr.packed[k * qr.rows + i];
  }
  return x;
}

/** (XᵀX)⁻¹ of the independent columns, columns × columns in the original order, NaN in rows and columns that are dependent. */
export function inverseGram(qr: QrFactors): Float64Array {
  const { rank, columns, pivot } = qr;
  const inverse = new Float64Array(rank * rank); // column j of R⁻¹ at j * rank
  for (let j = 0; j < rank; j++) {
    const unit = new Float64Array(rank);
    unit[j] = 1;
    inverse.set(backSubstitute(qr, unit), j * rank);
  }
  const out = new Float64Array(columns * columns).fill(NaN);
  for (let i = 0; i < rank; i++) {
    for (let j = 0; j < rank; j++) {
      let sum = 0;
      for (let k = Math.max(i, j); k < rank; k++) sum += inverse[k * rank + i] * inverse[k * rank + j];
      out[pivot[i] * columns + pivot[j]] = sum;
    }
  }
  return out;
}

/** Diagonal of Q Qᵀ over the independent columns: each row's leverage, 0 to 1. */
export function leverages(qr: QrFactors): Float64Array {
  const out = new Float64Array(qr.rows);
  const column = new Float64Array(qr.rows);
  for (let k = 0; k < qr.rank; k++) {
    column.fill(0);
    column[k] = 1;
    for (let j = qr.rank - 1; j >= 0; j--) applyReflection(qr.packed, qr.rows, j, column, 0);
    for (let i = 0; i < qr.rows; i++) out[i] += column[i] * column[i];
  }
  return out;
}
