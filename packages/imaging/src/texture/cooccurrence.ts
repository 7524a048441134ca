import type { Region, Vec3 } from '@radloom/core';
import { flatAxis, isUnitDistance, shellDirections, stepFits, unitDirections } from './directions.js';
import { cellIndices, paddedRows, stepOffsets, textureGrid } from './grid.js';
import { levelRows } from './levels.js';
import type { NeighbourhoodSettings } from './neighbourhood.js';
import { textureWalk } from './walk.js';

/** One co-occurrence matrix, row by row; cells that are zero are not kept. Rows and columns number the levels that occur, from 0. */
export interface PairMatrix {
  /** Cells of row r: `start[r]` to `start[r + 1]`. */
  readonly start: Uint32Array;
  readonly column: Uint32Array;
  /** Pairs: row = level of a voxel, column = level of its neighbour. */
  readonly count: Float64Array;
}

export interface Cooccurrence {
  /** Grey levels that occur in the ROI, ascending: the levels of rows and columns. */
  readonly levels: Float64Array;
  /** One matrix per direction that has pairs at all. */
  readonly directions: readonly { readonly direction: Vec3; readonly pairs: PairMatrix }[];
  /** Directions that fit into the ROI's box, pairs or not. */
  readonly considered: number;
}

export interface CooccurrenceSettings extends NeighbourhoodSettings {
  /** Count each pair both ways. */
  readonly symmetrical: boolean;
}

/** How often levels meet along each direction; directions without a pair are left out. Once a region and settings. */
export function cooccurrence(region: Region, settings: CooccurrenceSettings): Cooccurrence {
  const { distances, symmetrical } = settings;
  const flat = flatAxis(settings);
  return region.once(`texture-cooccurrence:distances=${distances.join()},flat=${flat},symmetrical=${symmetrical}`, () => {
    const { levels, population } = levelRows(region);
    const occurring = Int32Array.from(levels.keys()).filter((row) => population[row] > 0);
    const size = region.geometry.size;
    const unit = isUnitDistance(distances);
    const steps = unit ? unitDirections : shellDirections(distances, size, flat);
    const table = unit ? textureWalk(region, settings).pairs : undefined;
    const pairsAlong = table === undefined ? fromVoxels(region, distances, occurring, symmetrical) : fromTable(table, levels.length, occurring, symmetrical);
    const fitting = steps.map((direction, k) => ({ direction, k })).filter(({ direction }) => stepFits(direction, size, flat));
    return {
      levels: Float64Array.from(occurring, (row) => levels[row]),
      directions: fitting.map(({ direction, k }) => ({ direction, pairs: pairsAlong(direction, k) })).filter(({ pairs }) => pairs.count.length > 0),
      considered: fitting.length,
    };
  });
}

type PairsAlong = (direction: Vec3, k: number) => PairMatrix;

/** Room for the cells of one matrix, and the matrix made of those that were filled. */
interface Cells {
  readonly column: Uint32Array;
  readonly count: Float64Array;
}

function matrixOf({ column, count }: Cells, start: Uint32Array): PairMatrix {
  const cells = start[start.length - 1];
  return { start, column: column.slice(0, cells), count: count.slice(0, cells) };
}

/** Reads the walk's table, whose rows hold the voxel and whose columns its backward neighbour. */
function fromTable(table: Uint32Array, stride: number, occurring: Int32Array, symmetrical: boolean): PairsAlong {
  const most = occurring.length ** 2;
  const cells = { column: new Uint32Array(most), count: new Float64Array(most) };
  return (_, k) => matrixOf(cells, readTable(table, k * stride * stride, stride, occurring, symmetrical, cells));
}

