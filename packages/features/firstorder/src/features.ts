import type { Distribution } from '@radloom/imaging';

/** PyRadiomics' guard in logarithms: the spacing of floating point numbers at 1. */
const EPSILON = 2 ** -52;

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
