import { makeGeometry, makeMask, makeVolume, parseParams } from '@radloom/core';
import { interpolators } from '@radloom/imaging';
import { ballMask, describeContract, exampleVolume } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import resample from './index.js';
import { type ResampleSettings, run } from './run.js';

const settings = (given: object) => parseParams(resample.params, given) as unknown as ResampleSettings;

/** A row of four voxels of 2 mm, the middle two inside the ROI, two rows deep. */
const geometry = makeGeometry({ size: [4, 2, 1], spacing: [2, 2, 1] });
const volume = makeVolume(geometry, Float32Array.of(0, 2, 4, 6, 0, 2, 4, 6));
const mask = makeMask(geometry, Uint8Array.of(0, 1, 1, 0, 0, 1, 1, 0));

test('2 mm to 1 mm along x, worked by hand', () => {
  // Voxel corners stay where they are: new centres at -0.5, 0.5, 1.5 … mm. The ROI spans 1 to 5 mm, so voxels 2 to 5 and one around:
  // low = floor((1 - 0.5) 2 - 1) = 0, high = min(7, ceil((1 + 2 - 0.5) 2 + 1)) = 6. The single slice and the 0 keep their spacing.
  const result = run({ volume, mask }, settings({ spacing: [1, 0, 3], interpolator: 'linear', padDistance: 1 }));
  expect(result.volume.geometry).toMatchObject({ size: [7, 2, 1], spacing: [1, 2, 1], origin: [-0.5, 0, 0] });
  expect([...result.volume.data.subarray(0, 7)]).toEqual([0, 0.5, 1.5, 2.5, 3.5, 4.5, 5.5]);
  expect([...result.mask.data.subarray(0, 7)]).toEqual([0, 0, 1, 1, 1, 1, 0]);
  expect(result.mask.geometry).toBe(result.volume.geometry);
});

test('without spacing and preCrop everything passes through', () => {
  const result = run({ volume, mask }, settings({}));
  expect(result.volume).toBe(volume);
  expect(result.mask).toBe(mask);
});

test('preCrop cuts to the box and its surroundings', () => {
  const large = exampleVolume();
  const ball = ballMask(large.geometry, 0.3);
  const result = run({ volume: large, mask: ball }, settings({ preCrop: true, padDistance: 1 }));
  const [x, y] = result.volume.geometry.size;
  expect(result.mask.data.reduce((sum, value) => sum + value, 0)).toBe(ball.data.reduce((sum, value) => sum + value, 0));
  expect(result.mask.data.subarray(0, x * y).every((value) => value === 0)).toBe(true);
  expect(result.volume.data.constructor).toBe(Int16Array);
});

test('pixel types stay', () => {
  for (const Class of [Uint8Array, Int16Array, Uint16Array, Int32Array, Float32Array, Float64Array]) {
    const typed = makeVolume(geometry, Class.from(volume.data));
    expect(run({ volume: typed, mask }, settings({ spacing: [1, 1, 0] })).volume.data).toBeInstanceOf(Class);
  }
});

test('the ROI is checked again', () => {
  expect(() => run({ volume, mask }, settings({ spacing: [1, 1, 0], minimumROIDimensions: 3 }))).toThrow(/it extends along 2 axes, 3 are asked for/);
  expect(() => run({ volume, mask }, settings({ spacing: [1, 1, 0], minimumROISize: 16 }))).toThrow(/more than 16/);
  expect(() => run({ volume, mask }, settings({ spacing: [1, 1, 0], minimumROISize: 15 }))).not.toThrow();
});

describe('every interpolator', () => {
  test('is the same list in the manifest and in imaging', () => {
    for (const interpolator of interpolators) expect(settings({ interpolator }).interpolator).toBe(interpolator);
  });

  test.each(interpolators.filter((name) => !name.endsWith('Sinc')))('%s keeps a constant', (interpolator) => {
    const flat = makeVolume(geometry, new Float32Array(8).fill(12.5));
    const result = run({ volume: flat, mask }, settings({ spacing: [0.5, 0.8, 1], interpolator }));
    expect(result.volume.data.every((value) => value === 12.5)).toBe(true);
  });

  test.each(interpolators.filter((name) => name.endsWith('Sinc')))('%s keeps a constant to two percent: its weights do not sum to 1', (interpolator) => {
    const flat = makeVolume(geometry, new Float32Array(8).fill(12.5));
    const { data } = run({ volume: flat, mask }, settings({ spacing: [0.5, 0.8, 1], interpolator })).volume;
    expect(Math.max(...data.map((value) => Math.abs(value / 12.5 - 1)))).toBeLessThan(0.02);
  });
});

describeContract(resample, {
  from: import.meta.url,
  examples: [
    { operation: 'run', inputs: () => ({ volume: exampleVolume(), mask: ballMask(exampleVolume().geometry) }), params: { spacing: [1, 1, 1] } },
    { operation: 'run', inputs: () => ({ volume: exampleVolume(), mask: ballMask(exampleVolume().geometry) }), params: { spacing: [2, 2, 2], interpolator: 'gaussian', padDistance: 0 } },
    { operation: 'run', inputs: () => ({ volume: exampleVolume(), mask: ballMask(exampleVolume().geometry) }), params: { preCrop: true } },
  ],
});
