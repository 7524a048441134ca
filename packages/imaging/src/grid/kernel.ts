import type { Geometry, Vec3, VoxelArray } from '@radloom/core';
import { type Box, cropVoxels } from './box.js';
import { gaussianJumps, gaussianSupport, gaussianTaps } from './gaussian.js';
import { splineCoefficients } from './compiled-coefficients.js';
import type { SplineOrder } from './spline-coefficients.js';
import { splineSupport, splineTaps } from './spline-weights.js';
import { isSincWindow, sincSupport, sincTaps } from './windowed-sinc.js';

/** How values between voxel centres are found; `bspline` is of order 3, and windowed sincs reach 5 voxels to each side. */
export const interpolators = ['nearest', 'linear', 'bspline', 'bspline1', 'bspline2', 'bspline3', 'bspline4', 'bspline5', 'gaussian', 'hammingSinc', 'cosineSinc', 'welchSinc', 'lanczosSinc', 'blackmanSinc'] as const;
export type Interpolator = (typeof interpolators)[number];

/** A separable interpolator: weights along each axis, and how they are put together. */
export interface Kernel {
  /** Most samples weighed along one axis. */
  readonly taps: number;
  /**
   * Samples and weights around position x along an axis of `size` voxels, from offset `at` on.
   * @returns how many
   */
  support(axis: number, x: number, size: number, source: Int32Array, weight: Float64Array, at: number): number;
  /** Weights are used as they come; otherwise those of an axis are divided by their sum. */
  readonly unscaled?: true;
  /** Whether the value jumps at x, so that the last bit of x matters. Absent: it never does. */
  jumps?(x: number): boolean;
  /** What is weighed, for a block of the image: its voxels, or coefficients made from it; float64, x fastest. */
  samples(data: VoxelArray, size: Vec3, box: Box): Float64Array;
  /** One value from the taps of three axes, in ITK's order of operations. */
  blend(taps: Taps, samples: Float64Array, strides: Vec3): number;
}

/** Taps of one position: axis a in entries `a * most ... a * most + used[a]`; sources count from the start of the samples. */
export interface Taps {
  readonly most: number;
  readonly used: Int32Array;
  readonly source: Int32Array;
  readonly weight: Float64Array;
}

export function kernelOf(interpolator: Exclude<Interpolator, 'nearest'>, { spacing }: Geometry): Kernel {
  if (interpolator === 'linear') return { taps: 2, support: (_axis, x, size, source, weight, at) => linearSupport(x, size, source, weight, at), samples: asFloat64, blend: nested };
  if (interpolator === 'gaussian') {
    return {
      taps: gaussianTaps,
      support: (axis, x, size, source, weight, at) => gaussianSupport(x, spacing[axis], size, source, weight, at),
      jumps: gaussianJumps,
      samples: asFloat64,
      blend: weightedMean,
    };
  }
  if (isSincWindow(interpolator)) {
    return { taps: sincTaps, unscaled: true, support: (_axis, x, size, source, weight, at) => sincSupport(interpolator, x, size, source, weight, at), samples: asFloat64, blend: weightedSamples };
  }
  const order = (interpolator === 'bspline' ? 3 : Number(interpolator.slice(-1))) as SplineOrder;
  return {
    taps: splineTaps(order),
    support: (_axis, x, size, source, weight, at) => splineSupport(order, x, size, source, weight, at),
    samples: (data, size, box) => splineCoefficients(data, size, box, order),
    blend: weightedSum,
  };
}

/** The two voxels around x; beyond the first and the last voxel centre the border voxel alone, twice. */
function linearSupport(x: number, size: number, source: Int32Array, weight: Float64Array, at: number): number {
  const first = Math.max(0, Math.floor(x));
  const fraction = x - first;
  const between = fraction > 0 && first + 1 < size;
  source[at] = first;
  source[at + 1] = between ? first + 1 : first;
  weight[at] = between ? 1 - fraction : 1;
  weight[at + 1] = between ? fraction : 0;
  return 2;
}

function asFloat64(data: VoxelArray, size: Vec3, box: Box): Float64Array {
  return new Float64Array(cropVoxels(data, size, box));
}

/** Linear: along x, then y, then z, each as a + (b - a) w. */
function nested({ source, weight }: Taps, samples: Float64Array, [, row, plane]: Vec3): number {
  const wx = weight[1];
  const along = (base: number) => {
    const a = samples[base + source[0]];
    return a + (samples[base + source[1]] - a) * wx;
  };
  const across = (base: number) => {
    const a = along(base + row * source[2]);
    return a + (along(base + row * source[3]) - a) * weight[3];
  };
  const a = across(plane * source[4]);
  return a + (across(plane * source[5]) - a) * weight[5];
}

/** Sum over all taps, x fastest, each weight (wx wy) wz. */
function weightedSum({ most, used, source, weight }: Taps, samples: Float64Array, [, row, plane]: Vec3): number {
  let sum = 0;
  for (let z = 2 * most; z < 2 * most + used[2]; z++) {
    for (let y = most; y < most + used[1]; y++) {
      const base = row * source[y] + plane * source[z];
      for (let x = 0; x < used[0]; x++) sum += weight[x] * weight[y] * weight[z] * samples[base + source[x]];
    }
  }
  return sum;
}

/** Sum over all taps, x fastest, each its sample times wx, wy and wz. */
function weightedSamples({ most, used, source, weight }: Taps, samples: Float64Array, [, row, plane]: Vec3): number {
  let sum = 0;
  for (let z = 2 * most; z < 2 * most + used[2]; z++) {
    for (let y = most; y < most + used[1]; y++) {
      const base = row * source[y] + plane * source[z];
      for (let x = 0; x < used[0]; x++) sum += samples[base + source[x]] * weight[x] * weight[y] * weight[z];
    }
  }
  return sum;
}

function weightedMean(taps: Taps, samples: Float64Array, strides: Vec3): number {
  const { most, used, weight } = taps;
  let total = 0;
  for (let z = 2 * most; z < 2 * most + used[2]; z++) for (let y = most; y < most + used[1]; y++) for (let x = 0; x < used[0]; x++) total += weight[x] * weight[y] * weight[z];
  return weightedSum(taps, samples, strides) / total;
}
