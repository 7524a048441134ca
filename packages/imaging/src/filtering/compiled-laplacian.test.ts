import { makeGeometry, makeVolume, random, type Vec3, type Volume, type VoxelArray } from '@radloom/core';
import { expect, test } from 'vitest';
import { compiledLaplacian, laplacianOfGaussian, type RecursiveKernel, recursiveKernel } from './compiled-laplacian.js';
import { laplacianOfGaussian as plainLaplacian } from './index.js';

const kernel = recursiveKernel() as RecursiveKernel;

function noise(size: Vec3, spacing: Vec3, array: new (length: number) => VoxelArray): Volume {
  const stream = random([1, 2, 3, 4]);
  const data = new array(size[0] * size[1] * size[2]);
  for (let i = 0; i < data.length; i++) data[i] = 500 + 100 * stream.normal();
  return makeVolume(makeGeometry({ size, spacing }), data);
}

test('this platform compiles the kernel', () => {
  expect(kernel).toBeDefined();
});

test.each([
  ['int16', [20, 17, 9], Int16Array],
  ['float32', [16, 16, 16], Float32Array],
  ['float64', [33, 5, 4], Float64Array],
  ['int32', [4, 4, 4], Int32Array],
  ['uint8', [35, 18, 7], Uint8Array],
] as const)('%s: the same bits as the plain filters', (_, size, array) => {
  const volume = noise(size, [0.8, 1, 1.3], array);
  for (const normalise of [true, false]) expect(compiledLaplacian(kernel, volume, 1.7, normalise)).toEqual(plainLaplacian(volume, 1.7, normalise));
  expect(laplacianOfGaussian(volume, 3, true)).toEqual(plainLaplacian(volume, 3, true));
});

test('a call leaves nothing behind for the next', () => {
  const [small, large] = [noise([6, 6, 6], [1, 1, 1], Int16Array), noise([24, 24, 24], [1, 1, 1], Float64Array)];
  const first = compiledLaplacian(kernel, small, 2, true);
  compiledLaplacian(kernel, large, 4, true);
  expect(compiledLaplacian(kernel, small, 2, true)).toEqual(first);
});
