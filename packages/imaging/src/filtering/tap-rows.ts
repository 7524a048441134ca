/** A low-pass and a high-pass filter of equal even length. */
export interface FilterBank {
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** Voxels as they are filtered: float32 images stay so, all others become float64. */
export type Samples = Float32Array | Float64Array;

/** A bank's filters with their taps in the order in which they are summed. */
export interface OrderedTaps {
  /** Tap number at each place. */
  readonly order: readonly number[];
  readonly low: Samples;
  readonly high: Samples;
}

/** The filters in the samples' precision, with the first `turned` taps in reverse order. */
export function orderedTaps(samples: Samples, { low, high }: FilterBank, turned: number): OrderedTaps {
  const order = low.map((_, j) => (j < turned ? turned - 1 - j : j));
  const array = (filter: readonly number[]) => (samples instanceof Float32Array ? Float32Array.from(order, (j) => filter[j]) : Float64Array.from(order, (j) => filter[j]));
  return { order, low: array(low), high: array(high) };
}

/**
 * Filters `count` neighbouring samples: out[to + x] = sum over places j of filter[j] * source[rows[j] + x], in that order.
 * Low-pass and high-pass in one go, since they read the same samples; six taps at a time, then two.
 */
export function tapRows(source: Samples, rows: Int32Array, low: Samples, high: Samples, to: number, count: number, taps: OrderedTaps): void {
  const single = source instanceof Float32Array;
  const width = taps.order.length;
  let j = 0;
  if (!single) for (; j + 6 <= width; j += 6) sixTaps(source, rows, low, high, to, count, taps.low, taps.high, j);
  const two = single ? twoTapsSingle : twoTaps;
  for (; j < width; j += 2) two(source, rows, low, high, to, count, taps.low, taps.high, j);
}

type Taps = (source: Samples, rows: Int32Array, low: Samples, high: Samples, to: number, count: number, l: Samples, h: Samples, j: number) => void;

/** Taps j..j+5; the first of a filter (j = 0) start the sum, the others add to it. */
const sixTaps: Taps = (source, rows, low, high, to, count, l, h, j) => {
  const r0 = rows[j];
  const r1 = rows[j + 1];
  const r2 = rows[j + 2];
  const r3 = rows[j + 3];
  const r4 = rows[j + 4];
  const r5 = rows[j + 5];
  const l0 = l[j];
  const l1 = l[j + 1];
  const l2 = l[j + 2];
  const l3 = l[j + 3];
  const l4 = l[j + 4];
  const l5 = l[j + 5];
  const h0 = h[j];
  const h1 = h[j + 1];
  const h2 = h[j + 2];
  const h3 = h[j + 3];
  const h4 = h[j + 4];
  const h5 = h[j + 5];
  for (let x = 0; x < count; x++) {
    const a0 = source[r0 + x];
    const a1 = source[r1 + x];
    const a2 = source[r2 + x];
    const a3 = source[r3 + x];
    const a4 = source[r4 + x];
    const a5 = source[r5 + x];
    const startLow = j === 0 ? 0 : low[to + x];
    const startHigh = j === 0 ? 0 : high[to + x];
    low[to + x] = startLow + l0 * a0 + l1 * a1 + l2 * a2 + l3 * a3 + l4 * a4 + l5 * a5;
    high[to + x] = startHigh + h0 * a0 + h1 * a1 + h2 * a2 + h3 * a3 + h4 * a4 + h5 * a5;
  }
};

const twoTaps: Taps = (source, rows, low, high, to, count, l, h, j) => {
  const r0 = rows[j];
  const r1 = rows[j + 1];
  const l0 = l[j];
  const l1 = l[j + 1];
  const h0 = h[j];
  const h1 = h[j + 1];
  for (let x = 0; x < count; x++) {
    const a0 = source[r0 + x];
    const a1 = source[r1 + x];
    low[to + x] = (j === 0 ? 0 : low[to + x]) + l0 * a0 + l1 * a1;
    high[to + x] = (j === 0 ? 0 : high[to + x]) + h0 * a0 + h1 * a1;
  }
};

const f = Math.fround;

/** As `twoTaps`, every product and sum rounded to float32. */
const twoTapsSingle: Taps = (source, rows, low, high, to, count, l, h, j) => {
  const r0 = rows[j];
  const r1 = rows[j + 1];
  const l0 = l[j];
  const l1 = l[j + 1];
  const h0 = h[j];
  const h1 = h[j + 1];
  for (let x = 0; x < count; x++) {
    const a0 = source[r0 + x];
    const a1 = source[r1 + x];
    low[to + x] = f(f((j === 0 ? 0 : low[to + x]) + f(l0 * a0)) + f(l1 * a1));
    high[to + x] = f(f((j === 0 ? 0 : high[to + x]) + f(h0 * a0)) + f(h1 * a1));
  }
};
