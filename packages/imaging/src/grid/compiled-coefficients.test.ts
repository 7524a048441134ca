import { random, type Vec3, type VoxelArray } from '@radloom/core';
import { describe, expect, test } from 'vitest';
import type { Box } from './box.js';
import { compiledCoefficients, type SplineKernel, splineCoefficients, splineKernel } from './compiled-coefficients.js';
import { plainCoefficients, type SplineOrder } from './spline-coefficients.js';

const kernel = splineKernel() as SplineKernel;

function noise([nx, ny, nz]: Vec3, array: new (length: number) => VoxelArray): VoxelArray {
  const stream = random([1, 2, 3, 4]);
  const data = new array(nx * ny * nz);
  for (let i = 0; i < data.length; i++) data[i] = 300 * stream.normal();
  return data;
}

test('this platform compiles the kernel', () => {
  expect(kernel).toBeDefined();
});

describe.each<[string, Vec3, Box]>([
  ['a whole image', [20, 17, 12], { low: [0, 0, 0], size: [20, 17, 12] }],
  ['a block with odd sides', [90, 95, 130], { low: [41, 40, 60], size: [9, 11, 3] }],
  ['a block with even sides', [64, 100, 50], { low: [10, 0, 48], size: [32, 100, 2] }],
  ['a single slice', [33, 18, 1], { low: [5, 2, 0], size: [20, 15, 1] }],
  ['two voxels along x', [2, 7, 5], { low: [0, 1, 1], size: [2, 3, 3] }],
  ['one row', [150, 1, 1], { low: [0, 0, 0], size: [150, 1, 1] }],
])('the same bits as the plain prefilter: %s', (_, size, box) => {
  test.each([2, 3, 4, 5] as SplineOrder[])('order %i', (order) => {
    for (const array of [Int16Array, Float32Array, Float64Array]) {
      const data = noise(size, array);
      const plain = plainCoefficients(data, size, box, order);
      const compiled = compiledCoefficients(kernel, data, size, box, order)!;
      expect(compiled.length).toBe(plain.length);
      expect(compiled.findIndex((value, i) => !Object.is(value, plain[i]))).toBe(-1);
    }
  });
});

test('order 1 needs no filter', () => {
  const data = noise([5, 4, 3], Int16Array);
  expect(splineCoefficients(data, [5, 4, 3], { low: [0, 0, 0], size: [5, 4, 3] }, 1)).toEqual(Float64Array.from(data));
});
