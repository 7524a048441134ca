/** Mean and standard deviation (n - 1) of the values that are there. */
export function meanAndDeviation(values: Float64Array): [mean: number, deviation: number] {
  let [count, sum] = [0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    count++;
    sum += value;
  }
  const mean = sum / count;
  let squares = 0;
  for (const value of values) if (!Number.isNaN(value)) squares += (value - mean) ** 2;
  return [mean, Math.sqrt(squares / (count - 1))];
}

/** Lowest value, and how far the highest lies above it, of the values that are there. */
export function extremes(values: Float64Array): [lowest: number, range: number] {
  let [lowest, highest] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  }
  return [lowest, highest - lowest];
}
