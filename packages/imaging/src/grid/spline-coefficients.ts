import type { Vec3, VoxelArray } from '@radloom/core';
import type { Box } from './box.js';

/** Order of a B-spline. */
export type SplineOrder = 1 | 2 | 3 | 4 | 5;

/** Poles of the direct B-spline filter by order. Unser, Aldroubi & Eden 1993, part II, table I. */
const poles: Readonly<Record<SplineOrder, readonly number[]>> = {
  1: [],
  2: [Math.sqrt(8) - 3],
  3: [Math.sqrt(3) - 2],
  4: [Math.sqrt(664 - Math.sqrt(438976)) + Math.sqrt(304) - 19, Math.sqrt(664 + Math.sqrt(438976)) - Math.sqrt(304) - 19],
  5: [
    Math.sqrt(135 / 2 - Math.sqrt(17745 / 4)) + Math.sqrt(105 / 4) - 13 / 2,
    Math.sqrt(135 / 2 + Math.sqrt(17745 / 4)) - Math.sqrt(105 / 4) - 13 / 2,
  ],
};

/** ITK cuts the sum that starts the causal filter where its weights fall below this. */
const startTolerance = 1e-10;
/** Samples that would weigh less than this are not read: their part is five decimals below a coefficient's last bit. */
const negligible = 1e-21;
/** Lines filtered side by side: the recursion of one waits for its own last result, eight fill the time. */
const lanes = 8;

/** The part of an image that the coefficients of a block depend on, along one axis: `count` voxels from `start` on, of which the block skips `skip`. */
export interface Reach {
  readonly start: number;
  readonly skip: number;
  readonly count: number;
}

/** Only samples that are not `negligible` for the block are read. */
export function reachOf({ low, size: kept }: Box, size: Vec3, order: SplineOrder): [Reach, Reach, Reach] {
  const reach = poles[order].length === 0 ? 0 : Math.ceil(Math.log(negligible) / Math.log(Math.abs(poles[order][0])));
  const along = (a: 0 | 1 | 2) => {
    const start = Math.max(0, low[a] - reach);
    return { start, skip: low[a] - start, count: Math.min(size[a], low[a] + kept[a] + reach) - start };
  };
  return [along(0), along(1), along(2)];
}

/** Poles of the filter along an axis of so many voxels, with what starts each of them. */
export function polesAlong(order: SplineOrder, whole: number) {
  return { gain: gainOf(poles[order]), poles: poles[order].map((z) => ({ z, horizon: horizonOf(z), last: power(z, whole - 1) })) };
}

/**
 * B-spline coefficients of a block of an image: what a spline of this order must be weighted with to pass through the samples.
 *
 * Whole-sample mirror boundaries; axes filtered x, y, z; float64; start sums and gain as in ITK's `BSplineDecompositionImageFilter`
 * (Unser 1999, box 2). The filter reaches over the whole image, but its response falls by a factor of 3.7 per voxel (order 3), so
 * only samples that are not `negligible` for the block are read.
 *
 * @param data voxels of a grid of `size`, x fastest
 * @param box  the block, inside the grid
 * @returns    coefficients of the block, x fastest
 */
export function plainCoefficients(data: VoxelArray, size: Vec3, box: Box, order: SplineOrder): Float64Array {
  const [kx, ky, kz] = box.size;
  const filterPoles = poles[order];
  const [x, y, z] = reachOf(box, size, order);
  // A plane at a time along x and y, so that it stays in the processor's cache; of each only the block's part is kept for z.
  const block = new Float64Array(kx * ky * z.count);
  const rows = new Float64Array(lanes * x.count);
  const stride = kx | 1; // Odd: rows a power of two apart would compete for the same cache lines.
  const plane = new Float64Array(stride * y.count);
  for (let k = 0; k < z.count; k++) {
    for (let j = 0; j < y.count; j += lanes) {
      const width = Math.min(lanes, y.count - j);
      for (let w = 0; w < width; w++) copyRun(data, x.start + size[0] * (y.start + j + w + size[1] * (z.start + k)), rows, w * x.count, x.count);
      filterLines(rows, 0, x.count, 1, x.count, lanes, filterPoles, size[0]);
      for (let w = 0; w < width; w++) copyRun(rows, w * x.count + x.skip, plane, stride * (j + w), kx);
    }
    filterLines(plane, 0, y.count, stride, 1, kx, filterPoles, size[1]);
    for (let j = 0; j < ky; j++) copyRun(plane, stride * (y.skip + j), block, kx * (j + ky * k), kx);
  }
  const length = kx * ky;
  filterLines(block, 0, z.count, length, 1, length, filterPoles, size[2]);
  return block.subarray(length * z.skip, length * (z.skip + kz));
}

/** A plain loop: for runs this short, a view for each would cost more than the copy. */
function copyRun(from: VoxelArray, at: number, to: Float64Array, put: number, length: number): void {
  for (let i = 0; i < length; i++) to[put + i] = from[at + i];
}

/** The constant that makes the filter of these poles keep a constant signal. */
function gainOf(filterPoles: readonly number[]): number {
  return filterPoles.reduce((product, z) => product * (1 - z) * (1 - 1 / z), 1);
}

/** Number of samples in the sum that starts the causal filter. */
function horizonOf(z: number): number {
  return Math.ceil(Math.log(startTolerance) / Math.log(Math.abs(z)));
}

