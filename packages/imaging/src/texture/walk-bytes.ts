import { type ByteVolume, NEIGHBOUR_SHIFT } from './byte-volume.js';
import { paddedBytes } from './grid.js';

/** What one look at each voxel's neighbours counts. */
export interface WalkTables {
  /** `[(direction * stride + level) * stride + level of the backward neighbour]`. */
  readonly pairs: Uint32Array;
  /** `[level << 5 | number of equal neighbours]`: voxels. */
  readonly dependence: Uint32Array;
  /** `[level << 5 | n]`: over voxels with n neighbours in the ROI, the sum of |n level - sum of their levels|; whole numbers. */
  readonly scaled: Float64Array;
}

/** The tables, and `equal` per padded cell: bit k = the backward neighbour k has the same level, bit 13 + k = the forward one. */
export function plainWalk(input: ByteVolume): WalkTables & { readonly equal: Int32Array } {
  const { grid, rows, stride, offsets, neighbours } = input;
  const tables = {
    equal: new Int32Array(grid.cells),
    pairs: new Uint32Array(13 * stride * stride),
    dependence: new Uint32Array(stride << NEIGHBOUR_SHIFT),
    scaled: new Float64Array(stride << NEIGHBOUR_SHIFT),
  };
  walkBytes(paddedBytes(grid, rows), grid.segments, offsets, neighbours, stride, tables);
  return tables;
}

/**
 * One pass over the 26 neighbours of each ROI voxel, levels 1..255; fills tables of zeros. wasm/texture/walk.as does the same.
 *
 * The 13 directions are written out: a loop over them costs twice the time. Nothing branches: a neighbour outside the ROI is level 0,
 * which adds nothing to sums, equals no level, and counts its pair in a cell that nobody reads.
 *
 * @param volume      padded levels, 0 outside the ROI
 * @param segments    first cell and length of each row piece
 * @param offsets     the 13 forward steps as index differences
 * @param neighbours  per ROI voxel, ascending: how many of its neighbours lie in the ROI
 * @param stride      highest level + 1
 */
function walkBytes(volume: Uint8Array, segments: Int32Array, offsets: Int32Array, neighbours: Uint8Array, stride: number, { equal, pairs, dependence, scaled }: ReturnType<typeof plainWalk>): void {
  const [o0, o1, o2, o3, o4, o5, o6, o7, o8, o9, o10, o11, o12] = offsets;
  const matrix = stride * stride;
  const [s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((direction) => direction * matrix);
  for (let s = 0, v = 0; s < segments.length; s += 2) {
    const first = segments[s];
    const end = first + segments[s + 1];
    for (let i = first; i < end; i++, v++) {
      const g = volume[i];
      const row = Math.imul(g, stride);
      let sum = 0;
      let same = 0;
      // ((h ^ g) - 1) >>> 31 is 1 where h equals g, else 0
      let h = volume[i - o0];
      pairs[row + h]++; sum += h; same |= ((h ^ g) - 1) >>> 31;
      h = volume[i - o1];
      pairs[row + s1 + h]++; sum += h; same |= (((h ^ g) - 1) >>> 31) << 1;
      h = volume[i - o2];
      pairs[row + s2 + h]++; sum += h; same |= (((h ^ g) - 1) >>> 31) << 2;
      h = volume[i - o3];
      pairs[row + s3 + h]++; sum += h; same |= (((h ^ g) - 1) >>> 31) << 3;
      h = volume[i - o4];
      pairs[row + s4 + h]++; sum += h; same |= (((h ^ g) - 1) >>> 31) << 4;
      h = volume[i - o5];
      pairs[row + s5 + h]++; sum += h; same |= (((h ^ g) - 1) >>> 31) << 5;
      h = volume[i - o6];
      pairs[row + s6 + h]++; sum += h; same |= (((h ^ g) - 1) >>> 31) << 6;
      h = volume[i - o7];
      pairs[row + s7 + h]++; sum += h; same |= (((h ^ g) - 1) >>> 31) << 7;
      h = volume[i - o8];
      pairs[row + s8 + h]++; sum += h; same |= (((h ^ g) - 1) >>> 31) << 8;
      h = volume[i - o9];
      pairs[row + s9 + h]++; sum += h; same |= (((h ^ g) - 1) >>> 31) << 9;
      h = volume[i - o10];
      pairs[row + s10 + h]++; sum += h; same |= (((h ^ g) - 1) >>> 31) << 10;
      h = volume[i - o11];
      pairs[row + s11 + h]++; sum += h; same |= (((h ^ g) - 1) >>> 31) << 11;
      h = volume[i - o12];
      pairs[row + s12 + h]++; sum += h; same |= (((h ^ g) - 1) >>> 31) << 12;
      h = volume[i + o0];
      sum += h; same |= (((h ^ g) - 1) >>> 31) << 13;
      h = volume[i + o1];
      sum += h; same |= (((h ^ g) - 1) >>> 31) << 14;
      h = volume[i + o2];
      sum += h; same |= (((h ^ g) - 1) >>> 31) << 15;
      h = volume[i + o3];
      sum += h; same |= (((h ^ g) - 1) >>> 31) << 16;
      h = volume[i + o4];
      sum += h; same |= (((h ^ g) - 1) >>> 31) << 17;
      h = volume[i + o5];
      sum += h; same |= (((h ^ g) - 1) >>> 31) << 18;
      h = volume[i + o6];
      sum += h; same |= (((h ^ g) - 1) >>> 31) << 19;
      h = volume[i + o7];
      sum += h; same |= (((h ^ g) - 1) >>> 31) << 20;
      h = volume[i + o8];
      sum += h; same |= (((h ^ g) - 1) >>> 31) << 21;
      h = volume[i + o9];
      sum += h; same |= (((h ^ g) - 1) >>> 31) << 22;
      h = volume[i + o10];
      sum += h; same |= (((h ^ g) - 1) >>> 31) << 23;
      h = volume[i + o11];
      sum += h; same |= (((h ^ g) - 1) >>> 31) << 24;
      h = volume[i + o12];
      sum += h; same |= (((h ^ g) - 1) >>> 31) << 25;
      equal[i] = same;
      const at = g << NEIGHBOUR_SHIFT;
      dependence[at + bitCount(same)]++;
      const n = neighbours[v];
      scaled[at + n] += Math.abs(Math.imul(g, n) - sum);
    }
  }
}

/** Ones among the 32 bits: sums of neighbouring pairs, fours, bytes. */
export function bitCount(bits: number): number {
  let sums = bits - ((bits >>> 1) & 0x55555555);
  sums = (sums & 0x33333333) + ((sums >>> 2) & 0x33333333);
  return Math.imul((sums + (sums >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