/** @returns where each row's cells start, and where they end */
function readTable(table: Uint32Array, first: number, stride: number, occurring: Int32Array, symmetrical: boolean, { column, count }: Cells): Uint32Array {
  const n = occurring.length;
  const start = new Uint32Array(n + 1);
  let cells = 0;
  for (let r = 0; r < n; r++) {
    const i = occurring[r];
    const row = first + i * stride;
    for (let c = 0; c < n; c++) {
      const j = occurring[c];
      // j forward of i is i backward of j
      const pairs = table[first + j * stride + i] + (symmetrical ? table[row + j] : 0);
      if (pairs === 0) continue;
      column[cells] = c;
      count[cells++] = pairs;
    }
    start[r + 1] = cells;
  }
  return start;
}

/** What is needed to count pairs voxel by voxel, whatever the levels. */
interface VoxelPairs extends Cells {
  /** Padded rows, 0 outside the ROI. */
  readonly volume: Int32Array;
  /** Padded indices of the ROI voxels sorted by row; row r holds `order[end[r - 1]]` to `order[end[r] - 1]`. */
  readonly order: Int32Array;
  readonly end: Uint32Array;
  readonly columnOf: Uint32Array;
  /** Counters of one row, and which of them are not 0. */
  readonly meetings: Uint32Array;
  readonly touched: Uint32Array;
}

function fromVoxels(region: Region, distances: readonly number[], occurring: Int32Array, symmetrical: boolean): PairsAlong {
  const margin = Math.max(...distances);
  const mask = region.intensityMask;
  const grid = textureGrid(mask, margin, 'none');
  const { rows, levels } = levelRows(region);
  const columnOf = new Uint32Array(levels.length);
  occurring.forEach((row, c) => (columnOf[row] = c));
  const voxels: VoxelPairs = {
    ...voxelsByRow(cellIndices(mask, margin, 'none'), rows, levels.length), volume: paddedRows(grid, rows), columnOf,
    meetings: new Uint32Array(levels.length), touched: new Uint32Array(levels.length), column: new Uint32Array(2 * rows.length), count: new Float64Array(2 * rows.length),
  };
  return (direction) => matrixOf(voxels, countPairs(voxels, stepOffsets(grid, [direction])[0], occurring, symmetrical));
}

/**
 * Counts one direction's pairs level by level: the voxels of a level fill one row of counters, of which only those touched are read
 * and cleared. Time and memory follow the pairs, not the square of the levels.
 *
 * @returns where each row's cells start, and where they end
 */
function countPairs({ volume, order, end, columnOf, meetings, touched, column, count }: VoxelPairs, offset: number, occurring: Int32Array, symmetrical: boolean): Uint32Array {
  const start = new Uint32Array(occurring.length + 1);
  let cells = 0;
  for (let r = 0; r < occurring.length; r++) {
    const row = occurring[r];
    let met = 0;
    for (let v = end[row - 1]; v < end[row]; v++) {
      const forward = volume[order[v] + offset];
      if (forward !== 0 && meetings[forward]++ === 0) touched[met++] = forward;
      if (!symmetrical) continue;
      const backward = volume[order[v] - offset];
      if (backward !== 0 && meetings[backward]++ === 0) touched[met++] = backward;
    }
    // Ascending, so that the mean of a matrix of one row is summed in PyRadiomics' order: whether it is that row's level to the last bit decides its correlation.
    if (!symmetrical && met > 1) touched.subarray(0, met).sort();
    for (let t = 0; t < met; t++) {
      column[cells] = columnOf[touched[t]];
      count[cells++] = meetings[touched[t]];
      meetings[touched[t]] = 0;
    }
    start[r + 1] = cells;
  }
  return start;
}

/** Padded indices of the ROI voxels sorted by row (counting sort). */
function voxelsByRow(cells: Int32Array, rows: Uint8Array | Int32Array, stride: number): Pick<VoxelPairs, 'order' | 'end'> {
  const next = new Uint32Array(stride + 1);
  for (let v = 0; v < rows.length; v++) next[rows[v] + 1]++;
  for (let row = 1; row <= stride; row++) next[row] += next[row - 1];
  const order = new Int32Array(rows.length);
  for (let v = 0; v < rows.length; v++) order[next[rows[v]]++] = cells[v];
  return { order, end: next };
}
