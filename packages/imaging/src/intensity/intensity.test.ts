import { random, type VoxelArray } from '@radloom/core';
import { describe, expect, test } from 'vitest';
import { intensityKernel, type IntensityKernel, kernelSteps, rangeOfInt16 } from './compiled-steps.js';
import { distribution, fromSteps } from './distribution.js';
import { orderStatistics } from './order-statistics.js';
import { plainSteps } from './plain-steps.js';

const kernel = intensityKernel() as IntensityKernel;

test('five intensities', () => {
  const found = distribution(Int16Array.of(1, 2, 3, 4, 10), 1);
  expect(found).toMatchObject({ voxels: 5, minimum: 1, maximum: 10, mean: 4, moment2: 10, energy: 4 + 9 + 16 + 25 + 121, meanAbsoluteDeviation: 12 / 5 });
  expect(found.percentiles).toEqual([1.4, 2, 3, 4, expect.closeTo(7.6, 12)]);
  expect(found.robustDeviation).toBeCloseTo(2 / 3, 12); // of 2, 3, 4
});

describe('order statistics', () => {
  const stream = random([9, 8, 7, 6]);
  const normal = Float64Array.from({ length: 5000 }, () => stream.normal());

  test.each([
    ['scattered', normal],
    ['one far outlier, so that one bucket holds all others', Float64Array.of(...normal, 1e12)],
    ['few distinct values', normal.map((v) => Math.round(v))],
    ['all equal', new Float64Array(5000).fill(2.5)],
    ['infinite', Float64Array.of(...normal, Infinity, -Infinity)],
    ['a range beyond the largest number', Float64Array.of(...normal, 1.7e308, -1.7e308)],
  ])('as sorting finds them: %s', (_, values) => {
    const sorted = values.slice().sort();
    const ranks = [0, 1, 17, 499, 500, 2500, 4500, 4998, values.length - 1];
    const before = values.slice();
    expect(orderStatistics(values, ranks)).toEqual(ranks.map((rank) => sorted[rank]));
    expect(values).toEqual(before);
  });
});

describe('the compiled passes', () => {
  const stream = random([5, 6, 7, 8]);

  test('this platform compiles the kernel', () => {
    expect(kernel).toBeDefined();
  });

  test.each<[string, VoxelArray]>([
    ['many', Float64Array.from({ length: 20011 }, () => stream.normal())],
    ['float32', Float32Array.from({ length: 4001 }, () => 1000 * stream.normal())],
    ['integers', Int16Array.from({ length: 3002 }, () => 50 * stream.normal())],
    ['few', Float64Array.of(3, -0, 0, 5, 1.5)],
    ['one', Uint8Array.of(7)],
    ['all equal', new Float32Array(1000).fill(-2.5)],
    ['with NaN', Float64Array.from({ length: 700 }, (_, i) => (i === 333 ? NaN : i))],
    ['infinite', Float64Array.from({ length: 501 }, (_, i) => (i === 500 ? Infinity : 1))],
  ])('give the same bits as the plain ones: %s', (_, values) => {
    const compiled = fromSteps(kernelSteps(kernel, values)!, values.length, 3);
    expect(compiled).toEqual(fromSteps(plainSteps(Float64Array.from(values)), values.length, 3));
    expect(distribution(values, 3)).toEqual(compiled);
  });

  test.each([
    ['int16', Int16Array.from({ length: 70003 }, () => 3000 * stream.normal())],
    ['uint16', Uint16Array.from({ length: 40000 }, () => 65536 * stream.next())],
    ['the ends of int16', Int16Array.from({ length: 32770 }, (_, i) => (i % 2 === 0 ? -32768 : 32767))],
    ['all the highest uint16', new Uint16Array(32768).fill(65535)],
    ['one', Int16Array.of(-5)],
  ] as const)('find the range and the sum of 16-bit integers: %s', (_, values) => {
    const plain = { minimum: Infinity, maximum: -Infinity, sum: 0 };
    for (const value of values) {
      plain.minimum = Math.min(plain.minimum, value);
      plain.maximum = Math.max(plain.maximum, value);
      plain.sum += value;
    }
    expect(rangeOfInt16(kernel, values)).toEqual(plain);
  });
});
