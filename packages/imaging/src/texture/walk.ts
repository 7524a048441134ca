import type { Region } from '@radloom/core';
import { flatAxis, type FlatAxis, type PlaneSettings, unitDirections } from './directions.js';
import { neighbourCounts, stepOffsets, textureGrid, type TextureGrid } from './grid.js';
import { type LevelRows, levelRows } from './levels.js';
import { LevelSizeCounter, type LevelSizeMatrix } from './level-sizes.js';
import { DEPENDENCE_SHIFT, walkBytes } from './walk-bytes.js';
import { walkRows } from './walk-rows.js';

/**
 * What one look at the 26 (flat: 8) neighbours of every ROI voxel yields: the common ground of GLCM, GLRLM, GLSZM, GLDM and NGTDM.
 */
export interface TextureWalk extends LevelRows {
  readonly flat: FlatAxis;
  readonly grid: TextureGrid;
  /** `unitDirections` as padded index differences. */
  readonly offsets: Int32Array;
  /**
   * Per padded cell, which neighbours in the ROI have the same level: bit k backward along `unitDirections[k]`, bit 13 + k forward.
   */
  readonly equal: Int32Array;
  /** Voxels by grey level and number of equal neighbours + 1 (the voxel itself): the GLDM for alpha 0. */
  readonly dependence: LevelSizeMatrix;
  /** Per row: summed absolute difference between a voxel's level and the mean level of its neighbours; without neighbours 0. */
  readonly difference: Float64Array;
  /**
   * Pairs of neighbours, `[(row * 13 + direction) * stride + row of the backward neighbour]`, neighbour 0 = none; stride = number of
   * rows + 1. Absent where that table would be large for the region: pairs are then counted row by row (`cooccurrence`).
   */
  readonly pairs: Uint32Array | undefined;
}

/** The shared walk at distance 1; built once a region and plane setting, whoever asks first. */
export function textureWalk(region: Region, settings: PlaneSettings): TextureWalk {
  const flat = flatAxis(settings);
  return region.once(`texture-walk:flat=${flat}`, () => walk(region, flat));
}

function walk(region: Region, flat: FlatAxis): TextureWalk {
  const mask = region.intensityMask;
  const index = levelRows(region);
  const grid = textureGrid(mask, 1, flat);
  const offsets = stepOffsets(grid, unitDirections);
  const neighbours = neighbourCounts(mask, flat);
  const equal = new Int32Array(grid.cells);
  const rows = index.levels.length - 1;
  const common = { ...index, flat, grid, offsets, equal };
  if (!tableFits(index, grid.voxels)) {
    const counter = new LevelSizeCounter(rows);
    const difference = walkRows(paddedRows(grid, index.rows), grid.segments, offsets, neighbours, index, equal, counter);
    return { ...common, dependence: counter.cells(index.levels), difference, pairs: undefined };
  }
  const stride = rows + 1;
  const pairs = new Uint32Array(stride * 13 * stride);
  const dependence = new Uint32Array(stride << DEPENDENCE_SHIFT);
  const scaled = new Float64Array(stride << DEPENDENCE_SHIFT);
  walkBytes(paddedBytes(grid, index.rows), grid.segments, offsets, neighbours, stride, { equal, pairs, dependence, scaled });
  return { ...common, dependence: dependenceCells(dependence, rows), difference: unscale(scaled, stride), pairs };
}

/** The byte walk is for levels that are their own rows and fit a byte, and for regions large enough to pay for its table of pairs. */
function tableFits({ levels }: LevelRows, voxels: number): boolean {
  const stride = levels.length;
  return stride <= 256 && levels[stride - 1] === stride - 1 && 13 * stride * stride <= 65536 + 64 * voxels;
}

/** Rows in padded memory as bytes, 0 outside the ROI. */
export function paddedBytes(grid: TextureGrid, rows: Int32Array): Uint8Array {
  const volume = new Uint8Array(grid.cells);
  const { segments } = grid;
  for (let s = 0, v = 0; s < segments.length; s += 2) for (let i = segments[s], end = i + segments[s + 1]; i < end; i++) volume[i] = rows[v++];
  return volume;
}

/** Rows in padded memory, 0 outside the ROI. */
export function paddedRows(grid: TextureGrid, rows: Int32Array): Int32Array {
  const volume = new Int32Array(grid.cells);
  const { segments } = grid;
  for (let s = 0, v = 0; s < segments.length; s += 2) for (let i = segments[s], end = i + segments[s + 1]; i < end; i++) volume[i] = rows[v++];
  return volume;
}

function dependenceCells(table: Uint32Array, rows: number): LevelSizeMatrix {
  let filled = 0;
  for (let i = 0; i < table.length; i++) if (table[i] !== 0) filled++;
  const level = new Int32Array(filled);
  const size = new Int32Array(filled);
  const count = new Float64Array(filled);
  for (let row = 1, cell = 0; row <= rows; row++) {
    for (let equal = 0; equal <= 26; equal++) {
      const voxels = table[(row << DEPENDENCE_SHIFT) + equal];
      if (voxels === 0) continue;
      level[cell] = row;
      size[cell] = equal + 1;
      count[cell++] = voxels;
    }
  }
  return { level, size, count };
}

/** From sums of |n g - sum| by row and neighbour count n, whole numbers until here, to sums of |g - sum / n|. */
function unscale(scaled: Float64Array, stride: number): Float64Array {
  const difference = new Float64Array(stride);
  for (let row = 1; row < stride; row++) for (let n = 1; n <= 26; n++) difference[row] += scaled[(row << DEPENDENCE_SHIFT) + n] / n;
  return difference;
}
