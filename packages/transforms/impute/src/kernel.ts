/** Mean of the values that are there; NaN of none. */
export function mean(values: ArrayLike<number>): number {
  let [count, sum] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) continue;
    count++;
    sum += values[i];
  }
  return sum / count;
}

/** Median (quantile of type 7) of the values that are there. */
export function median(values: Float64Array): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Training rows nearest to a row by Gower's distance over all columns but the one to fill: the mean of |difference| over the training
 * range, pairs with a missing value left out. Of equal distances the earlier row is nearer.
 *
 * @param training per column, values of the training rows
 * @param columns  per column, values of the rows to fill
 */
export function nearestRows(training: readonly Float64Array[], columns: readonly Float64Array[], row: number, skipped: number, count: number): number[] {
  const rows = training[0].length;
  const sum = new Float64Array(rows);
  const pairs = new Float64Array(rows);
  training.forEach((known, c) => {
    const value = columns[c][row];
    if (c === skipped || Number.isNaN(value)) return;
    const range = rangeOf(known);
    for (let r = 0; r < rows; r++) {
      if (Number.isNaN(known[r])) continue;
      sum[r] += range > 0 ? Math.abs(value - known[r]) / range : 0;
      pairs[r]++;
    }
  });
  const distance = sum.map((total, r) => (pairs[r] > 0 ? total / pairs[r] : Infinity));
  return Array.from({ length: rows }, (_, r) => r).sort((a, b) => distance[a] - distance[b] || a - b).slice(0, count);
}

function rangeOf(values: Float64Array): number {
  let [lowest, highest] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  }
  return highest - lowest;
}
