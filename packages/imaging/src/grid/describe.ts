import { type Mask, once, type Vec3, type Volume, type VoxelArray, voxelIndices } from '@radloom/core';
import { type Box, maskInBox } from './box.js';
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
    const indices = voxelIndices(cut.mask);
    const sum = [0, 0, 0];
    for (const i of indices) {
      const row = Math.floor(i / box.size[0]);
      sum[0] += i - row * box.size[0];
      sum[1] += row % box.size[1];
      sum[2] += Math.floor(row / box.size[1]);
    }
    const centreIndex: Vec3 = [sum[0], sum[1], sum[2]].map((total, a) => (total + box.low[a] * indices.length) / indices.length) as unknown as Vec3;
    return {
      spacing: mask.geometry.spacing,
      size: mask.geometry.size,
      box,
      voxels: indices.length,
      components: countComponents(mask),
      centreIndex,
      centre: pointAt(mask.geometry, centreIndex),
    };
  });
}

/** Mean, lowest and highest value of an image inside a mask on the same grid; null if the mask has no voxel. */
export function describeInside(volume: Volume, mask: Mask): ValueRange | null {
  const cut = maskInBox(mask);
  if (cut === null) return null;
  const { low, size } = cut.box;
  const [nx, ny] = volume.geometry.size;
  const values = new Float64Array(voxelIndices(cut.mask).length);
  let n = 0;
  for (const i of voxelIndices(cut.mask)) {
    const row = Math.floor(i / size[0]);
    values[n++] = volume.data[low[0] + i - row * size[0] + nx * (low[1] + (row % size[1]) + ny * (low[2] + Math.floor(row / size[1])))];
  }
  return rangeOf(values);
}

function rangeOf(values: VoxelArray): ValueRange {
  let minimum = Infinity;
  let maximum = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value < minimum) minimum = value;
    if (value > maximum) maximum = value;
  }
  return { mean: sumOf(values) / values.length, minimum, maximum };
}

/** Integers add up exactly; a long sum of fractions is compensated (Kahan), or its last digits would depend on the order. */
function sumOf(values: VoxelArray): number {
  let sum = 0;
  if (!(values instanceof Float32Array || values instanceof Float64Array)) {
    for (let i = 0; i < values.length; i++) sum += values[i];
    return sum;
  }
  let lost = 0;
  for (let i = 0; i < values.length; i++) {
    const add = values[i] - lost;
    const next = sum + add;
    lost = next - sum - add;
    sum = next;
  }
  return sum;
}
