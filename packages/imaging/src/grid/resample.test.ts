import { type Geometry, makeGeometry, makeMask, makeVolume, type Vec3, type VoxelArray } from '@radloom/core';
import { describe, expect, test } from 'vitest';
import { type Interpolator, interpolators, resampleMask, resampleVolume, voxelCentre } from './index.js';
import { splineCoefficients } from './compiled-coefficients.js';

const between = interpolators.filter((name) => name !== 'nearest');

/** A row of voxels along x. */
const row = (data: VoxelArray, spacing = 1) => makeVolume(makeGeometry({ size: [data.length, 1, 1], spacing: [spacing, 1, 1] }), data);
const rowGrid = (size: number, spacing: number, first: number): Geometry => makeGeometry({ size: [size, 1, 1], spacing: [spacing, 1, 1], origin: [first, 0, 0] });

describe('worked by hand', () => {
  test('linear: twice as fine, voxel corners aligned', () => {
    // New centres at -0.25, 0.25, 0.75 … of voxels 0 4 8: the outer ones repeat the border.
    expect([...resampleVolume(row(Float64Array.of(0, 4, 8)), rowGrid(6, 0.5, -0.25), 'linear').data]).toEqual([0, 1, 3, 5, 7, 8]);
  });

  test('nearest: halfway belongs to the higher index, outside is 0', () => {
    expect([...resampleVolume(row(Int16Array.of(5, 6, 7)), rowGrid(5, 1, -1.5), 'nearest').data]).toEqual([0, 5, 6, 7, 0]);
  });

  test('integers are cut off towards zero and limited to their type', () => {
    expect([...resampleVolume(row(Int16Array.of(-3, 0, 3)), rowGrid(2, 1, 0.5), 'linear').data]).toEqual([-1, 1]);
    const step = Uint8Array.of(0, 0, 0, 255, 255, 255);
    const overshoot = [...resampleVolume(row(step), rowGrid(12, 0.5, -0.25), 'bspline').data];
    expect(Math.min(...overshoot)).toBe(0);
    expect(Math.max(...overshoot)).toBe(255);
    expect(Math.max(...resampleVolume(row(Float32Array.from(step)), rowGrid(12, 0.5, -0.25), 'bspline').data)).toBeGreaterThan(255);
  });

  test('a mask goes to the nearest voxel and stays a mask', () => {
    const mask = makeMask(makeGeometry({ size: [4, 1, 1] }), Uint8Array.of(0, 1, 1, 0), 3, 'lesion');
    const fine = resampleMask(mask, rowGrid(8, 0.5, -0.25));
    expect([...fine.data]).toEqual([0, 0, 1, 1, 1, 1, 0, 0]);
    expect(fine).toMatchObject({ label: 3, name: 'lesion' });
    expect(resampleMask(mask, mask.geometry)).toBe(mask);
  });
});

/** Whole numbers without pattern on a tilted grid. */
const tilted = [0.8, -0.6, 0, 0.48, 0.64, -0.6, 0.36, 0.48, 0.8];
const geometry = makeGeometry({ size: [7, 6, 5], spacing: [0.9, 0.9, 2.5], origin: [-31.5, 12.25, 101], direction: tilted });
const voxels = new Int16Array(210).map((_, i) => {
  const x = i % 7;
  const y = Math.floor(i / 7) % 6;
  const z = Math.floor(i / 42);
  return ((x * x * 7 + y * 13 * x - z * z * 11 + ((i * 37) % 23)) % 101) - 20;
});
const image = makeVolume(geometry, voxels);
const alignedGrid = makeGeometry({ size: [4, 6, 9], spacing: [1.2, 0.6, 1], origin: [-31.29, 12.676, 100.382], direction: tilted });
const turnedGrid = makeGeometry({ size: [5, 4, 6], spacing: [1, 1, 1.5], origin: [-31.392, 11.8948, 101.9836], direction: [1, 0, 0, 0, 0.8, -0.6, 0, 0.6, 0.8] });

