import type { Region } from '@radloom/core';
import { kernelRuns, kernelWalk, kernelZones, KERNEL_RUN, textureKernel } from './byte-kernel.js';
import { type ByteVolume, NEIGHBOUR_SHIFT } from './byte-volume.js';
import { flatAxis, type FlatAxis, type PlaneSettings, unitDirections } from './directions.js';
import { countLongRuns } from './equal-runs.js';
import { countZones } from './equal-zones.js';
import { neighbourCounts, paddedRows, stepOffsets, textureGrid } from './grid.js';
import { type LevelRows, levelRows } from './levels.js';
import { LevelSizeCounter, type LevelSizeMatrix } from './level-sizes.js';
import { plainWalk, type WalkTables } from './walk-bytes.js';
import { walkRows } from './walk-rows.js';

/**
 * What one look at the 26 (flat: 8) neighbours of every ROI voxel yields: the common ground of GLCM, GLRLM, GLSZM, GLDM and NGTDM.
 */
export interface TextureWalk extends LevelRows {
  readonly flat: FlatAxis;
  /** Voxels by grey level and number of equal neighbours + 1 (the voxel itself): the GLDM for alpha 0. */
  readonly dependence: LevelSizeMatrix;
  /** Per row: summed absolute difference between a voxel's level and the mean level of its neighbours; without neighbours 0. */
  readonly difference: Float64Array;
  /**
   * Pairs of neighbours, `[(direction * stride + row) * stride + row of the backward neighbour]`, neighbour 0 = none; stride = number
   * of rows + 1. Absent where that table would be large for the region: pairs are then counted row by row (`cooccurrence`).
   */
  readonly pairs: Uint32Array | undefined;
  /** For each of `unitDirections`, the runs of two voxels and more by row and length. */
  longRuns(): readonly LevelSizeCounter[];
  /** Zones of connected voxels by row and size. */
  zones(): LevelSizeCounter;
}

/** The shared walk at distance 1; built once a region and plane setting, whoever asks first. */
export function textureWalk(region: Region, settings: PlaneSettings): TextureWalk {
  const flat = flatAxis(settings);
  return region.once(`texture-walk:flat=${flat}`, () => walk(region, flat));
}

function walk(region: Region, flat: FlatAxis): TextureWalk {
  const mask = region.intensityMask;
  const index = levelRows(region);
  const { rows, levels } = index;
  const grid = textureGrid(mask, 1, flat);
  const offsets = stepOffsets(grid, unitDirections);
  const neighbours = neighbourCounts(mask, flat);
  if (rows instanceof Uint8Array && tableFits(levels.length, grid.voxels)) {
    const longestLine = Math.max(...region.geometry.size);
    return { ...index, flat, ...walkBytes({ grid, offsets, neighbours, rows, stride: levels.length }, longestLine) };
  }
  const rowCount = levels.length - 1;
  const equal = new Int32Array(grid.cells);
  const counter = new LevelSizeCounter(rowCount);
  const difference = walkRows(paddedRows(grid, rows), grid.segments, offsets, neighbours, index, equal, counter);
  return {
    ...index, flat, dependence: counter.cells(levels), difference, pairs: undefined,
    longRuns: () => countLongRuns(equal, grid, offsets, rows, rowCount),
    zones: () => countZones(equal, grid, offsets, rows, rowCount),
  };
}

/** The byte walk pays for its table of pairs where the region is large enough. */
function tableFits(stride: number, voxels: number): boolean {
  return 13 * stride * stride <= 65536 + 64 * voxels;
}

/** Levels of one byte: by the compiled kernel where the platform has it. */
function walkBytes(input: ByteVolume, longestLine: number): Pick<TextureWalk, 'dependence' | 'difference' | 'pairs' | 'longRuns' | 'zones'> {
  const { grid, offsets, rows, stride } = input;
  const runsOf = (equal: Int32Array) => countLongRuns(equal, grid, offsets, rows, stride - 1);
  const kernel = textureKernel();
  if (kernel === undefined) {
    const { equal, ...tables } = plainWalk(input);
    return { ...read(tables, stride), longRuns: () => runsOf(equal), zones: () => countZones(equal, grid, offsets, rows, stride - 1) };
  }
  return {
    ...read(kernelWalk(kernel, input), stride),
    longRuns: () => (longestLine > KERNEL_RUN ? runsOf(plainWalk(input).equal) : kernelRuns(textureKernel()!, input)),
    zones: () => kernelZones(textureKernel()!, input),
  };
}

function read({ pairs, dependence, scaled }: WalkTables, stride: number): Pick<TextureWalk, 'dependence' | 'difference' | 'pairs'> {
  return { dependence: dependenceCells(dependence, stride - 1), difference: unscale(scaled, stride), pairs };
}

function dependenceCells(table: Uint32Array, rows: number): LevelSizeMatrix {
  let filled = 0;
  for (let i = 0; i < table.length; i++) if (table[i] !== 0) filled++;
  const level = new Int32Array(filled);
  const size = new Int32Array(filled);
  const count = new Float64Array(filled);
  for (let row = 1, cell = 0; row <= rows; row++) {
    for (let equal = 0; equal <= 26; equal++) {
      const voxels = table[(row << NEIGHBOUR_SHIFT) + equal];
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
  for (let row = 1; row < stride; row++) for (let n = 1; n <= 26; n++) difference[row] += scaled[(row << NEIGHBOUR_SHIFT) + n] / n;
  return difference;
}
