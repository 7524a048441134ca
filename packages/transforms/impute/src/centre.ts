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
