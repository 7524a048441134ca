import { random, type Vec3 } from '@radloom/core';
import { expect, test } from 'vitest';
import { eachBand as plainBands } from './bands.js';
import { type BandKernel, bandKernel, compiledBands, eachBand } from './compiled-bands.js';
import type { Axis } from './split-axis.js';
import type { FilterBank, Samples } from './tap-rows.js';

const kernel = bandKernel() as BandKernel;
const stream = random([4, 3, 2, 1]);
const noise = (size: Vec3, array: new (length: number) => Samples): Samples => new array(size[0] * size[1] * size[2]).map(() => 500 + 100 * stream.normal()) as Samples;
const bankOf = (width: number): FilterBank => ({ low: Array.from({ length: width }, () => stream.normal()), high: Array.from({ length: width }, () => stream.normal()) });

function bandsBy(decompose: (take: (letters: string, samples: Samples) => void) => unknown): Map<string, Samples> {
  const found = new Map<string, Samples>();
  decompose((letters, samples) => found.set(letters, samples.slice()));
  return found;
}

test('this platform compiles the kernel', () => {
  expect(kernel).toBeDefined();
});

test.each([
  ['float64', 2, [18, 16, 10], [0, 1, 2], Float64Array],
  ['float64', 6, [20, 18, 12], [0, 1, 2], Float64Array],
  ['float32', 6, [22, 14, 8], [0, 1, 2], Float32Array],
  ['float64, a filter longer than the lines', 20, [6, 4, 2], [0, 1, 2], Float64Array],
  ['float32, a filter longer than the lines', 38, [4, 6, 2], [0, 1, 2], Float32Array],
  ['two axes', 12, [34, 30, 3], [0, 1], Float64Array],
  ['planes of more than a strip', 4, [36, 34, 4], [1, 2], Float64Array],
] as const)('%s, %i taps: the same bits as the plain filters', (_, width, size, axes, array) => {
  const samples = noise(size, array);
  const bank = bankOf(width);
  const expected = bandsBy((take) => plainBands(samples, size, axes as readonly Axis[], bank, take));
  expect(bandsBy((take) => compiledBands(kernel, samples, size, axes as readonly Axis[], bank, take))).toEqual(expected);
  expect(bandsBy((take) => eachBand(samples, size, axes as readonly Axis[], bank, take))).toEqual(expected);
});
