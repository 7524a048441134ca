import type { TextureGrid } from './grid.js';

/** A region's levels of one byte and where their voxels lie: what the counting of neighbours starts from. */
export interface ByteVolume {
  readonly grid: TextureGrid;
  /** Level of each ROI voxel, ascending, from 1. */
  readonly rows: Uint8Array;
  /** The highest level + 1. */
  readonly stride: number;
  /** The 13 forward steps as index differences. */
  readonly offsets: Int32Array;
  /** Per ROI voxel: how many of its 26 (flat: 8) neighbours lie in the ROI. */
  readonly neighbours: Uint8Array;
}

/** Tables by row and a number up to 26 keep 32 entries a row: the index is a shift, not a product. */
export const NEIGHBOUR_SHIFT = 5;
