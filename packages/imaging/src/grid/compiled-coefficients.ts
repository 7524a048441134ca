import type { Vec3, VoxelArray } from '@radloom/core';
import { code } from '../generated/spline.js';
import { type Kernel, kernelSource } from '../wasm/kernel.js';
import type { Box } from './box.js';
import { plainCoefficients, polesAlong, reachOf, type SplineOrder } from './spline-coefficients.js';

/** Functions of wasm/spline.as. */
interface SplineFunctions {
  filterPlane(source: number, sourceStep: number, xCount: number, yCount: number, xPoles: number, yPoles: number, plane: number, planeStep: number, turned: number, xSkip: number, xKeep: number): void;
  copyRows(from: number, fromStep: number, to: number, bytes: number, rows: number): void;
  filterRows(data: number, step: number, columns: number, rows: number, poles: number): void;
}

export type SplineKernel = Kernel<SplineFunctions>;

/** The compiled prefilter, where the platform allows it. */
export const splineKernel = kernelSource<SplineFunctions>(code);

/** Bytes for the poles of one axis: at most two of three numbers each, and three numbers in front. */
const POLES_BYTES = 8 * 9;
const LINES = 8;

/** `plainCoefficients`, to the same bits, by the compiled prefilter where the platform has it and the memory for it. */
export function splineCoefficients(data: VoxelArray, size: Vec3, box: Box, order: SplineOrder): Float64Array {
  const kernel = order === 1 ? undefined : splineKernel();
  return (kernel === undefined ? undefined : compiledCoefficients(kernel, data, size, box, order)) ?? plainCoefficients(data, size, box, order);
}

/** @returns undefined where the block is too large for WebAssembly memory */
export function compiledCoefficients(kernel: SplineKernel, data: VoxelArray, size: Vec3, box: Box, order: SplineOrder): Float64Array | undefined {
  const [kx, ky] = box.size;
  const [nx, ny] = size;
  const [x, y, z] = reachOf(box, size, order);
  const planeStep = 8 * (kx + (kx % 2)) + 16; // not a power of two: rows would compete for the same cache lines
  const length = kx * ky;
  const blockStep = 8 * (length + (length % 2));
  const areas = kernel.tryRoom(8 * nx * y.count, planeStep * y.count, 8 * LINES * x.count, blockStep * z.count, POLES_BYTES, POLES_BYTES, POLES_BYTES);
  if (areas === undefined) return undefined;
  const [source, plane, turned, block, ...poles] = areas;
  poles.forEach((at, axis) => putPoles(kernel, at, order, size[axis]));
  const input = kernel.doubles(source, nx * y.count);
  for (let k = 0; k < z.count; k++) {
    const first = nx * (y.start + ny * (z.start + k));
    input.set(data.subarray(first, first + nx * y.count));
    kernel.call.filterPlane(source + 8 * x.start, 8 * nx, x.count, y.count, poles[0], poles[1], plane, planeStep, turned, x.skip, kx);
    kernel.call.copyRows(plane + planeStep * y.skip, planeStep, block + blockStep * k, 8 * kx, ky);
  }
  kernel.call.filterRows(block, blockStep, length, z.count, poles[2]);
  const kept = block + blockStep * z.skip;
  if (blockStep !== 8 * length) kernel.call.copyRows(kept, blockStep, kept, 8 * length, box.size[2]);
  return kernel.doubles(kept, length * box.size[2]).slice();
}

function putPoles(kernel: SplineKernel, at: number, order: SplineOrder, whole: number): void {
  const { gain, poles } = polesAlong(order, whole);
  kernel.doubles(at, POLES_BYTES / 8).set([poles.length, gain, whole, ...poles.flatMap(({ z, horizon, last }) => [z, horizon, last])]);
}
