import { RadloomError } from './errors.js';
import { type Geometry, voxelCount } from './geometry.js';

/** The arrays a voxel grid may be kept in; the class is the pixel type, and it matters: interpolating int16 truncates, float32 does not. */
export type VoxelArray = Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array | Float32Array | Float64Array;

/** A named part of a segmentation, as its file says. */
export interface Segment {
  readonly label: number;
  readonly name: string;
}

/** An image, or a label map as read from a file. Voxel (x, y, z) is `data[x + size[0] * (y + size[1] * z)]`. */
export interface Volume {
  readonly type: 'volume';
  readonly geometry: Geometry;
  readonly data: VoxelArray;
  /** Names of the labels where the file has them. */
  readonly segments?: readonly Segment[];
  /** What the file says of the acquisition, by DICOM keyword; never names, identifiers or birth dates. */
  readonly acquisition?: Readonly<Record<string, string | number>>;
}

/** One region of interest on a grid: 1 inside, 0 outside. */
export interface Mask {
  readonly type: 'mask';
  readonly geometry: Geometry;
  /** 0 or 1 per voxel, x fastest. */
  readonly data: Uint8Array;
  /** The label it was taken from. */
  readonly label: number;
  /** The region's name where the file has one. */
  readonly name: string | null;
}

export function makeVolume(geometry: Geometry, data: VoxelArray, more: Pick<Volume, 'segments' | 'acquisition'> = {}): Volume {
  checkLength(geometry, data.length);
  return { type: 'volume', geometry, data, ...more };
}

export function makeMask(geometry: Geometry, data: Uint8Array, label = 1, name: string | null = null): Mask {
  checkLength(geometry, data.length);
  return { type: 'mask', geometry, data, label, name };
}

function checkLength(geometry: Geometry, length: number): void {
  if (length !== voxelCount(geometry)) {
    throw new RadloomError({
      code: 'volume-length',
      what: `A grid of ${geometry.size.join(' x ')} voxels needs ${voxelCount(geometry)} values, ${length} were given.`,
    });
  }
}
