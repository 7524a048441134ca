import { count, segmentLength, segmentStart } from './layout';

const lanes: usize = memory.data(16, 16);

/**
 * Counts the runs of two voxels and more along one direction that leads to another row.
 *
 * Each voxel's run is one longer than its backward neighbour's if that has the same level; where the forward neighbour has another,
 * the run ends and is counted. Lines must be at most 255 voxels long.
 *
 * @param volume  padded levels, 0 outside the ROI
 * @param offset  the forward step, in cells
 * @param length  a byte for each cell: the run up to there
 * @param table   32 bits, [length of run][level], `stride` levels
 * @returns       the longest run
 */
export function runs(volume: usize, segments: usize, segmentCount: i32, offset: usize, length: usize, table: usize, stride: usize): i32 {
  const one = i8x16.splat(1);
  let longest = i8x16.splat(0);
  for (let s = 0; s < segmentCount; s++) {
    const first = segmentStart(segments, s);
    const end = first + segmentLength(segments, s);
    for (let i = first; i < end; i += 16) {
      const cell = volume + i;
      const level = v128.load(cell);
      const before = v128.and(v128.load(length + i - offset), i8x16.eq(v128.load(cell - offset), level));
      const here = i8x16.add(before, one);
      v128.store(length + i, here);
      longest = i8x16.max_u(longest, here);
      let ends = i8x16.bitmask(v128.andnot(i8x16.gt_u(here, one), i8x16.eq(v128.load(cell + offset), level)));
      if (end - i < 16) ends &= (1 << <i32>(end - i)) - 1;
      for (; ends !== 0; ends &= ends - 1) {
        const lane = <usize>ctz(ends);
        count(table, <usize>load<u8>(length + i + lane) * stride + load<u8>(cell + lane));
      }
    }
  }
  v128.store(lanes, longest);
  let most: i32 = 0;
  for (let lane: usize = 0; lane < 16; lane++) most = max(most, <i32>load<u8>(lanes + lane));
  return most;
}

/** The same along x, where a run lies in one piece of a row. */
export function runsAlongX(volume: usize, segments: usize, segmentCount: i32, table: usize, stride: usize): i32 {
  let most: i32 = 0;
  for (let s = 0; s < segmentCount; s++) {
    let cell = volume + segmentStart(segments, s);
    const end = cell + segmentLength(segments, s);
    while (cell < end) {
      const level = load<u8>(cell);
      const start = cell;
      do cell++;
      while (load<u8>(cell) === level); // the cell behind the segment is 0
      const length = cell - start;
      if (length > 1) count(table, length * stride + level);
      most = max(most, <i32>length);
    }
  }
  return most;
}
