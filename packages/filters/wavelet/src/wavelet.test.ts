import { makeGeometry, makeVolume, parseParams, type Volume } from '@radloom/core';
import { describeContract, exampleVolume, testContext } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import { filterBank } from './filter-bank.js';
import wavelet from './index.js';
import { waveletNames } from './wavelet-names.js';

async function filtered(volume: Volume, params: object = {}): Promise<Record<string, Volume>> {
  const operation = await wavelet.operations.apply.load();
  return (await operation({ volume }, parseParams(wavelet.params, params), testContext())) as Record<string, Volume>;
}

const names = (params: object = {}) => (wavelet.about.outputs as (params: unknown) => string[])(parseParams(wavelet.params, params));
const energy = ({ data }: Volume) => Array.from(data).reduce((sum, v) => sum + v * v, 0);
const line = (values: number[]) => makeVolume(makeGeometry({ size: [values.length, 2, 2] }), Float64Array.from({ length: values.length * 4 }, (_, i) => values[i % values.length]));

describe('worked example: the Haar wavelet on the line 1 2 4 8, the same in y and z', () => {
  // Sums and differences of neighbours, next minus this, each over sqrt 2; the line closes on itself. Along y and z nothing
  // changes, so each low-pass there multiplies by sqrt 2 and each high-pass gives 0.
  test('low-pass in all axes: (a + b) sqrt 2', async () => {
    const { 'wavelet-LLL': image } = await filtered(line([1, 2, 4, 8]), { wavelet: 'haar' });
    [3, 6, 12, 9].forEach((sum, i) => expect(image.data[i]).toBeCloseTo(sum * Math.SQRT2, 12));
  });

  test('high-pass along x: (a - b) sqrt 2', async () => {
    const { 'wavelet-HLL': image } = await filtered(line([1, 2, 4, 8]), { wavelet: 'haar' });
    [-1, -2, -4, 7].forEach((difference, i) => expect(image.data[i]).toBeCloseTo(difference * Math.SQRT2, 12));
  });

  test('high-pass along y or z: nothing', async () => {
    const images = await filtered(line([1, 2, 4, 8]), { wavelet: 'haar' });
    for (const band of ['LLH', 'LHL', 'LHH', 'HLH', 'HHL', 'HHH']) expect(energy(images[`wavelet-${band}`])).toBeCloseTo(0, 20);
  });
});

describe('definitions', () => {
  test('letters stand for x, y, z', async () => {
    const stripes = makeVolume(makeGeometry({ size: [8, 8, 8] }), Int16Array.from({ length: 512 }, (_, i) => (i % 2 === 0 ? 100 : -100)));
    const images = await filtered(stripes);
    expect(energy(images['wavelet-HLL'])).toBeGreaterThan(1e6);
    for (const band of ['LLL', 'LHL', 'LLH', 'HHL', 'HLH', 'HHH']) expect(energy(images[`wavelet-${band}`])).toBeLessThan(1e-12);
  });

  test.each(['haar', 'db4', 'sym8', 'coif1', 'coif5'])('an orthonormal wavelet doubles the energy along each axis: %s', async (name) => {
    const volume = exampleVolume([12, 10, 8]);
    const total = Object.values(await filtered(volume, { wavelet: name })).reduce((sum, image) => sum + energy(image), 0);
    expect(total / energy(volume)).toBeCloseTo(8, 10);
  });

  test('shifting the image along an axis shifts its bands', async () => {
    const { geometry, data } = exampleVolume([8, 6, 4]);
    const shifted = Int16Array.from(data, (_, i) => data[i - (i % 8) + ((i + 3) % 8)]);
    const [here, there] = [await filtered(makeVolume(geometry, data)), await filtered(makeVolume(geometry, shifted))];
    for (const [name, { data: band }] of Object.entries(here)) {
      there[name].data.forEach((value, i) => expect(value).toBeCloseTo(band[i - (i % 8) + ((i + 3) % 8)], 9));
    }
  });

  test('an odd axis is lengthened by its first voxel and cut back', async () => {
    const odd = exampleVolume([5, 4, 4]);
    const even = makeVolume(makeGeometry({ size: [6, 4, 4] }), Int16Array.from({ length: 96 }, (_, i) => odd.data[Math.floor(i / 6) * 5 + ((i % 6) % 5)]));
    const [a, b] = [await filtered(odd), await filtered(even)];
    for (const [name, image] of Object.entries(a)) {
      expect(image.geometry).toEqual(odd.geometry);
      image.data.forEach((value, i) => expect(value).toBe(b[name].data[Math.floor(i / 5) * 6 + (i % 5)]));
    }
  });

  test('a second level filters the approximation of the first, and a start level throws it away', async () => {
    const volume = exampleVolume([8, 8, 8]);
    const once = await filtered(volume, { wavelet: 'db2' });
    const twice = await filtered(volume, { wavelet: 'db2', level: 2 });
    const again = await filtered(once['wavelet-LLL'], { wavelet: 'db2' });
    const later = await filtered(volume, { wavelet: 'db2', startLevel: 1 });
    expect(twice['wavelet-HLH']).toEqual(once['wavelet-HLH']);
    expect(twice['wavelet2-HLH'].data).toEqual(again['wavelet-HLH'].data);
    expect(twice['wavelet2-LLL'].data).toEqual(again['wavelet-LLL'].data);
    expect(later['wavelet-HLH'].data).toEqual(again['wavelet-HLH'].data);
  });

  test('force2D leaves one axis alone', async () => {
    const volume = exampleVolume([6, 6, 4]);
    const planes = await filtered(volume, { force2D: true });
    const slice = (image: Volume) => image.data.slice(36, 72);
    const alone = await filtered(makeVolume(makeGeometry({ size: [6, 6, 1] }), volume.data.slice(36, 72)), { force2D: true });
    expect(slice(planes['wavelet-LH'])).toEqual(alone['wavelet-LH'].data);
  });

  test('bands are named and ordered as in PyRadiomics', () => {
    expect(names()).toEqual(['LLH', 'LHL', 'LHH', 'HLL', 'HLH', 'HHL', 'HHH', 'LLL'].map((band) => `wavelet-${band}`));
    expect(names({ force2D: true, level: 2 })).toEqual(['wavelet-LH', 'wavelet-HL', 'wavelet-HH', 'wavelet2-LH', 'wavelet2-HL', 'wavelet2-HH', 'wavelet2-LL']);
  });

  test('float32 images stay float32, integers become float64', async () => {
    const { geometry, data } = exampleVolume([4, 4, 4]);
    expect((await filtered(makeVolume(geometry, Float32Array.from(data))))['wavelet-LLL'].data).toBeInstanceOf(Float32Array);
    expect((await filtered(makeVolume(geometry, data)))['wavelet-LLL'].data).toBeInstanceOf(Float64Array);
  });

  test('an unknown wavelet is refused with the nearest', () => {
    expect(() => parseParams(wavelet.params, { wavelet: 'coiff1' })).toThrow(/no discrete wavelet coiff1; did you mean coif1/);
  });
});

