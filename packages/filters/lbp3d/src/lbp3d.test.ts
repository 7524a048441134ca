import { makeGeometry, makeVolume, parseParams, type Volume } from '@radloom/core';
import { describeContract, exampleVolume, testContext } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import lbp3d from './index.js';
import { harmonics } from './harmonics.js';
import { icosphere } from './icosphere.js';
import { patternNorms, rowSpace } from './pattern-rows.js';
import { splineCoefficients } from './spline.js';

async function filtered(volume: Volume, params: object = {}): Promise<Record<string, Volume>> {
  const operation = await lbp3d.operations.apply.load();
  return (await operation({ volume }, parseParams(lbp3d.params, params), testContext())) as Record<string, Volume>;
}

const middle = ({ geometry: { size } }: Volume): number => Math.floor(size[0] / 2) + size[0] * (Math.floor(size[1] / 2) + size[1] * Math.floor(size[2] / 2));

describe('worked example: a constant block', () => {
  // Around the middle voxel every point of the sphere is as bright as the voxel: the pattern is 1 everywhere.
  const volume = makeVolume(makeGeometry({ size: [9, 9, 9] }), new Int16Array(9 ** 3).fill(100));

  test('degree 0 is 42 / (4 pi) times the root of 42', async () => {
    // Y(0) is 1 / sqrt(4 pi) at each of the 42 points; the sum of the pattern times Y(0), put back on the points, has this length.
    const images = await filtered(volume);
    expect(images['lbp-3D-m1'].data[middle(volume)]).toBeCloseTo((42 / (4 * Math.PI)) * Math.sqrt(42), 9);
  });

  test('a peak is brighter than all around it: the pattern is 0 everywhere, and so are its norms', async () => {
    const data = new Int16Array(9 ** 3);
    data[middle(volume)] = 1000;
    const images = await filtered(makeVolume(volume.geometry, data));
    expect(images['lbp-3D-m1'].data[middle(volume)]).toBe(0);
    expect(images['lbp-3D-m2'].data[middle(volume)]).toBe(0);
  });
});

describe('definitions', () => {
  test('an icosahedron has 12 points, refined once 42, twice 162; all on the sphere', () => {
    expect([0, 1, 2].map((subdivision) => icosphere(subdivision, 1).length)).toEqual([12, 42, 162]);
    for (const point of icosphere(1, 2)) expect(Math.hypot(...point)).toBeCloseTo(2, 12);
  });

  test('samples that differ by less than a millionth of their mean have no kurtosis in a float32 volume, and have one in a float64 volume', async () => {
    const { geometry } = exampleVolume([9, 9, 9], [1, 1, 1]);
    const values = Float32Array.from({ length: 9 ** 3 }, (_, i) => 1024 + ((7 * i) % 5) * 2 ** -13); // neighbouring float32 numbers
    const [single, double] = [await filtered(makeVolume(geometry, values)), await filtered(makeVolume(geometry, Float64Array.from(values)))];
    expect(single['lbp-3D-k'].data[4 + 9 * (4 + 9 * 4)]).toBeNaN();
    expect(double['lbp-3D-k'].data[4 + 9 * (4 + 9 * 4)]).toBeGreaterThan(-3);
  });

  test('images: one a degree, and the kurtosis; on the grid of the volume', async () => {
    const volume = exampleVolume();
    const images = await filtered(volume, { levels: 3 });
    expect(Object.keys(images)).toEqual(['lbp-3D-m1', 'lbp-3D-m2', 'lbp-3D-m3', 'lbp-3D-k']);
    for (const image of Object.values(images)) {
      expect(image.geometry).toEqual(volume.geometry);
      expect(image.data.every(Number.isFinite)).toBe(true);
    }
  });

  test('adding a constant to a floating-point volume changes no pattern inside', async () => {
    const volume = exampleVolume([9, 9, 9], [1, 1, 1]);
    const float = makeVolume(volume.geometry, Float64Array.from(volume.data));
    const raised = makeVolume(volume.geometry, Float64Array.from(volume.data, (value) => value + 4096));
    const [a, b] = [await filtered(float), await filtered(raised)];
    expect(b['lbp-3D-m1'].data[middle(volume)]).toBeCloseTo(a['lbp-3D-m1'].data[middle(volume)], 9);
  });

  test('where a sample equals its voxel, its last bit is SciPy\'s', async () => {
    // Bright points of the middle plane: scipy 1.10.1, map_coordinates(order=3) >= voxel, on an image of three levels with ties everywhere.
    const expected = [[11, 1, 40, 12, 1], [19, 2, 39, 21, 2], [19, 2, 39, 21, 2], [19, 2, 38, 21, 2], [11, 1, 40, 12, 1]];
    const levels = Float64Array.from({ length: 125 }, (_, i) => ((7 * (i % 5) + 3 * (Math.floor(i / 5) % 5) + 5 * Math.floor(i / 25)) % 3) * 0.1);
    const images = await filtered(makeVolume(makeGeometry({ size: [5, 5, 5] }), levels));
    // The norm of degree 0 counts them: each adds the same.
    const counts = Array.from(images['lbp-3D-m1'].data.slice(50, 75), (norm) => Math.round((norm * 4 * Math.PI) / Math.sqrt(42)));
    expect(counts).toEqual(expected.flat());
  });

  test('norms of degree 0 are those of NumPy\'s sums to the last bit', () => {
    // numpy 1.24.2: 1, 7, 21 and 42 of 42 points bright
    const counts = [1, 7, 21, 42];
    const samples = Float64Array.from({ length: 42 * 4 }, (_, i) => (Math.floor(i / 4) < counts[i % 4] ? 1 : 0));
    const norm = new Float64Array(4);
    patternNorms(samples, new Float64Array(4).fill(0.5), 0, 4, harmonics(icosphere(1, 1), 1, 1), [norm], rowSpace(4, 42, 1));
    expect([...norm]).toEqual([0.5157209585242164, 3.6100467096695166, 10.830140129008546, 21.660280258017085]);
  });

  test('coefficients of the spline are SciPy\'s to the last bit', () => {
    // scipy 1.10.1, spline_filter1d([.1, .7, .2, .4, .3], 3, mode='mirror')
    expect([...splineCoefficients([0.1, 0.7, 0.2, 0.4, 0.3], [5, 1, 1])]).toEqual([-0.45, 1.2000000000000002, -0.15, 0.6000000000000001, 0.15000000000000008]);
  });

  test('patterns with the same norm have it to the last bit', () => {
    const points = icosphere(1, 1);
    const count = points.length;
    const bright = new Float64Array(count * count); // one bright point a voxel; symmetry gives many of them the same norm
    for (let v = 0; v < count; v++) bright[v * count + v] = 1;
    const norms = [new Float64Array(count), new Float64Array(count)];
    patternNorms(bright, new Float64Array(count).fill(0.5), 0, count, harmonics(points, 1, 2), norms, rowSpace(count, count, 2));
    const different = [...new Set(norms[1])].toSorted((a, b) => a - b);
    expect(different.length).toBeGreaterThan(2);
    expect(different.length).toBeLessThan(count / 2);
    for (let i = 1; i < different.length; i++) expect(different[i] - different[i - 1]).toBeGreaterThan(1e-6);
  });
});

describeContract(lbp3d, { from: import.meta.url, examples: [{ operation: 'apply', inputs: () => ({ volume: exampleVolume() }) }] });
