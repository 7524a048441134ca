const lanes: usize = memory.data(2 * 16, 16);

/** Lowest and highest of 16-bit integers, and their sum; at most 32,768 values, as 32-bit integers to `out`. */
export function rangeOfInt16(values: usize, count: i32, signed: bool, out: usize): void {
  // Unsigned values are moved into the range of signed ones.
  const moved: i16 = signed ? 0 : -32768;
  const move = i16x8.splat(moved);
  let least = i16x8.splat(32767);
  let most = i16x8.splat(-32768);
  let sums = i32x4.splat(0);
  const whole = count & ~7;
  const end = values + (<usize>whole << 1);
  for (let at = values; at < end; at += 16) {
    const eight = v128.xor(v128.load(at), move);
    least = i16x8.min_s(least, eight);
    most = i16x8.max_s(most, eight);
    sums = i32x4.add(sums, i32x4.extadd_pairwise_i16x8_s(eight));
  }
  v128.store(lanes, least);
  v128.store(lanes, most, 16);
  let minimum: i32 = 32767, maximum: i32 = -32768, sum: i32 = 0;
  for (let lane: usize = 0; lane < 8; lane++) {
    minimum = min(minimum, <i32>load<i16>(lanes + (lane << 1)));
    maximum = max(maximum, <i32>load<i16>(lanes + (lane << 1), 16));
  }
  v128.store(lanes, sums);
  for (let lane: usize = 0; lane < 4; lane++) sum += load<i32>(lanes + (lane << 2));
  for (let i = whole; i < count; i++) {
    const value = <i32>(load<i16>(values + (<usize>i << 1)) ^ moved);
    minimum = min(minimum, value);
    maximum = max(maximum, value);
    sum += value;
  }
  store<i32>(out, minimum - moved);
  store<i32>(out, maximum - moved, 4);
  store<i32>(out, sum, 8);
}