describe('filters', () => {
  test('db2 in closed form: (1 +- sqrt 3) / (4 sqrt 2) and (3 +- sqrt 3) / (4 sqrt 2) (Daubechies 1988)', () => {
    const r = Math.sqrt(3);
    [1 - r, 3 - r, 3 + r, 1 + r].forEach((value, k) => expect(filterBank('db2', false).low[k]).toBeCloseTo(value / (4 * Math.SQRT2), 12));
  });

  test('coif1 in closed form, with sqrt 7 (Daubechies 1993)', () => {
    const r = Math.sqrt(7);
    [1 - r, 5 + r, 14 + 2 * r, 14 - 2 * r, 1 - r, -3 + r].reverse().forEach((value, k) => expect(filterBank('coif1', false).low[k]).toBeCloseTo(value / (16 * Math.SQRT2), 12));
  });

  test.each(waveletNames)('%s: the low-pass keeps a constant, the high-pass removes it', (name) => {
    const { low, high } = filterBank(name, false);
    const sum = (filter: readonly number[]) => filter.reduce((a, b) => a + b, 0);
    expect(low.length % 2).toBe(0);
    expect(high).toHaveLength(low.length);
    expect(sum(low)).toBeCloseTo(Math.SQRT2, 8);
    expect(Math.abs(sum(high))).toBeLessThan(name === 'dmey' ? 2e-3 : 1e-8); // dmey is cut from an infinite filter
  });

  test.each(waveletNames.filter((name) => /^(haar|db|sym|coif)/.test(name)))('%s: orthonormal to its own even shifts', (name) => {
    const { low } = filterBank(name, false);
    for (let shift = 0; shift < low.length; shift += 2) {
      expect(low.reduce((sum, value, k) => sum + value * (low[k + shift] ?? 0), 0)).toBeCloseTo(shift === 0 ? 1 : 0, 8);
    }
  });

  test.each(waveletNames.filter((name) => /^(bior|rbio)/.test(name)))('%s: analysis and synthesis low-pass are biorthogonal', (name) => {
    const { low, high } = filterBank(name, false);
    const synthesis = high.map((value, k) => (k % 2 === 0 ? -value : value));
    const backwards = synthesis.toReversed();
    for (let shift = 2 - low.length; shift < low.length; shift += 2) {
      expect(low.reduce((sum, value, k) => sum + value * (backwards[k + shift] ?? 0), 0)).toBeCloseTo(shift === 0 ? 1 : 0, 10);
    }
  });
});

describeContract(wavelet, {
  from: import.meta.url,
  examples: [
    { operation: 'apply', inputs: () => ({ volume: exampleVolume([7, 6, 5]) }) },
    { operation: 'apply', inputs: () => ({ volume: exampleVolume([6, 6, 3]) }), params: { wavelet: 'rbio2.4', level: 2, startLevel: 1, force2D: true } },
  ],
});
