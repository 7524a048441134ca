import type { TextureGrid } from './grid.js';
import { LevelSizeCounter } from './level-sizes.js';

/**
 * Counts runs of two voxels and more, for each of the 13 directions. A run starts where the forward neighbour is equal and the backward
 * one is not, and is followed along the forward bits to its end; voxels that start no run cost one test for all directions.
 *
 * @param equal    per padded cell, bit k = backward neighbour k has the same level, bit 13 + k = the forward one
 * @param offsets  the 13 forward steps as index differences
 * @param rows     row of each ROI voxel, ascending, from 1
 */
export function countLongRuns(equal: Int32Array, { segments }: TextureGrid, offsets: Int32Array, rows: ArrayLike<number>, rowCount: number): LevelSizeCounter[] {
  const counters = Array.from(offsets, () => new LevelSizeCounter(rowCount));
  for (let s = 0, v = 0; s < segments.length; s += 2) {
    const first = segments[s];
    const end = first + segments[s + 1];
    for (let i = first; i < end; i++, v++) {
      const same = equal[i];
      let starts = (same >>> 13) & ~same & 0x1fff;
      while (starts !== 0) {
        const k = 31 - Math.clz32(starts & -starts);
        starts &= starts - 1;
        const offset = offsets[k];
        const forward = 0x2000 << k;
        let length = 2;
        for (let j = i + offset; (equal[j] & forward) !== 0; j += offset) length++;
        counters[k].add(rows[v], length);
      }
    }
  }
  return counters;
}
