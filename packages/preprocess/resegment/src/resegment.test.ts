import { makeGeometry, makeMask, makeVolume, parseParams, type VoxelArray } from '@radloom/core';
import { ballMask, describeContract, exampleVolume } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import resegment from './index.js';
import { type ResegmentSettings, run } from './run.js';
import { comparedAs, thresholds } from './thresholds.js';

const settings = (given: object) => parseParams(resegment.params, given) as unknown as ResegmentSettings;

/** A 3 x 2 plane: 10 to 60, the first voxel outside the ROI. */
const geometry = makeGeometry({ size: [3, 2, 1] });
const mask = makeMask(geometry, Uint8Array.of(0, 1, 1, 1, 1, 1), 2, 'mass');
const keep = (given: object, data: VoxelArray = Int16Array.of(10, 20, 30, 40, 50, 60)) => [...run({ volume: makeVolume(geometry, data), mask }, settings(given)).mask.data];

describe('worked by hand', () => {
  test('absolute: both ends are kept, in either order', () => {
    expect(keep({ range: [20, 50] })).toEqual([0, 1, 1, 1, 1, 0]);
    expect(keep({ range: [50, 20] })).toEqual([0, 1, 1, 1, 1, 0]);
  });

  test('one bound is the lower one', () => {
    expect(keep({ range: [30] })).toEqual([0, 0, 1, 1, 1, 1]);
  });

  test('relative: a fraction of the maximum, not of the range', () => {
    expect(keep({ range: [0.5, 0.9], mode: 'relative' })).toEqual([0, 0, 1, 1, 1, 0]);
  });

  test('sigma: mean 40, population deviation sqrt(200) = 14.14', () => {
    expect(keep({ range: [-1, 1], mode: 'sigma' })).toEqual([0, 0, 1, 1, 1, 0]);
    expect(thresholds(Int16Array.of(20, 30, 40, 50, 60), [-1, 1], 'sigma')).toEqual([40 - Math.sqrt(200), 40 + Math.sqrt(200)]);
  });

  test('label and name stay, and no range means no change', () => {
    const volume = makeVolume(geometry, Int16Array.of(10, 20, 30, 40, 50, 60));
    expect(run({ volume, mask }, settings({ range: [20, 50] })).mask).toMatchObject({ label: 2, name: 'mass' });
    expect(run({ volume, mask }, settings({})).mask).toBe(mask);
  });
});

test('a narrower range keeps a part of what a wider one keeps', () => {
  const volume = exampleVolume();
  const ball = ballMask(volume.geometry);
  const wide = run({ volume, mask: ball }, settings({ range: [-2, 2], mode: 'sigma' })).mask.data;
  const narrow = run({ volume, mask: ball }, settings({ range: [-1, 1], mode: 'sigma' })).mask.data;
  expect(narrow.every((value, i) => value <= wide[i] && wide[i] <= ball.data[i])).toBe(true);
});

test('too little left is refused', () => {
  expect(() => keep({ range: [60, 90] })).toThrow(/leaves 1 of the ROI's 5 voxels/);
  expect(() => keep({ range: [20, 30] })).toThrow(/2 x 1 x 1 voxels/);
  expect(() => keep({ range: [20, 50], minimumROISize: 4 })).toThrow(/more than 4/);
});

describe('bounds take the precision of NumPy 1 comparisons', () => {
  const bound = 0.07 * 100; // 7.000000000000001

  test('float32 is compared as float32, integers and float64 as float64', () => {
    expect(bound).toBeGreaterThan(7);
    expect(comparedAs(new Float32Array(1), 0.1)).toBe(Math.fround(0.1));
    for (const data of [new Int8Array(1), new Uint8Array(1), new Int16Array(1), new Uint16Array(1), new Int32Array(1), new Float64Array(1)]) expect(comparedAs(data, bound)).toBe(bound);
  });

  // numpy 1.24.2: np.array([7], t) >= np.array([100], t).max() * 0.07 is True for float32 alone.
  test.each([[Uint8Array, 0], [Int16Array, 0], [Float64Array, 0], [Float32Array, 1]] as const)('7 % of 100 and a voxel of 7 (%o)', (array, kept) => {
    expect(keep({ range: [0.07], mode: 'relative', minimumROIDimensions: 1 }, array.of(0, 7, 6, 100, 50, 50))).toEqual([0, kept, 0, 1, 1, 1]);
  });

  test.each([
    [3, 77.23809051513672, 53.247249603271484],
    [7, 60.979591369628906, 41.8880500793457],
    [9, 75.73015594482422, 46.39788818359375],
    [127, 75.37345123291016, 41.97234344482422],
    [129, 75.74085998535156, 41.770668029785156],
    [4099, 75.01363372802734, 41.615989685058594],
  ])('mean and deviation of %i float32 values are those of numpy.mean and numpy.std', (n, mean, deviation) => {
    const values = Float32Array.from({ length: n }, (_, i) => ((i * 7919) % 1009) / 7 + 3);
    expect(thresholds(values, [0, 1], 'sigma')).toEqual([mean, mean + deviation]);
  });
});

describeContract(resegment, {
  from: import.meta.url,
  examples: [
    { operation: 'run', inputs: () => ({ volume: exampleVolume(), mask: ballMask(exampleVolume().geometry) }), params: { range: [-2, 2], mode: 'sigma' } },
    { operation: 'run', inputs: () => ({ volume: exampleVolume(), mask: ballMask(exampleVolume().geometry) }), params: { range: [0, 200] } },
  ],
});
