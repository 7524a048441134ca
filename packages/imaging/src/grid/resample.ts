import { type Geometry, makeMask, makeVolume, type Mask, type Volume, type VoxelArray } from '@radloom/core';
import { type Interpolator, type Kernel, kernelOf } from './kernel.js';
import { nearestVoxels } from './nearest.js';
import { axesAgree } from './placement.js';
import { makeSampler, readBox } from './sampler.js';
import { type AxisTaps, axisTaps, rebase, resampleSeparably, unsure } from './separable.js';

/**
 * A volume on another grid, as ITK's `ResampleImageFilter` with SimpleITK's interpolators gives it.
 *
 * Pixel types are kept: integers are clamped to their type and truncated towards zero. Outside the image the value is 0; inside
 * means less than half a voxel beyond the outer voxel centres.
 *
 * @returns the volume itself if the grid is its own
 */
export function resampleVolume(volume: Volume, grid: Geometry, interpolator: Interpolator): Volume {
  if (grid === volume.geometry) return volume;
  const { acquisition } = volume;
  const more = acquisition === undefined ? {} : { acquisition };
  if (interpolator === 'nearest') return makeVolume(grid, nearestVoxels(volume.data, volume.geometry, grid), more);
  const kernel = kernelOf(interpolator, volume.geometry);
  return makeVolume(grid, axesAgree(grid, volume.geometry) ? resampleAligned(volume, grid, kernel) : resampleTurned(volume, grid, kernel), more);
}

/** A mask on another grid: the value of the nearest voxel, 0 outside. The mask itself if the grid is its own. */
export function resampleMask(mask: Mask, grid: Geometry): Mask {
  return grid === mask.geometry ? mask : makeMask(grid, nearestVoxels(mask.data, mask.geometry, grid), mask.label, mask.name);
}

/** Grids turned against each other: every voxel by the sampler. */
function resampleTurned(volume: Volume, grid: Geometry, kernel: Kernel): VoxelArray {
  const [nx, ny, nz] = grid.size;
  const out = arrayLike(volume.data, nx * ny * nz);
  const box = readBox(grid, volume.geometry, kernel.taps);
  if (box === null) return out;
  const samples = kernel.samples(volume.data, volume.geometry.size, box);
  const sampler = makeSampler(grid, volume.geometry, kernel, samples, box);
  const [least, most] = limits(out);
  for (let k = 0, to = 0; k < nz; k++) for (let j = 0; j < ny; j++) for (let i = 0; i < nx; i++, to++) out[to] = clamp(sampler.at(i, j, k), least, most);
  return out;
}

/** Grids whose axes agree: three passes; what hangs on the last bit is computed again by the sampler. */
function resampleAligned(volume: Volume, grid: Geometry, kernel: Kernel): VoxelArray {
  const { data, geometry: image } = volume;
  const [nx, ny, nz] = grid.size;
  const out = arrayLike(data, nx * ny * nz);
  const axes = axisTaps(grid, image, kernel);
  const box = rebase(axes);
  if (box === null) return out;
  const samples = kernel.samples(data, image.size, box);
  const values = resampleSeparably(samples, box.size, axes);
  const [least, most] = limits(out);
  for (let i = 0; i < out.length; i++) out[i] = clamp(values[i], least, most);
  const sampler = makeSampler(grid, image, kernel, samples, box);
  for (const list of [doubtfulValues(values, volume, axes), doubtfulPositions(axes)]) {
    for (const at of list) {
      const i = at % nx;
      const row = (at - i) / nx;
      out[at] = clamp(sampler.at(i, row % ny, Math.floor(row / ny)), least, most);
    }
  }
  return out;
}

/**
 * Voxels whose value another order of summation could change visibly.
 *
 * Integers: a value at a whole number, which truncation splits. Float64: a value equal to a voxel's up to rounding (grids that
 * coincide, flat parts), because such a value may lie exactly on the edge of a bin. Float32: a value halfway between two of them.
 */
function doubtfulValues(values: Float64Array, { data, geometry }: Volume, axes: readonly AxisTaps[]): number[] {
  const doubtful: number[] = [];
  if (data instanceof Float32Array) {
    for (let i = 0; i < values.length; i++) if (Math.fround(values[i] * (1 + 1e-13)) !== Math.fround(values[i] * (1 - 1e-13))) doubtful.push(i);
  } else if (data instanceof Float64Array) {
    const [x, y, z] = axes;
    const [sx, sy] = geometry.size;
    for (let k = 0, at = 0; k < z.count; k++) {
      for (let j = 0; j < y.count; j++) {
        const base = sx * (y.nearest[j] + sy * z.nearest[k]);
        for (let i = 0; i < x.count; i++, at++) if (values[at] !== 0 && Math.abs(values[at] - data[base + x.nearest[i]]) <= 1e-9 * Math.abs(values[at])) doubtful.push(at);
      }
    }
  } else {
    const near = 1e-12 * limits(data)[1];
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (Math.abs(value - Math.round(value)) <= near && Math.abs(value) > 0.5) doubtful.push(i);
    }
  }
  return doubtful;
}

/** Voxels at positions that the tables leave to the sampler. */
function doubtfulPositions([x, y, z]: readonly AxisTaps[]): number[] {
  if (![x, y, z].some(({ side }) => side.includes(unsure))) return [];
  const doubtful: number[] = [];
  for (let k = 0, at = 0; k < z.count; k++) {
    for (let j = 0; j < y.count; j++) for (let i = 0; i < x.count; i++, at++) if (x.side[i] === unsure || y.side[j] === unsure || z.side[k] === unsure) doubtful.push(at);
  }
  return doubtful;
}

function arrayLike<T extends VoxelArray>(data: T, length: number): T {
  return new (data.constructor as new (length: number) => T)(length);
}

/** Lowest and highest value of an integer array class; no limits for the others. */
function limits(data: VoxelArray): [number, number] {
  if (data instanceof Float32Array || data instanceof Float64Array) return [-Infinity, Infinity];
  const bits = 8 * data.BYTES_PER_ELEMENT;
  const signed = data instanceof Int8Array || data instanceof Int16Array || data instanceof Int32Array;
  return signed ? [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1] : [0, 2 ** bits - 1];
}

/** Typed arrays truncate what they are given; only the limits are left to do. */
function clamp(value: number, least: number, most: number): number {
  return value <= least ? least : value >= most ? most : value;
}
