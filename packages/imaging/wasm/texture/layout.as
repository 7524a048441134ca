/** Copies the ROI's levels, one after the other, to their cells; the others must be 0 already. */
export function layOut(levels: usize, segments: usize, count: i32, volume: usize): void {
  for (let s = 0; s < count; s++) {
    const voxels = segmentLength(segments, s);
    memory.copy(volume + segmentStart(segments, s), levels, voxels);
    levels += voxels;
  }
}

/** First cell of a segment. */
// @ts-ignore: decorator
@inline
export function segmentStart(segments: usize, s: i32): usize {
  return load<u32>(segments + (<usize>s << 3));
}

/** Voxels of a segment. */
// @ts-ignore: decorator
@inline
export function segmentLength(segments: usize, s: i32): usize {
  return load<u32>(segments + (<usize>s << 3), 4);
}

/** Adds 1 to entry `key` of a table of 32-bit counts. */
// @ts-ignore: decorator
@inline
export function count(table: usize, key: usize): void {
  const entry = table + (key << 2);
  store<u32>(entry, load<u32>(entry) + 1);
}
