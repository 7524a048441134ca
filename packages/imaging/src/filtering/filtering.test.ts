import { makeGeometry, makeVolume, random } from '@radloom/core';
import { describe, expect, test } from 'vitest';
import { cos, exp, sin } from './correctly-rounded.js';
import { floatValues, laplacianOfGaussian, largestMagnitude, voxelsNeeded } from './index.js';
import { gaussianSecondDerivative, gaussianSmoothing } from './recursive-gaussian.js';
import { filterAxis } from './recursive-lines.js';

describe('recursive filters along one axis', () => {
  const along = (axis: 0 | 1 | 2, values: Float64Array, filter = gaussianSmoothing(2)) => {
    const size = ([[values.length, 1, 1], [1, values.length, 1], [1, 1, values.length]] as const)[axis];
    const out = new Float32Array(values.length);
    filterAxis(values, out, size, axis, filter);
    return out;
  };

  test('smoothing keeps a constant, the second derivative removes it and a slope', () => {
    along(0, new Float64Array(20).fill(7)).forEach((value) => expect(value).toBeCloseTo(7, 5));
    along(0, new Float64Array(20).fill(7), gaussianSecondDerivative(2)).forEach((value) => expect(value).toBeCloseTo(0, 5));
    const slope = along(0, Float64Array.from({ length: 101 }, (_, i) => i), gaussianSecondDerivative(2));
    expect(slope[50]).toBeCloseTo(0, 5);
  });

  test('the response to a point is a Gaussian within the 1e-3 of its peak that the fourth-order fit allows', () => {
    const sigma = 3;
    const point = new Float64Array(81);
    point[40] = 1;
    const response = along(0, point, gaussianSmoothing(sigma));
    response.forEach((value, i) => expect(Math.abs(value - Math.exp(-((i - 40) ** 2) / (2 * sigma * sigma)) / (sigma * Math.sqrt(2 * Math.PI)))).toBeLessThan(1e-3));
    expect(response.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
  });

  test('a line answers the same along x, y and z, and backwards', () => {
    const stream = random([1, 2, 3, 4]);
    const values = Float64Array.from({ length: 30 }, () => stream.normal());
    const [x, y, z] = ([0, 1, 2] as const).map((axis) => along(axis, values));
    expect(y).toEqual(x);
    expect(z).toEqual(x);
    along(0, values.toReversed()).reverse().forEach((value, i) => expect(value).toBeCloseTo(x[i], 6));
  });

  test('every line of a volume is filtered, whatever their number', () => {
    const stream = random([9, 9, 9, 9]);
    for (const size of [[5, 3, 7], [4, 17, 5], [33, 4, 4]] as const) {
      const volume = Float64Array.from({ length: size[0] * size[1] * size[2] }, () => stream.normal());
      for (const axis of [0, 1, 2] as const) {
        if (size[axis] < 4) continue;
        const out = new Float32Array(volume.length);
        filterAxis(volume, out, size, axis, gaussianSmoothing(1.3));
        const stride = [1, size[0], size[0] * size[1]][axis];
        for (let i = 0; i < volume.length; i++) {
          const place = Math.floor(i / stride) % size[axis];
          const line = Float64Array.from({ length: size[axis] }, (_, k) => volume[i + (k - place) * stride]);
          expect(out[i]).toBe(along(0, line, gaussianSmoothing(1.3))[place]);
        }
      }
    }
  });
});

test('the Laplacian of x^2 + 2 y^2 + 3 z^2 is 12 in the middle, in mm whatever the spacing', () => {
  const size = [41, 41, 41] as const;
  const spacing = [1, 0.8, 1.25] as const;
  const data = new Float64Array(41 ** 3);
  for (let z = 0, i = 0; z < 41; z++) for (let y = 0; y < 41; y++) for (let x = 0; x < 41; x++, i++) data[i] = (spacing[0] * (x - 20)) ** 2 + 2 * (spacing[1] * (y - 20)) ** 2 + 3 * (spacing[2] * (z - 20)) ** 2;
  const result = laplacianOfGaussian(makeVolume(makeGeometry({ size, spacing }), data), 1.5, false);
  expect(Math.abs(result[20 + 41 * (20 + 41 * 20)] - 12)).toBeLessThan(0.01); // float32 intermediates of up to 4,000
});

test('voxels needed: ceil(sigma / spacing) + 1, at least 4', () => {
  expect(voxelsNeeded([1, 0.7, 5], 3)).toEqual([4, 6, 4]);
});

describe('exp, sin and cos rounded once', () => {
  test('known values', () => {
    expect(exp(0)).toBe(1);
    expect(exp(1)).toBe(Math.E);
    expect(exp(-1)).toBe(0.36787944117144233);
    expect(sin(1)).toBe(0.8414709848078965);
    expect(cos(1)).toBe(0.5403023058681398);
    expect(cos(0)).toBe(1);
    expect(sin(Math.PI)).toBe(1.2246467991473532e-16); // the rounding error of pi itself
  });

  test('agree with the engine to its last bits', () => {
    const stream = random([4, 3, 2, 1]);
    for (let i = 0; i < 300; i++) {
      const x = 12 * stream.next() - 9;
      for (const [ours, engine] of [[exp(x), Math.exp(x)], [sin(x), Math.sin(x)], [cos(x), Math.cos(x)]]) expect(Math.abs(ours - engine)).toBeLessThanOrEqual(4e-16 * Math.max(1, Math.abs(ours)));
    }
  });
});

test('float values hold every pixel type exactly and copy no floats', () => {
  expect(floatValues(Int32Array.of(2 ** 31 - 1, -(2 ** 31)))).toEqual(Float64Array.of(2 ** 31 - 1, -(2 ** 31)));
  expect(floatValues(Uint16Array.of(65535))).toEqual(Float32Array.of(65535));
  const floats = Float32Array.of(1.5);
  expect(floatValues(floats)).toBe(floats);
});

test('the largest magnitude may be a negative value', () => {
  expect(largestMagnitude(Int16Array.of(3, -32768, 7))).toBe(32768);
  expect(largestMagnitude([])).toBe(0);
});
