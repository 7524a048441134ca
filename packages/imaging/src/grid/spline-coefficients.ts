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
/** Voxels of a row filtered at a time along z, so that all their planes stay in the processor's cache. */
const strip = 128;

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
export function splineCoefficients(data: VoxelArray, size: Vec3, box: Box, order: SplineOrder): Float64Array {
  const [kx, ky, kz] = box.size;
  const filterPoles = poles[order];
  const reach = filterPoles.length === 0 ? 0 : Math.ceil(Math.log(negligible) / Math.log(Math.abs(filterPoles[0])));
  const [x, y, z] = box.low.map((first, a) => {
    const start = Math.max(0, first - reach);
    return { start, skip: first - start, count: Math.min(size[a], first + box.size[a] + reach) - start };
  });
  // A plane at a time along x and y, so that it stays in the processor's cache; of each only the block's part is kept for z.
  const block = new Float64Array(kx * ky * z.count);
  const plane = new Float64Array(kx * y.count);
  const rows = new Float64Array(4 * x.count);
  for (let k = 0; k < z.count; k++) {
    for (let j = 0; j < y.count; j += 4) {
      const width = Math.min(4, y.count - j);
      const from = x.start + size[0] * (y.start + j + size[1] * (z.start + k));
      for (let w = 0; w < width; w++) rows.set(data.subarray(from + size[0] * w, from + size[0] * w + x.count), w * x.count);
      if (size[0] > 1) filterFour(rows, x.count, filterPoles, size[0]);
      for (let w = 0; w < width; w++) plane.set(rows.subarray(w * x.count + x.skip, w * x.count + x.skip + kx), kx * (j + w));
    }
    if (size[1] > 1) filterAcross(plane, 0, y.count, kx, kx, filterPoles, size[1]);
    block.set(plane.subarray(kx * y.skip, kx * (y.skip + ky)), kx * ky * k);
  }
  const length = kx * ky;
  if (size[2] > 1) for (let at = 0; at < length; at += strip) filterAcross(block, at, z.count, length, Math.min(strip, length - at), filterPoles, size[2]);
  return block.subarray(length * z.skip, length * (z.skip + kz));
}

/** The constant that makes the filter of these poles keep a constant signal. */
function gainOf(filterPoles: readonly number[]): number {
  return filterPoles.reduce((product, z) => product * (1 - z) * (1 - 1 / z), 1);
}

/** Number of samples in the sum that starts the causal filter. */
function horizonOf(z: number): number {
  return Math.ceil(Math.log(startTolerance) / Math.log(Math.abs(z)));
}

/** All poles over four lines of n samples, one after the other in `scratch`: one recursion waits for its last result, four fill the time. */
function filterFour(scratch: Float64Array, n: number, filterPoles: readonly number[], whole: number): void {
  let gain = gainOf(filterPoles);
  for (const z of filterPoles) {
    for (let w = 0; w < 4; w++) startForwards(scratch, w * n, 1, 1, z, gain, whole);
    let a = scratch[0];
    let b = scratch[n];
    let c = scratch[2 * n];
    let d = scratch[3 * n];
    for (let i = 1; i < n; i++) {
      scratch[i] = a = scratch[i] * gain + z * a;
      scratch[n + i] = b = scratch[n + i] * gain + z * b;
      scratch[2 * n + i] = c = scratch[2 * n + i] * gain + z * c;
      scratch[3 * n + i] = d = scratch[3 * n + i] * gain + z * d;
    }
    for (let w = 0; w < 4; w++) startBackwards(scratch, w * n, n, 1, 1, z);
    a = scratch[n - 1];
    b = scratch[2 * n - 1];
    c = scratch[3 * n - 1];
    d = scratch[4 * n - 1];
    for (let i = n - 2; i >= 0; i--) {
      scratch[i] = a = z * (a - scratch[i]);
      scratch[n + i] = b = z * (b - scratch[n + i]);
      scratch[2 * n + i] = c = z * (c - scratch[2 * n + i]);
      scratch[3 * n + i] = d = z * (d - scratch[3 * n + i]);
    }
    gain = 1;
  }
}

/** All poles, in place, over `length` neighbouring lines: sample i of line w at `at + i * step + w`. */
function filterAcross(data: Float64Array, at: number, n: number, step: number, length: number, filterPoles: readonly number[], whole: number): void {
  let gain = gainOf(filterPoles);
  for (const z of filterPoles) {
    startForwards(data, at, step, length, z, gain, whole);
    for (let i = 1; i < n; i++) {
      for (let p = at + i * step, end = p + length; p < end; p++) data[p] = data[p] * gain + z * data[p - step];
    }
    startBackwards(data, at, n, step, length, z);
    for (let i = n - 2; i >= 0; i--) {
      for (let p = at + i * step, end = p + length; p < end; p++) data[p] = z * (data[p + step] - data[p]);
    }
    gain = 1;
  }
}

/** First value of the causal filter: the mirrored signal's past, summed up to the tolerance, or in closed form on short axes. */
function startForwards(data: Float64Array, at: number, step: number, length: number, z: number, gain: number, whole: number): void {
  const horizon = horizonOf(z);
  for (let w = at; w < at + length; w++) data[w] *= gain;
  if (horizon < whole) {
    for (let i = 1, weight = z; i < horizon; i++, weight *= z) for (let w = at; w < at + length; w++) data[w] += weight * (data[w + i * step] * gain);
    return;
  }
  const inverse = 1 / z;
  let near = z;
  let far = z ** (whole - 1);
  for (let w = at; w < at + length; w++) data[w] += far * (data[w + (whole - 1) * step] * gain);
  far = far * inverse * far;
  for (let i = 1; i <= whole - 2; i++) {
    for (let w = at; w < at + length; w++) data[w] += (near + far) * (data[w + i * step] * gain);
    near *= z;
    far *= inverse;
  }
  for (let w = at; w < at + length; w++) data[w] /= 1 - near * near;
}

/** Last value of the anticausal filter. */
function startBackwards(data: Float64Array, at: number, n: number, step: number, length: number, z: number): void {
  const factor = z / (z * z - 1);
  for (let w = at + (n - 1) * step, end = w + length; w < end; w++) data[w] = factor * (z * data[w - step] + data[w]);
}
