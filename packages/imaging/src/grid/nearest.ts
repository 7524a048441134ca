import type { Geometry, VoxelArray } from '@radloom/core';
import { axesAgree, axisPositions, rowTracer } from './placement.js';

/** Index of a position outside the image. */
const outside = -1;
/** Index of a position so near to the border between two voxels, or of the image, that its last bit decides. */
const unsure = -2;

/**
 * The nearest voxel of an image for every voxel of a grid: floor(x + 0.5) along each axis, 0 outside.
 *
 * Where the axes agree, an index per axis position serves whole rows, and only unsure positions are placed one by one.
 *
 * @param data any array class, x fastest; the result is of the same class
 */
export function nearestVoxels<T extends VoxelArray>(data: T, image: Geometry, grid: Geometry): T {
  const [nx, ny, nz] = grid.size;
  const [sx, sy] = image.size;
  const out = new (data.constructor as new (length: number) => T)(nx * ny * nz);
  const [xs, ys, zs] = axesAgree(grid, image) ? axisPositions(grid, image).map((positions, a) => nearestIndices(positions, image.size[a])) : grid.size.map((n) => new Int32Array(n).fill(unsure));
  const doubtful = positionsOf(xs, unsure);
  const line = new Float64Array(6);
  const trace = rowTracer(grid, image);
  for (let k = 0, to = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++, to += nx) {
      if (ys[j] === outside || zs[k] === outside) continue;
      const wholeRow = ys[j] === unsure || zs[k] === unsure;
      if (wholeRow || doubtful.length > 0) trace(j, k, line);
      if (wholeRow) {
        for (let i = 0; i < nx; i++) out[to + i] = nearestTo(data, image.size, line, i / nx);
        continue;
      }
      const base = sx * (ys[j] + sy * zs[k]);
      for (let i = 0; i < nx; i++) if (xs[i] >= 0) out[to + i] = data[base + xs[i]];
      for (const i of doubtful) out[to + i] = nearestTo(data, image.size, line, i / nx);
    }
  }
  return out;
}

/** The voxel nearest to a point of a row, `alpha` of the way along it; 0 outside the image. */
function nearestTo(data: VoxelArray, [sx, sy, sz]: Geometry['size'], line: Float64Array, alpha: number): number {
  const x = line[0] + alpha * line[3];
  const y = line[1] + alpha * line[4];
  const z = line[2] + alpha * line[5];
  if (!(x >= -0.5 && x < sx - 0.5 && y >= -0.5 && y < sy - 0.5 && z >= -0.5 && z < sz - 0.5)) return 0;
  // Not negative, so cutting off the fraction is the floor.
  return data[((x + 0.5) | 0) + sx * (((y + 0.5) | 0) + sy * ((z + 0.5) | 0))];
}

function nearestIndices(positions: Float64Array, size: number): Int32Array {
  return Int32Array.from(positions, (x) => {
    const edge = x + 0.5;
    if (Math.abs(edge - Math.round(edge)) < 1e-7) return unsure;
    return edge < 0 || edge >= size ? outside : Math.floor(edge);
  });
}

function positionsOf(indices: Int32Array, wanted: number): number[] {
  return [...indices.keys()].filter((i) => indices[i] === wanted);
}
