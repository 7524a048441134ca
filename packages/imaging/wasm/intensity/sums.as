/*
 * Sums run in four lanes, element i in lane i mod 4, which are added as (0 + 1) + (2 + 3). `values` are float64, `out` takes results.
 */

/** What does not fill four lanes any more is done by these, lane by lane. */
const lanes: usize = memory.data(4 * 32, 16);

// @ts-ignore: decorator
@inline
function keep(place: usize, low: v128, high: v128): void {
  v128.store(lanes + place * 32, low);
  v128.store(lanes + place * 32, high, 16);
}

// @ts-ignore: decorator
@inline
function addTo(place: usize, lane: usize, term: f64): void {
  const at = lanes + place * 32 + lane * 8;
  store<f64>(at, load<f64>(at) + term);
}

// @ts-ignore: decorator
@inline
function total(place: usize): f64 {
  const at = lanes + place * 32;
  return load<f64>(at) + load<f64>(at, 8) + (load<f64>(at, 16) + load<f64>(at, 24));
}

// @ts-ignore: decorator
@inline
function sumOf(sum: v128, term: v128): v128 {
  return f64x2.add(sum, term);
}

/** Lowest and highest value, sum, and sum of (value + shift)^2. */
export function rangeAndSums(values: usize, count: i32, shift: f64, out: usize): void {
  const shifts = f64x2.splat(shift);
  let least = f64x2.splat(Infinity), least2 = least;
  let most = f64x2.splat(-Infinity), most2 = most;
  let sum = f64x2.splat(0), sum2 = sum, energy = sum, energy2 = sum;
  const whole = count & ~3;
  const end = values + (<usize>whole << 3);
  for (let at = values; at < end; at += 32) {
    const x = v128.load(at), y = v128.load(at, 16);
    least = f64x2.pmin(least, x);
    least2 = f64x2.pmin(least2, y);
    most = f64x2.pmax(most, x);
    most2 = f64x2.pmax(most2, y);
    sum = sumOf(sum, x);
    sum2 = sumOf(sum2, y);
    const a = f64x2.add(x, shifts), b = f64x2.add(y, shifts);
    energy = sumOf(energy, f64x2.mul(a, a));
    energy2 = sumOf(energy2, f64x2.mul(b, b));
  }
  keep(0, sum, sum2);
  keep(1, energy, energy2);
  least = f64x2.pmin(least, least2);
  most = f64x2.pmax(most, most2);
  let minimum = f64x2.extract_lane(least, 0);
  let maximum = f64x2.extract_lane(most, 0);
  if (f64x2.extract_lane(least, 1) < minimum) minimum = f64x2.extract_lane(least, 1);
  if (f64x2.extract_lane(most, 1) > maximum) maximum = f64x2.extract_lane(most, 1);
  for (let i = whole; i < count; i++) {
    const x = load<f64>(values + (<usize>i << 3));
    if (x < minimum) minimum = x;
    if (x > maximum) maximum = x;
    addTo(0, i & 3, x);
    addTo(1, i & 3, (x + shift) * (x + shift));
  }
  store<f64>(out, minimum);
  store<f64>(out, maximum, 8);
  store<f64>(out, total(0), 16);
  store<f64>(out, total(1), 24);
}

/** Sums of the absolute distance from the mean, and of its second, third and fourth power. */
export function centralSums(values: usize, count: i32, mean: f64, out: usize): void {
  const means = f64x2.splat(mean);
  let absolute = f64x2.splat(0), absolute2 = absolute, square = absolute, square2 = absolute, cube = absolute, cube2 = absolute, fourth = absolute, fourth2 = absolute;
  const whole = count & ~3;
  const end = values + (<usize>whole << 3);
  for (let at = values; at < end; at += 32) {
    const a = f64x2.sub(v128.load(at), means), b = f64x2.sub(v128.load(at, 16), means);
    const a2 = f64x2.mul(a, a), b2 = f64x2.mul(b, b);
    absolute = sumOf(absolute, f64x2.abs(a));
    absolute2 = sumOf(absolute2, f64x2.abs(b));
    square = sumOf(square, a2);
    square2 = sumOf(square2, b2);
    cube = sumOf(cube, f64x2.mul(a2, a));
    cube2 = sumOf(cube2, f64x2.mul(b2, b));
    fourth = sumOf(fourth, f64x2.mul(a2, a2));
    fourth2 = sumOf(fourth2, f64x2.mul(b2, b2));
  }
  keep(0, absolute, absolute2);
  keep(1, square, square2);
  keep(2, cube, cube2);
  keep(3, fourth, fourth2);
  for (let i = whole; i < count; i++) {
    const a = load<f64>(values + (<usize>i << 3)) - mean;
    addTo(0, i & 3, abs(a));
    addTo(1, i & 3, a * a);
    addTo(2, i & 3, a * a * a);
    addTo(3, i & 3, a * a * (a * a));
  }
  for (let place: usize = 0; place < 4; place++) store<f64>(out + (place << 3), total(place));
}

/** Of the values from `low` to `high`, both included: their number, and the sums of value - from and |value - from|. */
export function sumsWithin(values: usize, count: i32, low: f64, high: f64, from: f64, out: usize): void {
  const lows = f64x2.splat(low), highs = f64x2.splat(high), froms = f64x2.splat(from), one = f64x2.splat(1);
  let found = f64x2.splat(0), found2 = found, sum = found, sum2 = found, absolute = found, absolute2 = found;
  const whole = count & ~3;
  const end = values + (<usize>whole << 3);
  for (let at = values; at < end; at += 32) {
    const x = v128.load(at), y = v128.load(at, 16);
    const inX = v128.and(f64x2.ge(x, lows), f64x2.le(x, highs));
    const inY = v128.and(f64x2.ge(y, lows), f64x2.le(y, highs));
    const a = v128.and(inX, f64x2.sub(x, froms)), b = v128.and(inY, f64x2.sub(y, froms));
    found = sumOf(found, v128.and(inX, one));
    found2 = sumOf(found2, v128.and(inY, one));
    sum = sumOf(sum, a);
    sum2 = sumOf(sum2, b);
    absolute = sumOf(absolute, f64x2.abs(a));
    absolute2 = sumOf(absolute2, f64x2.abs(b));
  }
  keep(0, found, found2);
  keep(1, sum, sum2);
  keep(2, absolute, absolute2);
  for (let i = whole; i < count; i++) {
    const x = load<f64>(values + (<usize>i << 3));
    if (!(x >= low && x <= high)) continue;
    addTo(0, i & 3, 1);
    addTo(1, i & 3, x - from);
    addTo(2, i & 3, abs(x - from));
  }
  for (let place: usize = 0; place < 3; place++) store<f64>(out + (place << 3), total(place));
}
