import type { VoxelArray } from '@radloom/core';
import { intensityKernel, kernelSteps } from './compiled-steps.js';
import { percentiles } from './order-statistics.js';
import { plainSteps, type Steps } from './plain-steps.js';

/** What features of intensities are read from: sums over the voxels. */
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

/**
 * Two passes over the intensities, a selection for the percentiles, and two passes over those in between.
 *
 * @param values  at least one
 * @param shift   added for `energy` only
 */
export function distribution(values: VoxelArray, shift: number): Distribution {
  const kernel = intensityKernel();
  return fromSteps((kernel === undefined ? undefined : kernelSteps(kernel, values)) ?? plainSteps(Float64Array.from(values)), values.length, shift);
}

export function fromSteps(steps: Steps, n: number, shift: number): Distribution {
  const { minimum, maximum, sum, energy } = steps.rangeAndSums(shift);
  const mean = sum / n;
  const { absolute, square, cube, fourth } = steps.centralSums(mean);
  const points = percentiles(n, [10, 25, 50, 75, 90], (ranks) => steps.select(ranks, minimum, maximum));
  return {
    voxels: n, minimum, maximum, mean, energy, percentiles: points,
    moment2: square / n, moment3: cube / n, moment4: fourth / n, meanAbsoluteDeviation: absolute / n,
    robustDeviation: deviationWithin(steps, points[0], points[4]),
  };
}

function deviationWithin(steps: Steps, low: number, high: number): number {
  const { found, sum } = steps.sumsWithin(low, high, 0);
  return steps.sumsWithin(low, high, sum / found).absolute / found;
}
