/** Columns in standard units, column-major: row r, column c at `c * rows + r`. */
export interface Design {
  readonly rows: number;
  readonly columns: number;
  readonly z: Float64Array;
  readonly mean: Float64Array;
  /** Divisor n; 0 for a column that does not vary, which takes no part. */
  readonly deviation: Float64Array;
  /** Per row, adding up to 1. */
  readonly rowWeight: Float64Array;
}

/** @param times  per row, how often it counts */
export function standardUnits(x: Float64Array, rows: number, columns: number, times: ArrayLike<number>): Design {
  const used = Array.from({ length: rows }, (_, r) => r).filter((r) => times[r] > 0);
  const total = used.reduce((sum, r) => sum + times[r], 0);
  const rowWeight = Float64Array.from(times, (count) => count / total);
  const z = x.slice();
  const mean = new Float64Array(columns);
  const deviation = new Float64Array(columns);
  for (let c = 0; c < columns; c++) {
    const column = z.subarray(c * rows, (c + 1) * rows);
    if (used.every((r) => column[r] === column[used[0]])) continue;
    for (const r of used) mean[c] += rowWeight[r] * column[r];
    let variance = 0;
    for (let r = 0; r < rows; r++) {
      column[r] -= mean[c];
      variance += rowWeight[r] * column[r] * column[r];
    }
    deviation[c] = Math.sqrt(variance);
    for (let r = 0; r < rows; r++) column[r] /= deviation[c];
  }
  return { rows, columns, z, mean, deviation, rowWeight };
}
