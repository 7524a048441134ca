import { type Mask, once } from '@radloom/core';
import { paddedMask, type PaddedMask } from './padded-mask.js';

/**
 * First and last surface vertex on each of a family of parallel grid lines, in half voxels along the line; -1 where a line has none.
 * Vertices lie in the middle of grid edges, so half voxels make all coordinates integers.
 */
export interface LineEnds {
  readonly first: Int32Array;
  readonly last: Int32Array;
}

/** What one pass over a mask's cubes finds: enough for surface, volume and diameters. */
export interface SurfaceWalk {
  /** Half voxels along x, y, z of the padded box: bounds of vertex coordinates. */
  readonly extent: readonly [number, number, number];
  /** How often each of the 256 cube configurations occurs; 0 and 255 are not counted. */
  readonly count: Float64Array;
  /** Sum over the cubes of a configuration of their x, y, z in the padded box; entries 3c, 3c + 1, 3c + 2. Integers, so exact. */
  readonly position: Float64Array;
  /** Lines along x; the line at (y, z) has index `y + extent[1] * z`. */
  readonly alongX: LineEnds;
  /** Lines along y; the line at (x, z) has index `x + extent[0] * z`. */
  readonly alongY: LineEnds;
}

/** Cube corners (bit numbers, see cube-configurations) of a column's four voxels (y,z), (y+1,z), (y,z+1), (y+1,z+1) at x and at x + 1. */
const cornersHere = [0, 3, 4, 7];
const cornersNext = [1, 2, 5, 6];

/** The cube configuration of column codes `here | next << 4`. */
const configurationOf = Uint8Array.from({ length: 256 }, (_, pair) => {
  let configuration = 0;
  for (let k = 0; k < 4; k++) {
    if (pair & (1 << k)) configuration |= 1 << cornersHere[k];
    if (pair & (16 << k)) configuration |= 1 << cornersNext[k];
  }
  return configuration;
});

/**
 * Walks all cubes of eight neighbouring voxel centres once; computed once a mask.
 *
 * A cube's two columns of four voxels are codes of 4 bits, and the right column is the next cube's left one: four reads a cube.
 * Surface vertices are the middles of grid edges with one end inside. Only the ends of each grid line are kept: a vertex between two
 * others of its line is never one of the farthest pair.
 */
export function surfaceWalk(mask: Mask): SurfaceWalk {
  return once(mask, 'surface-walk', () => walk(paddedMask(mask)));
}

function walk({ size, data }: PaddedMask): SurfaceWalk {
  const [nx, ny, nz] = size;
  const [ex, ey, ez] = [2 * nx, 2 * ny, 2 * nz];
  const pairCount = new Float64Array(256);
  const pairPosition = new Float64Array(3 * 256);
  const xFirst = new Int32Array(ey * ez).fill(-1);
  const xLast = new Int32Array(ey * ez).fill(-1);
  const yFirst = new Int32Array(ex * ez).fill(-1);
  const yLast = new Int32Array(ex * ez).fill(-1);
  for (let z = 0; z < nz - 1; z++) {
    for (let y = 0; y < ny - 1; y++) {
      const row = nx * (y + ny * z);
      const rowY = row + nx;
      const rowZ = row + nx * ny;
      const rowYZ = rowZ + nx;
      const lineX = 2 * y + ey * 2 * z;
      const lineY = ex * 2 * z;
      let here = data[row] | (data[rowY] << 1) | (data[rowZ] << 2) | (data[rowYZ] << 3);
      for (let x = 0; x < nx - 1; x++) {
        const next = data[row + x + 1] | (data[rowY + x + 1] << 1) | (data[rowZ + x + 1] << 2) | (data[rowYZ + x + 1] << 3);
        if (here !== next || (here !== 0 && here !== 15)) {
          const pair = here | (next << 4);
          pairCount[pair]++;
          pairPosition[3 * pair] += x;
          pairPosition[3 * pair + 1] += y;
          pairPosition[3 * pair + 2] += z;
          if (((here ^ next) & 1) !== 0) {
            if (xFirst[lineX] < 0) xFirst[lineX] = 2 * x + 1;
            xLast[lineX] = 2 * x + 1;
            const line = lineY + 2 * x + 1;
            if (yFirst[line] < 0) yFirst[line] = 2 * y;
            yLast[line] = 2 * y;
          }
          if (((here ^ (here >> 1)) & 1) !== 0) {
            if (xFirst[lineX + 1] < 0) xFirst[lineX + 1] = 2 * x;
            xLast[lineX + 1] = 2 * x;
            const line = lineY + 2 * x;
            if (yFirst[line] < 0) yFirst[line] = 2 * y + 1;
            yLast[line] = 2 * y + 1;
          }
          if (((here ^ (here >> 2)) & 1) !== 0) {
            if (xFirst[lineX + ey] < 0) xFirst[lineX + ey] = 2 * x;
            xLast[lineX + ey] = 2 * x;
            const line = lineY + ex + 2 * x;
            if (yFirst[line] < 0) yFirst[line] = 2 * y;
            yLast[line] = 2 * y;
          }
        }
        here = next;
      }
    }
  }
  const count = new Float64Array(256);
  const position = new Float64Array(3 * 256);
  for (let pair = 0; pair < 256; pair++) {
    const configuration = configurationOf[pair];
    count[configuration] = pairCount[pair];
    for (let axis = 0; axis < 3; axis++) position[3 * configuration + axis] = pairPosition[3 * pair + axis];
  }
  return { extent: [ex, ey, ez], count, position, alongX: { first: xFirst, last: xLast }, alongY: { first: yFirst, last: yLast } };
}
