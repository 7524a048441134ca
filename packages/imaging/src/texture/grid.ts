import { type Mask, once, type Vec3 } from '@radloom/core';
import { type FlatAxis, stepFits, unitDirections } from './directions.js';

/**
 * An ROI laid out so that no neighbour needs a bounds check: the box in one array, x fastest, with `margin` empty cells after each row,
 * rows after each plane, and enough before and after. Along a flat axis slices lie apart with an empty slice between them, so the same
 * kernels that look at 26 neighbours find the 8 in the slice and nothing else.
 */
export interface TextureGrid {
  /** Cells of the padded array. */
  readonly cells: number;
  /** Padded index difference of one cell along x, y, z. */
  readonly strides: Vec3;
  /** ROI voxels in padded memory, ascending: first cell and number of voxels, row piece by row piece. */
  readonly segments: Int32Array;
  readonly voxels: number;
}

/** The padded layout of a mask; made once a mask, so all derived images of a case share it. */
export function textureGrid(mask: Mask, margin: number, flat: FlatAxis): TextureGrid {
  return once(mask, `texture-grid:margin=${margin},flat=${flat}`, () => layOut(mask, margin, flat));
}

function layOut(mask: Mask, margin: number, flat: FlatAxis): TextureGrid {
  const [nx, ny, nz] = mask.geometry.size;
  const [gapX, gapY, gapZ] = ['x', 'y', 'z'].map((axis) => (axis === flat ? 2 : 1));
  const row = nx * gapX + margin;
  const plane = (ny * gapY + margin) * row;
  const start = margin * (plane + row + 1);
  const segments = new Int32Array(2 * segmentCount(mask.data, nx, gapX > 1));
  let voxels = 0;
  let end = 0;
  for (let z = 0, i = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      let inside = false;
      for (let x = 0; x < nx; x++, i++) {
        if (mask.data[i] === 0) {
          inside = false;
          continue;
        }
        if (!inside) {
          segments[end] = start + x * gapX + y * gapY * row + z * gapZ * plane;
          end += 2;
        }
        segments[end - 1]++;
        voxels++;
        inside = gapX === 1;
      }
    }
  }
  return { cells: 2 * start + nz * gapZ * plane, strides: [1, row, plane], segments, voxels };
}

/** Runs of ROI voxels along x; every voxel on its own when slices across x lie apart. */
function segmentCount(data: Uint8Array, rowLength: number, apart: boolean): number {
  let count = 0;
  for (let start = 0; start < data.length; start += rowLength) {
    let before = 0;
    for (let i = start; i < start + rowLength; i++) {
      if (data[i] !== 0 && (apart || before === 0)) count++;
      before = data[i];
    }
  }
  return count;
}

/** Padded index difference of each step; positive for forward steps. */
export function stepOffsets(grid: TextureGrid, steps: readonly Vec3[]): Int32Array {
  const [sx, sy, sz] = grid.strides;
  return Int32Array.from(steps, ([x, y, z]) => x * sx + y * sy + z * sz);
}

/** Levels in padded memory, 0 outside the ROI. */
export function paddedBytes({ cells, segments }: TextureGrid, rows: Uint8Array): Uint8Array {
  const volume = new Uint8Array(cells);
  for (let s = 0, v = 0; s < segments.length; s += 2) for (let i = segments[s], end = i + segments[s + 1]; i < end; i++) volume[i] = rows[v++];
  return volume;
}

/** Rows in padded memory, 0 outside the ROI. */
export function paddedRows({ cells, segments }: TextureGrid, rows: Uint8Array | Int32Array): Int32Array {
  const volume = new Int32Array(cells);
  for (let s = 0, v = 0; s < segments.length; s += 2) for (let i = segments[s], end = i + segments[s + 1]; i < end; i++) volume[i] = rows[v++];
  return volume;
}

/** Padded index of each ROI voxel, ascending; once a mask. */
export function cellIndices(mask: Mask, margin: number, flat: FlatAxis): Int32Array {
  return once(mask, `texture-cells:margin=${margin},flat=${flat}`, () => listCells(textureGrid(mask, margin, flat)));
}

function listCells({ segments, voxels }: TextureGrid): Int32Array {
  const cells = new Int32Array(voxels);
  for (let s = 0, v = 0; s < segments.length; s += 2) for (let i = segments[s], end = i + segments[s + 1]; i < end; i++) cells[v++] = i;
  return cells;
}

/**
 * How many of the 26 (flat: 8) neighbours of each ROI voxel lie in the ROI; once a mask.
 *
 * Slides along each segment with the sums of three 3 x 3 columns: nine reads a voxel instead of 26.
 */
export function neighbourCounts(mask: Mask, flat: FlatAxis): Uint8Array {
  return once(mask, `texture-neighbours:flat=${flat}`, () => countNeighbours(textureGrid(mask, 1, flat)));
}

function countNeighbours({ cells, segments, strides, voxels }: TextureGrid): Uint8Array {
  const [, row, plane] = strides;
  const inside = new Uint8Array(cells);
  for (let s = 0; s < segments.length; s += 2) inside.fill(1, segments[s], segments[s] + segments[s + 1]);
  const counts = new Uint8Array(voxels);
  for (let s = 0, v = 0; s < segments.length; s += 2) {
    const first = segments[s];
    const end = first + segments[s + 1];
    let left = columnSum(inside, first - 1, row, plane);
    let centre = columnSum(inside, first, row, plane);
    for (let i = first; i < end; i++) {
      const right = columnSum(inside, i + 1, row, plane);
      counts[v++] = left + centre + right - 1;
      left = centre;
      centre = right;
    }
  }
  return counts;
}

function columnSum(inside: Uint8Array, i: number, row: number, plane: number): number {
  return (
    inside[i - plane - row] + inside[i - plane] + inside[i - plane + row] +
    inside[i - row] + inside[i] + inside[i + row] +
    inside[i + plane - row] + inside[i + plane] + inside[i + plane + row]
  );
}

/**
 * Which of the 13 directions have a line with more than one ROI voxel, not necessarily side by side; the others carry no runs.
 * Directions that leave the box or a flat axis' slice never do. Once a mask.
 */
export function directionsWithLines(mask: Mask, flat: FlatAxis): boolean[] {
  return once(mask, `texture-lines:flat=${flat}`, () => {
    const visits = new Uint8Array(mask.data.length);
    return unitDirections.map((step, k) => stepFits(step, mask.geometry.size, flat) && holdsTwoOnALine(mask, step, visits, k + 1));
  });
}

/** @param visits per voxel, the last direction (`stamp`, from 1) whose line was seen to enter the box there */
function holdsTwoOnALine(mask: Mask, [dx, dy, dz]: Vec3, visits: Uint8Array, stamp: number): boolean {
  const [nx, ny, nz] = mask.geometry.size;
  const stepsBack = (at: number, step: number, size: number) => (step === 0 ? Infinity : step > 0 ? at : size - 1 - at);
  for (let z = 0, i = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      for (let x = 0; x < nx; x++, i++) {
        if (mask.data[i] === 0) continue;
        const back = Math.min(stepsBack(x, dx, nx), stepsBack(y, dy, ny), stepsBack(z, dz, nz));
        const entry = i - back * (dx + nx * (dy + ny * dz)); // where this line enters the box: the same for all its voxels
        if (visits[entry] === stamp) return true;
        visits[entry] = stamp;
      }
    }
  }
  return false;
}
