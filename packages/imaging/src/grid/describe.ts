import { type Mask, once, type Vec3, type Volume, type VoxelArray } from '@radloom/core';
import { type Box, indicesOnGrid, maskInBox, valuesInside } from './box.js';
import { intensityKernel, rangeOfInt16 } from '../intensity/compiled-steps.js';
import { countComponents } from './components.js';
import { pointAt } from './placement.js';

/** Mean, lowest and highest value. */
export interface ValueRange {
  readonly mean: number;
  readonly minimum: number;
  readonly maximum: number;
}

/** What a report says of an image: PyRadiomics' `diagnostics_Image-…` columns, without the hash. */
export interface ImageDescription extends ValueRange {
  readonly spacing: Vec3;
  readonly size: Vec3;
}

/** What a report says of a mask: PyRadiomics' `diagnostics_Mask-…` columns, without the hash. */
export interface MaskDescription {
  readonly spacing: Vec3;
  readonly size: Vec3;
  readonly box: Box;
  readonly voxels: number;
  /** Parts that do not touch, by face, edge or corner. */
  readonly components: number;
  /** Mean voxel index x, y, z. */
  readonly centreIndex: Vec3;
  /** The same point in LPS millimetres. */
  readonly centre: Vec3;
}

/** Grid and values of a whole image; computed once an image. */
export function describeImage(volume: Volume): ImageDescription {
  return once(volume, 'description', () => ({ spacing: volume.geometry.spacing, size: volume.geometry.size, ...rangeOf(volume.data) }));
}

/** Grid, extent and place of a mask; null if it has no voxel. Computed once a mask. */
export function describeMask(mask: Mask): MaskDescription | null {
  return once(mask, 'description', () => {
    const cut = maskInBox(mask);
    if (cut === null) return null;
    const { box } = cut;
    const { voxels, sum } = positions(cut.mask.data, box.size);
    const meanIndex = (axis: 0 | 1 | 2) => (sum[axis] + box.low[axis] * voxels) / voxels;
    const centreIndex: Vec3 = [meanIndex(0), meanIndex(1), meanIndex(2)];
    return { spacing: mask.geometry.spacing, size: mask.geometry.size, box, voxels, components: countComponents(mask), centreIndex, centre: pointAt(mask.geometry, centreIndex) };
  });
}

/** How many voxels are inside, and the sums of their indices. */
function positions(data: Uint8Array, [nx, ny, nz]: Vec3): { voxels: number; sum: Vec3 } {
  let voxels = 0;
  let sumX = 0;
  let sumY = 0;
  let sumZ = 0;
  for (let z = 0, i = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      let inRow = 0;
      for (let x = 0; x < nx; x++, i++) {
        if (data[i] === 0) continue;
        inRow++;
        sumX += x;
      }
      voxels += inRow;
      sumY += y * inRow;
      sumZ += z * inRow;
    }
  }
  return { voxels, sum: [sumX, sumY, sumZ] };
}

/** Mean, lowest and highest value of an image inside a mask on the same grid; null if the mask has no voxel. */
export function describeInside(volume: Volume, mask: Mask): ValueRange | null {
  const indices = indicesOnGrid(mask);
  return indices.length === 0 ? null : rangeOf(valuesInside(volume.data, indices));
}

function rangeOf(values: VoxelArray): ValueRange {
  const { minimum, maximum, sum } = sumsOf(values);
  return { mean: sum / values.length, minimum, maximum };
}

interface Sums {
  readonly minimum: number;
  readonly maximum: number;
  readonly sum: number;
}

function sumsOf(values: VoxelArray): Sums {
  if (values instanceof Float32Array || values instanceof Float64Array) return sumsOfFractions(values);
  const kernel = values instanceof Int16Array || values instanceof Uint16Array ? intensityKernel() : undefined;
  return kernel === undefined ? sumsOfIntegers(values) : rangeOfInt16(kernel, values as Int16Array | Uint16Array);
}

function sumsOfIntegers(values: VoxelArray): Sums {
  let minimum = Infinity;
  let maximum = -Infinity;
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value < minimum) minimum = value;
    if (value > maximum) maximum = value;
    sum += value;
  }
  return { minimum, maximum, sum };
}

/** A long sum of fractions is compensated (Kahan), or its last digits would depend on the order. */
function sumsOfFractions(values: VoxelArray): Sums {
  let minimum = Infinity;
  let maximum = -Infinity;
  let sum = 0;
  let lost = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value < minimum) minimum = value;
    if (value > maximum) maximum = value;
    const add = value - lost;
    const next = sum + add;
    lost = next - sum - add;
    sum = next;
  }
  return { minimum, maximum, sum };
}
