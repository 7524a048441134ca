import type { Degree } from './harmonics.js';

/** What a row of voxels needs as working space; nothing is allocated a row. */
export interface RowSpace {
  /** 1 where the sample is at least as bright as its voxel, else 0; laid out as the samples. */
  readonly bright: Float64Array;
  /** One row a harmonic. */
  readonly sums: readonly Float64Array[];
  readonly byCount: Float64Array;
  readonly mean: Float64Array;
  readonly second: Float64Array;
  readonly fourth: Float64Array;
}

export function rowSpace(count: number, points: number, degrees: number): RowSpace {
  const row = () => new Float64Array(count);
  return { bright: new Float64Array(points * count), sums: Array.from({ length: 2 * degrees - 1 }, row), byCount: normsByCount(points), mean: row(), second: row(), fourth: row() };
}

/**
 * Norms of degrees above 0 are multiples of 1 / grain. By symmetry many patterns have the same norm; computed from sums in another order,
 * theirs would differ in the last bits, and a percentile that falls between them would count one and not the other.
 */
const grain = 2 ** 36;

/**
 * Norm of degree 0 of a pattern by its number of bright points: each is added with the constant 1 / sqrt(4 pi), and what comes back to
 * each point is squared and added up. Summed one by one as NumPy does, to the last bit: counts that divide the largest lie exactly on
 * edges of bins.
 */
function normsByCount(points: number): Float64Array {
  const constant = Math.sqrt(1 / 4 / Math.PI);
  const norms = new Float64Array(points + 1);
  for (let count = 1, sum = constant; count <= points; count++, sum += constant) {
    const part = sum * constant;
    let square = 0;
    for (let v = 0; v < points; v++) square += part * part;
    norms[count] = Math.sqrt(square);
  }
  return norms;
}

/**
 * Norm of each degree of a row's patterns. The pattern of a voxel is 1 at points at least as bright as it, 0 at others; its part of
 * degree n is rebuilt at the points from its harmonics, and the norm is the root of the sum of squares there.
 *
 * @param samples  value at point v around voxel x: `samples[v * count + x]`
 * @param centres  value of voxel x: `centres[from + x]`
 * @param norms    one array a degree; filled at `from + x`
 */
export function patternNorms(samples: Float64Array, centres: Float32Array | Float64Array, from: number, count: number, degrees: readonly Degree[], norms: readonly Float64Array[], { bright, sums, byCount }: RowSpace): void {
  for (let start = 0; start < samples.length; start += count) {
    for (let x = 0; x < count; x++) bright[start + x] = samples[start + x] >= centres[from + x] ? 1 : 0;
  }
  degrees.forEach(({ values, products }, n) => {
    if (n === 0) return countNorms(bright, norms[0], from, count, byCount);
    values.forEach((harmonic, k) => weighedSums(bright, harmonic, sums[k], count));
    const norm = norms[n];
    for (let x = 0; x < count; x++) {
      let square = 0;
      for (let j = 0; j < values.length; j++) for (let k = 0; k < values.length; k++) square += sums[j][x] * products[j][k] * sums[k][x];
      norm[from + x] = Math.round(Math.sqrt(Math.max(0, square)) * grain) / grain; // rounding may leave a trace below zero
    }
  });
}

function countNorms(bright: Float64Array, norm: Float64Array, from: number, count: number, byCount: Float64Array): void {
  for (let x = 0; x < count; x++) {
    let points = 0;
    for (let at = x; at < bright.length; at += count) points += bright[at];
    norm[from + x] = byCount[points];
  }
}

function weighedSums(bright: Float64Array, weights: Float64Array, sum: Float64Array, count: number): void {
  sum.fill(0);
  for (let v = 0, start = 0; v < weights.length; v++, start += count) {
    const weight = weights[v];
    for (let x = 0; x < count; x++) sum[x] += weight * bright[start + x];
  }
}

/**
 * Kurtosis less 3 of each voxel's samples, not a number where they are all equal.
 *
 * @param resolution what SciPy takes for equal, in units of the mean: 1e-15, and 1e-6 for float32
 */
export function sampleKurtosis(samples: Float64Array, from: number, count: number, kurtosis: Float64Array, resolution: number, { mean, second, fourth }: RowSpace): void {
  const points = samples.length / count;
  mean.fill(0);
  second.fill(0);
  fourth.fill(0);
  for (let start = 0; start < samples.length; start += count) for (let x = 0; x < count; x++) mean[x] += samples[start + x];
  for (let x = 0; x < count; x++) mean[x] /= points;
  for (let start = 0; start < samples.length; start += count) {
    for (let x = 0; x < count; x++) {
      const away = samples[start + x] - mean[x];
      const square = away * away;
      second[x] += square;
      fourth[x] += square * square;
    }
  }
  for (let x = 0; x < count; x++) {
    const variance = second[x] / points;
    const smallest = resolution * mean[x];
    kurtosis[from + x] = variance <= smallest * smallest ? NaN : fourth[x] / points / (variance * variance) - 3;
  }
}
