import type { Vec3, Volume } from '@radloom/core';
import { code } from '../generated/recursive.js';
import { type Kernel, kernelSource } from '../wasm/kernel.js';
import { laplacianOfGaussian as plainLaplacian } from './laplacian-of-gaussian.js';
import { gaussianSecondDerivative, gaussianSmoothing, type RecursiveFilter } from './recursive-gaussian.js';

/** Functions of wasm/recursive.as. */
interface RecursiveFunctions {
  filterLines(
    input: number, wide: boolean, output: number, planes: number, plane: number, lines: number, lineStep: number, length: number, step: number, coefficients: number, scratch: number,
    weighted: boolean,
  ): void;
}

export type RecursiveKernel = Kernel<RecursiveFunctions>;

/** The compiled recursive filters, where the platform allows them. */
export const recursiveKernel = kernelSource<RecursiveFunctions>(code);

/**
 * Laplacian of Gaussian of a whole volume, in float32: `plainLaplacian`, to the same bits, by the compiled filters where the platform has them
 * and the memory for them.
 *
 * @param sigma     standard deviation, mm
 * @param normalise multiplies by sigma squared (mm2), so that responses at several scales compare
 * @returns one value a voxel, x fastest
 */
export function laplacianOfGaussian(volume: Volume, sigma: number, normalise: boolean): Float32Array {
  const kernel = recursiveKernel();
  return (kernel === undefined ? undefined : compiledLaplacian(kernel, volume, sigma, normalise)) ?? plainLaplacian(volume, sigma, normalise);
}

/** @returns undefined where the volume is too large for WebAssembly memory */
export function compiledLaplacian(kernel: RecursiveKernel, { data, geometry }: Volume, sigma: number, normalise: boolean): Float32Array | undefined {
  const { size, spacing } = geometry;
  const voxels = data.length;
  const wide = data instanceof Float64Array || (data.BYTES_PER_ELEMENT === 4 && !(data instanceof Float32Array));
  const areas = kernel.tryRoom((wide ? 8 : 4) * voxels, 4 * voxels, 4 * voxels, 21 * 8, 32 * 8 * Math.max(...size));
  if (areas === undefined) return undefined;
  const [source, derived, result, coefficients, scratch] = areas;
  (wide ? kernel.doubles(source, voxels) : kernel.floats(source, voxels)).set(data);
  kernel.floats(result, voxels).fill(0);
  const filter = (input: number, output: number, axis: 0 | 1 | 2, { n, m, d, bn, bm }: RecursiveFilter, weight?: number) => {
    kernel.doubles(coefficients, 21).set([...n, ...m, ...d, ...bn, ...bm, weight ?? 0]);
    const { planes, plane, lines, lineStep, length, step } = linesAlong(axis, size);
    kernel.call.filterLines(input, wide && input === source, output, planes, plane, lines, lineStep, length, step, coefficients, scratch, weight !== undefined);
  };
  const smoothing = perSpacing(spacing, (step) => gaussianSmoothing(sigma / step));
  const curvature = perSpacing(spacing, (step) => gaussianSecondDerivative(sigma / step, normalise ? sigma * sigma : 1));
  for (const axis of [0, 1, 2] as const) {
    const [near, far] = ([[1, 2], [0, 2], [0, 1]] as const)[axis];
    filter(source, derived, axis, curvature[axis]);
    filter(derived, derived, near, smoothing[near]);
    filter(derived, result, far, smoothing[far], 1 / (spacing[axis] * spacing[axis]));
  }
  return kernel.floats(result, voxels).slice();
}

/** Lines of a plane (`lines`, `lineStep` apart), plane after plane; along x and z the whole volume is one plane. */
function linesAlong(axis: 0 | 1 | 2, [nx, ny, nz]: Vec3) {
  const [planes, lines, lineStep, length, step] = ([[1, ny * nz, nx, nx, 1], [nz, nx, 1, ny, nx], [1, nx * ny, 1, nz, nx * ny]] as const)[axis];
  return { planes, plane: nx * ny, lines, lineStep, length, step };
}

/** One value an axis; computed once for axes of equal spacing. */
function perSpacing<T>(spacing: Vec3, make: (step: number) => T): T[] {
  const made = new Map<number, T>();
  return spacing.map((step) => {
    if (!made.has(step)) made.set(step, make(step));
    return made.get(step)!;
  });
}
