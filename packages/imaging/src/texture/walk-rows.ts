import type { LevelRows } from './levels.js';
import type { LevelSizeCounter } from './level-sizes.js';
import { bitCount } from './walk-bytes.js';

/**
 * The walk over 26 neighbours for any number of levels: no table of pairs, whatever the levels are.
 *
 * @param volume      padded rows, 0 outside the ROI
 * @param segments    first cell and length of each row piece
 * @param offsets     the 13 forward steps as index differences
 * @param neighbours  per ROI voxel, ascending: how many of its neighbours lie in the ROI
 * @param index       the rows' grey levels, and the row of each ROI voxel
 * @param equal       filled: per padded cell, bit k = backward neighbour k has the same level, bit 13 + k = the forward one
 * @param dependence  counts (row, equal neighbours + 1)
 * @returns           per row the summed |level - mean level of the neighbours|
 */
export function walkRows(volume: Int32Array, segments: Int32Array, offsets: Int32Array, neighbours: Uint8Array, index: LevelRows, equal: Int32Array, dependence: LevelSizeCounter): Float64Array {
  const { rows, levels } = index;
  const difference = new Float64Array(levels.length);
  for (let s = 0, v = 0; s < segments.length; s += 2) {
    const first = segments[s];
    const end = first + segments[s + 1];
    for (let i = first; i < end; i++, v++) {
      const row = rows[v];
      let sum = 0;
      let same = 0;
      for (let k = 0; k < 13; k++) {
        const backward = volume[i - offsets[k]];
        const forward = volume[i + offsets[k]];
        sum += levels[backward] + levels[forward];
        if (backward === row) same |= 1 << k;
        if (forward === row) same |= 8192 << k;
      }
      equal[i] = same;
      dependence.add(row, bitCount(same) + 1);
      const n = neighbours[v];
      if (n > 0) difference[row] += Math.abs(levels[row] - sum / n);
    }
  }
  return difference;
}
