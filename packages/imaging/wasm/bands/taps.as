/*
 * `count` neighbouring outputs of both filters: out[x] = sum over places p of filter[p] * source[p][x], where `rows` has the address of
 * each place's first sample and `taps` the filters, low-pass then high-pass, in the order of the places. Sums run over ascending places
 * from 0 on, as the plain version's do; vectors lie along x, so that no sum is split.
 */
export function combine<T>(rows: usize, taps: usize, width: i32, low: usize, high: usize, count: i32): void {
  const size = sizeof<T>();
  const bytes = <usize>count * size;
  const highTaps = <usize>width * size;
  let x: usize = 0;
  for (; x + 64 <= bytes; x += 64) {
    let l0 = v128.splat<T>(0), l1 = l0, l2 = l0, l3 = l0, h0 = l0, h1 = l0, h2 = l0, h3 = l0;
    let tap = taps;
    for (let row = rows, end = rows + (<usize>width << 2); row < end; row += 4, tap += size) {
      const at = <usize>load<u32>(row) + x;
      const l = v128.load_splat<T>(tap);
      const h = v128.load_splat<T>(tap + highTaps);
      const a = v128.load(at), b = v128.load(at, 16), c = v128.load(at, 32), d = v128.load(at, 48);
      l0 = v128.add<T>(l0, v128.mul<T>(l, a));
      h0 = v128.add<T>(h0, v128.mul<T>(h, a));
      l1 = v128.add<T>(l1, v128.mul<T>(l, b));
      h1 = v128.add<T>(h1, v128.mul<T>(h, b));
      l2 = v128.add<T>(l2, v128.mul<T>(l, c));
      h2 = v128.add<T>(h2, v128.mul<T>(h, c));
      l3 = v128.add<T>(l3, v128.mul<T>(l, d));
      h3 = v128.add<T>(h3, v128.mul<T>(h, d));
    }
    v128.store(low + x, l0);
    v128.store(low + x, l1, 16);
    v128.store(low + x, l2, 32);
    v128.store(low + x, l3, 48);
    v128.store(high + x, h0);
    v128.store(high + x, h1, 16);
    v128.store(high + x, h2, 32);
    v128.store(high + x, h3, 48);
  }
  for (; x + 16 <= bytes; x += 16) {
    let l0 = v128.splat<T>(0), h0 = l0;
    let tap = taps;
    for (let row = rows, end = rows + (<usize>width << 2); row < end; row += 4, tap += size) {
      const a = v128.load(<usize>load<u32>(row) + x);
      l0 = v128.add<T>(l0, v128.mul<T>(v128.load_splat<T>(tap), a));
      h0 = v128.add<T>(h0, v128.mul<T>(v128.load_splat<T>(tap + highTaps), a));
    }
    v128.store(low + x, l0);
    v128.store(high + x, h0);
  }
  for (; x < bytes; x += size) {
    let l: T = 0, h: T = 0;
    let tap = taps;
    for (let row = rows, end = rows + (<usize>width << 2); row < end; row += 4, tap += size) {
      const a = load<T>(<usize>load<u32>(row) + x);
      l += load<T>(tap) * a;
      h += load<T>(tap + highTaps) * a;
    }
    store<T>(low + x, l);
    store<T>(high + x, h);
  }
}
