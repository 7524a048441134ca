import type { Geometry } from './geometry.js';
import { once } from './memo.js';
import type { Mask, VoxelArray } from './volume.js';

/** Discretised grey levels of a region's voxels. */
export interface Levels {
  /** Per ROI voxel, in the order of `Region.values`: 1..count. */
  readonly values: Uint8Array | Uint16Array | Int32Array;
  /** The highest level; levels below it may be empty. */
  readonly count: number;
}

/**
 * What a feature family sees of one (derived) image: the ROI, cropped to its bounding box.
 *
 * `image` and `intensityMask.data` cover the box, x fastest. `values` and `levels.values` hold the ROI's voxels only, ascending in
 * that order. Structures that depend on the mask alone hang on the mask (`once(region.intensityMask, …)`), so that all derived
 * images of a case share them; structures that depend on values hang on the region.
 */
export interface Region {
  readonly type: 'region';
  /** The box's grid. */
  readonly geometry: Geometry;
  readonly image: VoxelArray;
  readonly values: VoxelArray;
  readonly levels?: Levels;
  /** After re-segmentation; on the box's grid. */
  readonly intensityMask: Mask;
  /** Before re-segmentation, on a grid of its own (its own box). */
  readonly morphologyMask: Mask;
  /** The region's memo: see `once`. */
  once<T>(key: string, build: () => T): T;
}

/** A region; its image may be a function that makes it, called only for families that look at voxels outside the ROI. */
export function makeRegion({ image, ...init }: Omit<Region, 'type' | 'once' | 'image'> & { readonly image: VoxelArray | (() => VoxelArray) }): Region {
  const region: Region = {
    type: 'region',
    ...init,
    get image() {
      return typeof image === 'function' ? once(region, 'image', image) : image;
    },
    once: (key, build) => once(region, key, build),
  };
  return region;
}

/** Indices of the mask's voxels in its grid, ascending; computed once a mask. */
export function voxelIndices(mask: Mask): Uint32Array {
  return once(mask, 'voxel-indices', () => {
    let count = 0;
    for (let i = 0; i < mask.data.length; i++) count += mask.data[i];
    // Written at every voxel and kept only inside: where a mask begins and ends cannot be foreseen, and a wrong guess costs more. One place more
    // takes what follows the last voxel inside.
    const indices = new Uint32Array(count + 1);
    for (let i = 0, n = 0; i < mask.data.length; i++) {
      indices[n] = i;
      n += mask.data[i];
    }
    return indices.subarray(0, count);
  });
}
