import { count, segmentLength, segmentStart } from './layout';

/**
 * Table entries of sixteen voxels, 16 bits each: 13 pairs, the dependence, the tones, and then what the tones grow by. Working them out
 * for all lanes at once leaves two instructions for each count.
 */
const keys: usize = memory.data(16 * 32, 16);
const DEPENDENCE = 13 * 32;
const TONES = 14 * 32;
const DIFFERENCE = 15 * 32;

/** Stores eight 16-bit values for the lower lanes and eight for the upper. */
// @ts-ignore: decorator
@inline
function storeKeys(at: usize, low: v128, high: v128): void {
  v128.store(at, low);
  v128.store(at, high, 16);
}

/**
 * One look at the 26 neighbours of each voxel.
 *
 * @param volume      padded levels, 0 outside the ROI
 * @param neighbours  bytes: neighbours in the ROI of each voxel, in the order of the segments
 * @param stride      highest level + 1, at most 256
 * @param pairs       32 bits, [direction][level][level of the backward neighbour]
 * @param dependence  32 bits, [level * 32 + equal neighbours]
 * @param tones       64 bits, [level * 32 + n]: sum of |n level - sum of the neighbours' levels|
 */
export function walk(volume: usize, segments: usize, segmentCount: i32, offsets: usize, neighbours: usize, stride: i32, pairs: usize, dependence: usize, tones: usize): void {
  const rowLength = i16x8.splat(<i16>stride);
  const matrix = <usize>(stride * stride * 4);
  const p1 = pairs + matrix, p2 = p1 + matrix, p3 = p2 + matrix, p4 = p3 + matrix, p5 = p4 + matrix, p6 = p5 + matrix;
  const p7 = p6 + matrix, p8 = p7 + matrix, p9 = p8 + matrix, p10 = p9 + matrix, p11 = p10 + matrix, p12 = p11 + matrix;
  for (let s = 0; s < segmentCount; s++) {
    const first = volume + segmentStart(segments, s);
    const end = first + segmentLength(segments, s);
    for (let cell = first; cell < end; cell += 16) {
      const lanes = min<usize>(16, end - cell);
      const level = v128.load(cell);
      const levelLow = i16x8.extend_low_i8x16_u(level);
      const levelHigh = i16x8.extend_high_i8x16_u(level);
      const rowLow = i16x8.mul(levelLow, rowLength);
      const rowHigh = i16x8.mul(levelHigh, rowLength);
      let equal = i8x16.splat(0);
      let sumLow = i16x8.splat(0);
      let sumHigh = i16x8.splat(0);
      for (let k: usize = 0; k < 13; k++) {
        const offset = <usize>load<u32>(offsets + (k << 2));
        const backward = v128.load(cell - offset);
        const forward = v128.load(cell + offset);
        // A comparison gives -1 where it holds.
        equal = i8x16.sub(equal, i8x16.add(i8x16.eq(backward, level), i8x16.eq(forward, level)));
        const backwardLow = i16x8.extend_low_i8x16_u(backward);
        const backwardHigh = i16x8.extend_high_i8x16_u(backward);
        sumLow = i16x8.add(sumLow, i16x8.add(backwardLow, i16x8.extend_low_i8x16_u(forward)));
        sumHigh = i16x8.add(sumHigh, i16x8.add(backwardHigh, i16x8.extend_high_i8x16_u(forward)));
        storeKeys(keys + (k << 5), i16x8.add(rowLow, backwardLow), i16x8.add(rowHigh, backwardHigh));
      }
      const inside = v128.load(neighbours);
      const insideLow = i16x8.extend_low_i8x16_u(inside);
      const insideHigh = i16x8.extend_high_i8x16_u(inside);
      const entryLow = i16x8.shl(levelLow, 5);
      const entryHigh = i16x8.shl(levelHigh, 5);
      storeKeys(keys + DEPENDENCE, v128.or(entryLow, i16x8.extend_low_i8x16_u(equal)), v128.or(entryHigh, i16x8.extend_high_i8x16_u(equal)));
      storeKeys(keys + TONES, v128.or(entryLow, insideLow), v128.or(entryHigh, insideHigh));
      storeKeys(keys + DIFFERENCE, i16x8.abs(i16x8.sub(i16x8.mul(levelLow, insideLow), sumLow)), i16x8.abs(i16x8.sub(i16x8.mul(levelHigh, insideHigh), sumHigh)));
      const stop = keys + (lanes << 1);
      for (let key = keys; key < stop; key += 2) {
        count(pairs, load<u16>(key));
        count(p1, load<u16>(key, 32));
        count(p2, load<u16>(key, 64));
        count(p3, load<u16>(key, 96));
        count(p4, load<u16>(key, 128));
        count(p5, load<u16>(key, 160));
        count(p6, load<u16>(key, 192));
        count(p7, load<u16>(key, 224));
        count(p8, load<u16>(key, 256));
        count(p9, load<u16>(key, 288));
        count(p10, load<u16>(key, 320));
        count(p11, load<u16>(key, 352));
        count(p12, load<u16>(key, 384));
        count(dependence, load<u16>(key, DEPENDENCE));
        const tone = tones + (<usize>load<u16>(key, TONES) << 3);
        store<u64>(tone, load<u64>(tone) + load<u16>(key, DIFFERENCE));
      }
      neighbours += lanes;
    }
  }
}
