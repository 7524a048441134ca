import type { VoxelArray } from '@radloom/core';

export type RangeMode = 'absolute' | 'relative' | 'sigma';

/**
 * Bounds in intensities, lower first.
 *
 * @param values intensities inside the ROI
 * @param range  one or two bounds, in any order, in the mode's unit
 */
export function thresholds(values: VoxelArray, range: readonly number[], mode: RangeMode): number[] {
  const sorted = [...range].sort((a, b) => a - b);
  if (mode === 'absolute') return sorted;
  if (mode === 'relative') {
    let maximum = -Infinity;
    for (const value of values) maximum = Math.max(maximum, value);
    return sorted.map((fraction) => maximum * fraction);
  }
  const { mean, deviation } = values instanceof Float32Array ? moments(values, Math.fround) : moments(values, (x) => x);
  return sorted.map((widths) => mean + deviation * widths);
}

/**
 * A bound as it is when NumPy 1 compares an array of this class with it: float32 for a float32 array, which a single number does not
 * widen, float64 for every other. 7 % of 100 is 7.000000000000001: an integer voxel of 7 lies below it, a float32 voxel of 7 does not.
 */
export function comparedAs(data: VoxelArray, bound: number): number {
  return data instanceof Float32Array ? Math.fround(bound) : bound;
}

/** Mean and population standard deviation, each step rounded as NumPy does for the array's precision. */
function moments(values: VoxelArray, round: (x: number) => number): { mean: number; deviation: number } {
  const n = values.length;
  const mean = round(pairwiseSum(values, 0, n, round) / n);
  const squares = Float64Array.from(values, (value) => {
    const distance = round(value - mean);
    return round(distance * distance);
  });
  return { mean, deviation: round(Math.sqrt(round(pairwiseSum(squares, 0, n, round) / n))) };
}

/** NumPy's summation order: blocks of up to 128 by eight running sums, larger ones halved. */
function pairwiseSum(values: ArrayLike<number>, from: number, n: number, round: (x: number) => number): number {
  if (n > 128) {
    const half = Math.floor(n / 2) - (Math.floor(n / 2) % 8);
    return round(pairwiseSum(values, from, half, round) + pairwiseSum(values, from + half, n - half, round));
  }
  let sum = 0;
  let i = 0;
  if (n >= 8) {
    const lanes = Array.from({ length: 8 }, (_, lane) => values[from + lane]);
    for (i = 8; i < n - (n % 8); i += 8) for (let lane = 0; lane < 8; lane++) lanes[lane] = round(lanes[lane] + values[from + i + lane]);
    const [a, b, c, d, e, f, g, h] = lanes;
    sum = round(round(round(a + b) + round(c + d)) + round(round(e + f) + round(g + h)));
  }
  for (; i < n; i++) sum = round(sum + values[from + i]);
  return sum;
}