/** Every 13th voxel from the 6th on, as ITK 5.2.1 `ResampleImageFilter` gives it with SimpleITK's settings of the interpolators. */
const itk: Record<'aligned' | 'turned', Partial<Record<Interpolator, number[]>>> = {
  aligned: {
    nearest: [13, 73, 1, -2, 20, 73, 38, -18, 56, 21, 53, -61, 45, 21, 10, -97, 3],
    linear: [19, 47, 29, 0, 25, 42, 33, -30, 23, 19, 36, -59, 7, -2, 35, -92, -24],
    bspline2: [16, 59, 30, -1, 39, 48, 44, -26, 35, 26, 48, -63, 13, 0, 39, -96, -25],
    bspline3: [15, 63, 30, 0, 43, 44, 44, -25, 36, 26, 48, -63, 14, 0, 40, -96, -24],
    bspline4: [14, 67, 30, -1, 45, 43, 46, -24, 37, 26, 51, -64, 14, -1, 42, -96, -25],
    bspline5: [14, 69, 30, -1, 46, 41, 47, -24, 36, 26, 51, -64, 13, -1, 43, -96, -24],
    gaussian: [15, 33, 26, 4, 14, 29, 25, -30, 7, 8, 28, -53, -5, -6, 30, -71, -21],
    hammingSinc: [22, 63, 40, 4, 44, 40, 44, -26, 37, 24, 52, -62, 15, 7, 41, -95, -25],
    cosineSinc: [21, 62, 42, 5, 45, 39, 44, -25, 37, 24, 54, -61, 15, 8, 42, -95, -25],
    welchSinc: [21, 62, 42, 5, 45, 38, 44, -25, 37, 24, 54, -61, 15, 8, 42, -95, -25],
    lanczosSinc: [21, 62, 41, 5, 44, 39, 44, -25, 37, 24, 53, -62, 15, 7, 41, -95, -25],
    blackmanSinc: [22, 62, 38, 3, 42, 42, 44, -26, 37, 24, 50, -62, 14, 6, 40, -95, -25],
  },
  turned: {
    nearest: [20, 25, -15, 0, 53, 36, 0, 23, 0],
    linear: [11, 30, 15, 0, 28, 1, 0, 25, 0],
    bspline2: [15, 33, 9, 0, 29, 12, 0, 32, 0],
    bspline3: [15, 34, 10, 0, 29, 13, 0, 33, 0],
    bspline4: [15, 35, 9, 0, 29, 15, 0, 33, 0],
    bspline5: [15, 35, 9, 0, 29, 16, 0, 34, 0],
    gaussian: [5, 27, 19, 0, 25, -11, 0, 13, 0],
    hammingSinc: [13, 38, 12, 0, 32, 16, 0, 32, 0],
    cosineSinc: [13, 39, 12, 0, 32, 17, 0, 31, 0],
    welchSinc: [13, 39, 12, 0, 32, 18, 0, 31, 0],
    lanczosSinc: [13, 38, 12, 0, 32, 17, 0, 32, 0],
    blackmanSinc: [14, 36, 12, 0, 30, 14, 0, 31, 0],
  },
};

describe.each([
  ['aligned', alignedGrid],
  ['turned', turnedGrid],
] as const)('ITK on a grid that is %s', (name, grid) => {
  test.each(Object.entries(itk[name]))('%s', (interpolator, expected) => {
    const { data } = resampleVolume(image, grid, interpolator as Interpolator);
    expect([...data].filter((_, i) => i % 13 === 5)).toEqual(expected);
  });
});

test('ITK on float64, every 41st voxel from the 8th on, to rounding', () => {
  const { data } = resampleVolume(makeVolume(geometry, Float64Array.from(voxels)), alignedGrid, 'bspline');
  const expected = [27.459653174837698, -16.077449135356858, 28.315593841217105, 24.173773793159928, 50.174658368894136, -101.50137019312565];
  [...data].filter((_, i) => i % 41 === 7).forEach((value, n) => expect(value).toBeCloseTo(expected[n], 11));
});

