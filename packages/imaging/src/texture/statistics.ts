import type { LevelSizeMatrix } from './level-sizes.js';

/** PyRadiomics' guard in logarithms: the spacing of floating point numbers at 1. */
export const EPSILON = 2 ** -52;

/**
 * The sums that run length, size zone and dependence features share. i is a grey level, j a size, P(i, j) the matrix, p(i, j) the
 * matrix divided by its sum.
 */
export interface LevelSizeStatistics {
  /** Sum of P: runs, zones, voxels. */
  readonly total: number;
  /** Sum of j P: voxels. */
  readonly voxels: number;
  /** Sum of p / j2. */
  readonly smallEmphasis: number;
  /** Sum of p j2. */
  readonly largeEmphasis: number;
  /** Sum of p / i2. */
  readonly lowLevelEmphasis: number;
  /** Sum of p i2. */
  readonly highLevelEmphasis: number;
  /** Sum of p / (i2 j2). */
  readonly smallLowEmphasis: number;
  /** Sum of p i2 / j2. */
  readonly smallHighEmphasis: number;
  /** Sum of p j2 / i2. */
  readonly largeLowEmphasis: number;
  /** Sum of p i2 j2. */
  readonly largeHighEmphasis: number;
  /** Sum over levels of the squared sum of P over sizes, divided by the sum of P. */
  readonly levelNonUniformity: number;
  /** Sum over sizes of the squared sum of P over levels, divided by the sum of P. */
  readonly sizeNonUniformity: number;
  /** Variance of i under p. */
  readonly levelVariance: number;
  /** Variance of j under p. */
  readonly sizeVariance: number;
  /** -sum of p log2(p + epsilon). */
  readonly entropy: number;
}

/** All sums in two passes over the matrix' cells; undefined for an empty matrix. */
export function levelSizeStatistics({ level, size, count }: LevelSizeMatrix): LevelSizeStatistics | undefined {
  let total = 0;
  let voxels = 0;
  let levelSum = 0;
  for (let c = 0; c < count.length; c++) {
    total += count[c];
    voxels += count[c] * size[c];
    levelSum += count[c] * level[c];
  }
  if (!(total > 0)) return undefined;
  const meanLevel = levelSum / total;
  const meanSize = voxels / total;
  let small = 0, large = 0, low = 0, high = 0, smallLow = 0, smallHigh = 0, largeLow = 0, largeHigh = 0, levelVariance = 0, sizeVariance = 0, entropy = 0;
  for (let c = 0; c < count.length; c++) {
    const p = count[c] / total;
    const i2 = level[c] * level[c];
    const j2 = size[c] * size[c];
    small += p / j2;
    large += p * j2;
    low += p / i2;
    high += p * i2;
    smallLow += p / (i2 * j2);
    smallHigh += (p * i2) / j2;
    largeLow += (p * j2) / i2;
    largeHigh += p * i2 * j2;
    levelVariance += p * (level[c] - meanLevel) ** 2;
    sizeVariance += p * (size[c] - meanSize) ** 2;
    entropy -= p * Math.log2(p + EPSILON);
  }
  return {
    total, voxels, smallEmphasis: small, largeEmphasis: large, lowLevelEmphasis: low, highLevelEmphasis: high, smallLowEmphasis: smallLow, smallHighEmphasis: smallHigh,
    largeLowEmphasis: largeLow, largeHighEmphasis: largeHigh, levelVariance, sizeVariance, entropy,
    levelNonUniformity: squaredMarginals(level, count) / total,
    sizeNonUniformity: squaredMarginals(size, count) / total,
  };
}

/** Sum of squares of the counts gathered by key. */
function squaredMarginals(keys: Int32Array, count: Float64Array): number {
  const sums = new Map<number, number>();
  for (let c = 0; c < count.length; c++) sums.set(keys[c], (sums.get(keys[c]) ?? 0) + count[c]);
  let squares = 0;
  for (const sum of sums.values()) squares += sum * sum;
  return squares;
}
