import type { Vec3, Volume } from '@radloom/core';
import { gaussianSecondDerivative, gaussianSmoothing } from './recursive-gaussian.js';
import { filterAxis } from './recursive-lines.js';
import { floatValues } from './voxel-values.js';

/**
 * Laplacian of Gaussian of a whole volume, in float32, as ITK's recursive filters compute it: for each axis the second derivative
 * along it, then smoothing along the others in ascending order, each step rounded to float32; the three are added in the order x, y,
 * z, each divided by its spacing squared. The volume goes on beyond its faces with the values it has there.
 *
 * @param sigma     standard deviation, mm
 * @param normalise multiplies by sigma squared (mm2), so that responses at several scales compare
 * @returns one value a voxel, x fastest
 */
export function laplacianOfGaussian(volume: Volume, sigma: number, normalise: boolean): Float32Array {
  const { size, spacing } = volume.geometry;
  const source = floatValues(volume.data);
  const derived = new Float32Array(source.length);
  const result = new Float32Array(source.length);
  const smoothing = spacing.map((s) => gaussianSmoothing(sigma / s));
  for (const axis of [0, 1, 2] as const) {
    const [near, far] = ([[1, 2], [0, 2], [0, 1]] as const)[axis];
    filterAxis(source, derived, size, axis, gaussianSecondDerivative(sigma / spacing[axis], normalise ? sigma * sigma : 1));
    filterAxis(derived, derived, size, near, smoothing[near]);
    filterAxis(derived, result, size, far, smoothing[far], 1 / (spacing[axis] * spacing[axis]));
  }
  return result;
}

/** Voxels along each axis without which the filter has no room: ceil(sigma / spacing) + 1, and never fewer than 4. */
export function voxelsNeeded(spacing: Vec3, sigma: number): Vec3 {
  const needed = (s: number) => Math.max(4, Math.ceil(sigma / s) + 1);
  return [needed(spacing[0]), needed(spacing[1]), needed(spacing[2])];
}