/**
 * All poles, in place, over `count` lines of n samples: sample i of line w at `at + i * step + w * across`.
 *
 * @param whole voxels of the image along the lines; one voxel alone is left as it is
 */
function filterLines(data: Float64Array, at: number, n: number, step: number, across: number, count: number, filterPoles: readonly number[], whole: number): void {
  if (whole === 1) return;
  let gain = gainOf(filterPoles);
  for (const z of filterPoles) {
    for (let w = 0; w < count; w++) startForwards(data, at + w * across, step, z, gain, whole);
    const together = count - (count % lanes);
    for (let w = 0; w < together; w += lanes) filterEight(data, at + w * across, n, step, across, z, gain);
    for (let w = together; w < count; w++) filterOne(data, at + w * across, n, step, z, gain);
    gain = 1;
  }
}

/** First value of the causal filter: the mirrored signal's past, summed up to the tolerance, or in closed form on short axes. */
function startForwards(data: Float64Array, at: number, step: number, z: number, gain: number, whole: number): void {
  const horizon = horizonOf(z);
  let sum = data[at] * gain;
  if (horizon < whole) {
    for (let i = 1, weight = z; i < horizon; i++, weight *= z) sum += weight * (data[at + i * step] * gain);
    data[at] = sum;
    return;
  }
  const inverse = 1 / z;
  let near = z;
  let far = power(z, whole - 1);
  sum += far * (data[at + (whole - 1) * step] * gain);
  far = far * inverse * far;
  for (let i = 1; i <= whole - 2; i++) {
    sum += (near + far) * (data[at + i * step] * gain);
    near *= z;
    far *= inverse;
  }
  data[at] = sum / (1 - near * near);
}

/** z to a whole power, correctly rounded: engines' own powers differ in the last bit. Products are carried with their rounding error. */
function power(z: number, exponent: number): number {
  let high = z;
  let low = 0;
  for (let i = 1; i < exponent; i++) {
    const product = high * z;
    low = low * z + productError(high, z, product);
    high = product + low;
    low -= high - product;
  }
  return high;
}

/** What rounding took from a * b. Dekker 1971. */
function productError(a: number, b: number, product: number): number {
  const head = (x: number) => {
    const scaled = 134217729 * x; // 2^27 + 1
    return scaled - (scaled - x);
  };
  const a1 = head(a);
  const b1 = head(b);
  return (a - a1) * (b - b1) - (product - a1 * b1 - (a - a1) * b1 - a1 * (b - b1));
}

/** Forwards and backwards along one line whose first value is set. */
function filterOne(data: Float64Array, at: number, n: number, step: number, z: number, gain: number): void {
  let p = at;
  let value = data[p];
  for (let i = 1; i < n; i++) {
    p += step;
    data[p] = value = data[p] * gain + z * value;
  }
  data[p] = value = (z / (z * z - 1)) * (z * data[p - step] + value);
  for (let i = n - 2; i >= 0; i--) {
    p -= step;
    data[p] = value = z * (value - data[p]);
  }
}

/** `filterOne` for eight lines `across` apart, their last values in registers. */
function filterEight(data: Float64Array, at: number, n: number, step: number, across: number, z: number, gain: number): void {
  const [o1, o2, o3, o4, o5, o6, o7] = [across, 2 * across, 3 * across, 4 * across, 5 * across, 6 * across, 7 * across];
  let p = at;
  let a = data[p];
  let b = data[p + o1];
  let c = data[p + o2];
  let d = data[p + o3];
  let e = data[p + o4];
  let f = data[p + o5];
  let g = data[p + o6];
  let h = data[p + o7];
  for (let i = 1; i < n; i++) {
    p += step;
    data[p] = a = data[p] * gain + z * a;
    data[p + o1] = b = data[p + o1] * gain + z * b;
    data[p + o2] = c = data[p + o2] * gain + z * c;
    data[p + o3] = d = data[p + o3] * gain + z * d;
    data[p + o4] = e = data[p + o4] * gain + z * e;
    data[p + o5] = f = data[p + o5] * gain + z * f;
    data[p + o6] = g = data[p + o6] * gain + z * g;
    data[p + o7] = h = data[p + o7] * gain + z * h;
  }
  const factor = z / (z * z - 1);
  const before = p - step;
  data[p] = a = factor * (z * data[before] + a);
  data[p + o1] = b = factor * (z * data[before + o1] + b);
  data[p + o2] = c = factor * (z * data[before + o2] + c);
  data[p + o3] = d = factor * (z * data[before + o3] + d);
  data[p + o4] = e = factor * (z * data[before + o4] + e);
  data[p + o5] = f = factor * (z * data[before + o5] + f);
  data[p + o6] = g = factor * (z * data[before + o6] + g);
  data[p + o7] = h = factor * (z * data[before + o7] + h);
  for (let i = n - 2; i >= 0; i--) {
    p -= step;
    data[p] = a = z * (a - data[p]);
    data[p + o1] = b = z * (b - data[p + o1]);
    data[p + o2] = c = z * (c - data[p + o2]);
    data[p + o3] = d = z * (d - data[p + o3]);
    data[p + o4] = e = z * (e - data[p + o4]);
    data[p + o5] = f = z * (f - data[p + o5]);
    data[p + o6] = g = z * (g - data[p + o6]);
    data[p + o7] = h = z * (h - data[p + o7]);
  }
}
