import { makeGeometry, makeVolume, parseParams, type VoxelArray } from '@radloom/core';
import { describeContract, exampleVolume } from '@radloom/testkit';
import { expect, test } from 'vitest';
import normalise from './index.js';
import { type NormaliseSettings, run } from './run.js';

const apply = (data: VoxelArray, given: object = {}) =>
  run({ volume: makeVolume(makeGeometry({ size: [data.length, 1, 1] }), data) }, parseParams(normalise.params, given) as unknown as NormaliseSettings).volume.data as Float64Array;

test('worked by hand: the deviation is that of a sample', () => {
  // Mean 4, squares 16 + 0 + 16, divided by n - 1 = 2: deviation 4.
  expect([...apply(Int16Array.of(0, 4, 8))]).toEqual([-1, 0, 1]);
});

test('outliers are limited before the scale is applied', () => {
  expect([...apply(Int16Array.of(0, 4, 8), { removeOutliers: 0.5, scale: 100 })]).toEqual([-50, 0, 50]);
});

test('mean 0 and deviation 1 afterwards, whatever the unit', () => {
  const { data } = exampleVolume();
  const result = apply(data);
  expect(result).toBeInstanceOf(Float64Array);
  const mean = result.reduce((sum, value) => sum + value, 0) / result.length;
  const variance = result.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (result.length - 1);
  expect(mean).toBeCloseTo(0, 12);
  expect(variance).toBeCloseTo(1, 12);
  const scaled = apply(Float64Array.from(data, (value) => 3 * value - 1000));
  result.forEach((value, i) => expect(scaled[i]).toBeCloseTo(value, 10));
});

test('no spread, no normalisation; NaN neither', () => {
  expect(() => apply(Int16Array.of(7, 7, 7))).toThrow(/Every voxel of the image is 7/);
  expect(() => apply(Float32Array.of(1, NaN, 3))).toThrow(/no mean/);
});

describeContract(normalise, {
  from: import.meta.url,
  examples: [
    { operation: 'run', inputs: () => ({ volume: exampleVolume() }) },
    { operation: 'run', inputs: () => ({ volume: exampleVolume() }), params: { scale: 100, removeOutliers: 3 } },
  ],
});
