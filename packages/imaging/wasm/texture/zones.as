import { segmentLength, segmentStart } from './layout';

/** For sixteen voxels, 16 bits each: which of the 13 backward neighbours have the same level. */
const equalBits: usize = memory.data(32, 16);

/**
 * Finds the zones of connected voxels of one level: union-find in one forward pass.
 *
 * @param volume  padded levels, 0 outside the ROI
 * @param apart   32 bits a direction: the directions further on whose neighbours do not touch its own
 * @param label   32 bits a cell
 * @param parent  32 bits a voxel; then, for the zones found, their levels
 * @param size    32 bits a voxel; then, for the zones found, their voxels
 * @param level   a byte a voxel
 * @returns       number of zones
 */
export function zones(volume: usize, segments: usize, segmentCount: i32, offsets: usize, apart: usize, label: usize, parent: usize, size: usize, level: usize): u32 {
  let labels: u32 = 0;
  for (let s = 0; s < segmentCount; s++) {
    const first = segmentStart(segments, s);
    const end = first + segmentLength(segments, s);
    for (let i = first; i < end; i += 16) {
      findEqual(volume + i, offsets);
      const stop = min<usize>(16, end - i);
      for (let lane: usize = 0; lane < stop; lane++) {
        const cell = label + ((i + lane) << 2);
        let backward = <u32>load<u16>(equalBits + (lane << 1));
        if (backward === 0) {
          set(parent, labels, labels);
          set(size, labels, 1);
          store<u8>(level + labels, load<u8>(volume + i + lane));
          store<u32>(cell, labels++);
          continue;
        }
        let k = ctz(backward);
        backward &= get(apart, k);
        let root = rootOf(parent, load<u32>(cell - (<usize>get(offsets, k) << 2)));
        while (backward !== 0) {
          k = ctz(backward);
          backward &= get(apart, k);
          const other = rootOf(parent, load<u32>(cell - (<usize>get(offsets, k) << 2)));
          set(parent, max(root, other), min(root, other));
          root = min(root, other);
        }
        store<u32>(cell, root);
        set(size, root, get(size, root) + 1);
      }
    }
  }
  return gather(labels, parent, size, level);
}

function findEqual(cell: usize, offsets: usize): void {
  const low = equalAmong(cell, offsets, 0, 8);
  const high = equalAmong(cell, offsets, 8, 13);
  v128.store(equalBits, i8x16.shuffle(low, high, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23));
  v128.store(equalBits, i8x16.shuffle(low, high, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31), 16);
}

/** Bit k - `from` of each lane: the backward neighbour k has the same level. */
// @ts-ignore: decorator
@inline
function equalAmong(cell: usize, offsets: usize, from: u32, to: u32): v128 {
  const level = v128.load(cell);
  let equal = i8x16.splat(0);
  let bit = i8x16.splat(1);
  for (let k = from; k < to; k++) {
    equal = v128.or(equal, v128.and(i8x16.eq(v128.load(cell - get(offsets, k)), level), bit));
    bit = i8x16.shl(bit, 1);
  }
  return equal;
}

/** Adds each label's voxels to its parent, from the last to the first, and then lists the roots. */
function gather(labels: u32, parent: usize, size: usize, level: usize): u32 {
  for (let l = labels; l-- > 0; ) {
    const up = get(parent, l);
    if (up !== l) set(size, up, get(size, up) + get(size, l));
  }
  let found: u32 = 0;
  for (let l: u32 = 0; l < labels; l++) {
    if (get(parent, l) !== l) continue;
    set(size, found, get(size, l));
    set(parent, found, load<u8>(level + l));
    found++;
  }
  return found;
}

/** The root of a label; halves the path on the way. */
// @ts-ignore: decorator
@inline
function rootOf(parent: usize, label: u32): u32 {
  let at = label;
  let up = get(parent, at);
  while (up !== at) {
    const next = get(parent, up);
    set(parent, at, next);
    at = next;
    up = get(parent, at);
  }
  return at;
}

// @ts-ignore: decorator
@inline
function get(array: usize, index: u32): u32 {
  return load<u32>(array + (<usize>index << 2));
}

// @ts-ignore: decorator
@inline
function set(array: usize, index: u32, value: u32): void {
  store<u32>(array + (<usize>index << 2), value);
}