// The weights of a windowed sinc sum to 1 within half a percent only.
test.each(between.filter((name) => !name.endsWith('Sinc')))('a constant stays constant inside and ends at the border: %s', (interpolator) => {
  const flat = makeVolume(makeGeometry({ size: [6, 5, 20] }), new Float32Array(600).fill(37));
  const { data } = resampleVolume(flat, makeGeometry({ size: [4, 3, 3], spacing: [2, 2, 9], origin: [-0.4, 0.3, 0.2] }), interpolator);
  const outside = (i: number) => i % 4 === 3; // x = 5.6, beyond 5.5
  expect([...data]).toEqual(Array.from({ length: 36 }, (_, i) => (outside(i) ? 0 : 37)));
});

describe.each(between)('%s', (interpolator) => {
  test('three passes and voxel by voxel are the same', () => {
    // The same voxels with the axes renamed: their grid no longer agrees with the target's, so every voxel is placed on its own.
    const [sx, sy, sz] = geometry.size;
    const renamed = makeGeometry({ size: [sy, sz, sx], spacing: [0.9, 2.5, 0.9], origin: geometry.origin, direction: [0, 1, 2].flatMap((r) => [tilted[3 * r + 1], tilted[3 * r + 2], tilted[3 * r]]) });
    const moved = new Float64Array(210);
    for (let i = 0; i < 210; i++) moved[(Math.floor(i / sx) % sy) + sy * (Math.floor(i / (sx * sy)) + sz * (i % sx))] = voxels[i];
    const direct = resampleVolume(makeVolume(geometry, Float64Array.from(voxels)), alignedGrid, interpolator).data;
    const turned = resampleVolume(makeVolume(renamed, moved), alignedGrid, interpolator).data;
    direct.forEach((value, i) => expect(turned[i]).toBeCloseTo(value, 10));
  });

  test('a grid beside the image is empty', () => {
    const far = makeGeometry({ ...alignedGrid, origin: [500, 500, 500] });
    const turnedFar = makeGeometry({ ...turnedGrid, origin: [500, 500, 500] });
    for (const grid of [far, turnedFar]) expect(resampleVolume(image, grid, interpolator).data.every((value) => value === 0)).toBe(true);
  });
});

test.each(['linear', 'bspline', 'bspline1', 'bspline2', 'bspline4', 'bspline5', 'hammingSinc', 'cosineSinc', 'welchSinc', 'lanczosSinc', 'blackmanSinc'] as const)('%s passes through the voxels', (interpolator) => {
  const grid = makeGeometry({ ...geometry, size: [3, 3, 3], origin: voxelCentre(geometry, [2, 1, 1]) });
  const { data } = resampleVolume(makeVolume(geometry, Float64Array.from(voxels)), grid, interpolator);
  for (let i = 0; i < 27; i++) expect(data[i]).toBeCloseTo(voxels[2 + (i % 3) + 7 * (1 + (Math.floor(i / 3) % 3) + 6 * (1 + Math.floor(i / 9)))], 10);
});

describe('B-spline coefficients', () => {
  const size: Vec3 = [40, 33, 130];
  const data = new Int16Array(40 * 33 * 130).map((_, i) => (i * 7919) % 1009);
  const whole = splineCoefficients(data, size, { low: [0, 0, 0], size }, 3);

  test('weighted 1/6, 4/6, 1/6 along each axis they give the samples back', () => {
    const at = (x: number, y: number, z: number) => whole[x + 40 * (y + 33 * z)];
    for (const [x, y, z] of [[5, 7, 60], [38, 31, 128], [1, 1, 1]]) {
      let sum = 0;
      for (let c = -1; c <= 1; c++) for (let b = -1; b <= 1; b++) for (let a = -1; a <= 1; a++) sum += [1, 4, 1][a + 1] * [1, 4, 1][b + 1] * [1, 4, 1][c + 1] * at(x + a, y + b, z + c);
      expect(sum / 216).toBeCloseTo(data[x + 40 * (y + 33 * z)], 9);
    }
  });

  test('of a block are those of the whole image, to the last bit', () => {
    const block = splineCoefficients(data, size, { low: [3, 20, 61], size: [9, 13, 5] }, 3);
    for (let i = 0; i < block.length; i++) expect(block[i]).toBe(whole[3 + (i % 9) + 40 * (20 + (Math.floor(i / 9) % 13) + 33 * (61 + Math.floor(i / 117)))]);
  });
});
