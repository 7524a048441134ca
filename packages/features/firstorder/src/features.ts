import { percentiles } from './order-statistics.js';

/** PyRadiomics' guard in logarithms: the spacing of floating point numbers at 1. */
const EPSILON = 2 ** -52;

/** What the features are read from: sums over the voxels. */
export interface Distribution {
  readonly voxels: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly mean: number;
  /** Mean powers of the distance from the mean. */
  readonly moment2: number;
  readonly moment3: number;
  readonly moment4: number;
  readonly meanAbsoluteDeviation: number;
  /** Sum of (value + shift)^2. */
  readonly energy: number;
  /** 10th, 25th, 50th, 75th, 90th percentile. */
  readonly percentiles: readonly number[];
  /** Mean distance from their mean, of the voxels from the 10th to the 90th percentile, both included. */
  readonly robustDeviation: number;
}

/** @param values intensities of the ROI's voxels, at least one; @param shift added for `energy` only */
export function distribution(values: Float64Array, shift: number): Distribution {
  const n = values.length;
  let minimum = Infinity, maximum = -Infinity, sum = 0, energy = 0;
  for (let i = 0; i < n; i++) {
    const x = values[i];
    if (x < minimum) minimum = x;
    if (x > maximum) maximum = x;
    sum += x;
    energy += (x + shift) * (x + shift);
  }
  const mean = sum / n;
  let square = 0, cube = 0, fourth = 0, absolute = 0;
  for (let i = 0; i < n; i++) {
    const distance = values[i] - mean;
    const squared = distance * distance;
    square += squared;
    cube += squared * distance;
    fourth += squared * squared;
    absolute += Math.abs(distance);
  }
  const points = percentiles(values, [10, 25, 50, 75, 90]);
  return {
    voxels: n, minimum, maximum, mean, energy, percentiles: points,
    moment2: square / n, moment3: cube / n, moment4: fourth / n, meanAbsoluteDeviation: absolute / n,
    robustDeviation: deviationWithin(values, points[0], points[4]),
  };
}

function deviationWithin(values: Float64Array, low: number, high: number): number {
  let count = 0, sum = 0;
  for (let i = 0; i < values.length; i++) {
    const x = values[i];
    if (x < low || x > high) continue;
    sum += x;
    count++;
  }
  const mean = sum / count;
  let absolute = 0;
  for (let i = 0; i < values.length; i++) {
    const x = values[i];
    if (x >= low && x <= high) absolute += Math.abs(x - mean);
  }
  return absolute / count;
}

/** The features of the intensities, in PyRadiomics' names. */
export const intensityFormulas = {
  '10Percentile': ({ percentiles: [p10] }) => p10,
  '90Percentile': ({ percentiles: [, , , , p90] }) => p90,
  Energy: ({ energy }) => energy,
  InterquartileRange: ({ percentiles: [, p25, , p75] }) => p75 - p25,
  /** Not the excess; 0 in a constant region. */
  Kurtosis: ({ moment2, moment4 }) => (moment2 === 0 ? 0 : moment4 / moment2 ** 2),
  Maximum: ({ maximum }) => maximum,
  Mean: ({ mean }) => mean,
  MeanAbsoluteDeviation: ({ meanAbsoluteDeviation }) => meanAbsoluteDeviation,
  Median: ({ percentiles: [, , p50] }) => p50,
  Minimum: ({ minimum }) => minimum,
  Range: ({ minimum, maximum }) => maximum - minimum,
  RobustMeanAbsoluteDeviation: ({ robustDeviation }) => robustDeviation,
  RootMeanSquared: ({ energy, voxels }) => Math.sqrt(energy / voxels),
  /** 0 in a constant region. */
  Skewness: ({ moment2, moment3 }) => (moment2 === 0 ? 0 : moment3 / moment2 ** 1.5),
  StandardDeviation: ({ moment2 }) => Math.sqrt(moment2),
  TotalEnergy: ({ energy }, voxelVolume) => energy * voxelVolume,
  Variance: ({ moment2 }) => moment2,
} satisfies Record<string, (values: Distribution, voxelVolume: number) => number>;

/** The features of the grey levels; each level's share of the voxels is p. */
export const histogramFormulas = {
  /** -sum of p log2(p + eps): -3.2e-16 for one level. */
  Entropy: (shares) => -shares.reduce((sum, p) => sum + p * Math.log2(p + EPSILON), 0),
  Uniformity: (shares) => shares.reduce((sum, p) => sum + p * p, 0),
} satisfies Record<string, (shares: Float64Array) => number>;
