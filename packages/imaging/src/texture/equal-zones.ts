import { unitDirections } from './directions.js';
import type { TextureGrid } from './grid.js';
import { LevelSizeCounter } from './level-sizes.js';

/**
 * Per direction, the directions further down the list whose backward neighbours do not touch its own. Once a voxel has joined one
 * backward neighbour, those that touch it (same level, side by side) are in the same zone already.
 */
export const apart = Int32Array.from(unitDirections, (step, k) =>
  unitDirections.reduce((bits, other, j) => (j > k && step.some((s, axis) => Math.abs(s - other[axis]) > 1) ? bits | (1 << j) : bits), 0),
);

/**
 * Union-find in one forward pass: each voxel takes the label of an equal backward neighbour and joins the others, or starts a label.
 * Roots are the smallest label of their zone, so one backward sweep sums the sizes.
 *
 * @param equal    per padded cell, bit k = backward neighbour k has the same level
 * @param offsets  the 13 forward steps as index differences
 * @param rows     row of each ROI voxel, ascending, from 1
 */
export function countZones(equal: Int32Array, { segments, cells, voxels }: TextureGrid, offsets: Int32Array, rows: ArrayLike<number>, rowCount: number): LevelSizeCounter {
  const label = new Int32Array(cells);
  const parent = new Int32Array(voxels);
  const size = new Int32Array(voxels);
  const row = new Int32Array(voxels);
  let labels = 0;
  for (let s = 0, v = 0; s < segments.length; s += 2) {
    const first = segments[s];
    const end = first + segments[s + 1];
    for (let i = first; i < end; i++, v++) {
      let backward = equal[i] & 0x1fff;
      if (backward === 0) {
        parent[labels] = labels;
        size[labels] = 1;
        row[labels] = rows[v];
        label[i] = labels++;
        continue;
      }
      let k = 31 - Math.clz32(backward & -backward);
      backward &= apart[k];
      let root = findRoot(parent, label[i - offsets[k]]);
      while (backward !== 0) {
        k = 31 - Math.clz32(backward & -backward);
        backward &= apart[k];
        const other = findRoot(parent, label[i - offsets[k]]);
        if (other < root) {
          parent[root] = other;
          root = other;
        } else parent[other] = root;
      }
      label[i] = root;
      size[root]++;
    }
  }
  const counter = new LevelSizeCounter(rowCount);
  for (let l = labels - 1; l >= 0; l--) {
    if (parent[l] === l) counter.add(row[l], size[l]);
    else size[parent[l]] += size[l];
  }
  return counter;
}

/** The root of a label; halves the path on the way, which keeps later searches short. */
function findRoot(parent: Int32Array, label: number): number {
  let at = label;
  while (parent[at] !== at) {
    parent[at] = parent[parent[at]];
    at = parent[at];
  }
  return at;
}
