import { indexToWorld, makeGeometry, makeMask, makeVolume, type Vec3, worldToIndex } from '@radloom/core';
import { describe, expect, test } from 'vitest';
import { boxGeometry, compareGrids, continuousIndexAt, cropMask, cropVolume, growBox, inverseBySingularValues, maskBox, maskInBox, pointAt, requireSameGrid, voxelCentre } from './index.js';

/** Orthonormal with short decimals, so that it can be typed exactly. */
const tilted = [0.8, -0.6, 0, 0.48, 0.64, -0.6, 0.36, 0.48, 0.8];

describe('positions', () => {
  const geometry = makeGeometry({ size: [7, 6, 5], spacing: [0.9, 0.9, 2.5], origin: [-31.5, 12.25, 101], direction: tilted });

  test('are those of core up to rounding, and lead back', () => {
    const index: Vec3 = [2, 3, 1];
    const there = voxelCentre(geometry, index);
    indexToWorld(geometry, index).forEach((value, a) => expect(there[a]).toBeCloseTo(value, 12));
    pointAt(geometry, index).forEach((value, a) => expect(value).toBeCloseTo(there[a], 12));
    continuousIndexAt(geometry, there).forEach((value, a) => expect(value).toBeCloseTo(index[a], 12));
    worldToIndex(geometry, there).forEach((value, a) => expect(value).toBeCloseTo(index[a], 12));
  });

  test('the inverse matrix is that of ITK 5.2.1 to the last bit', () => {
    const matrix = tilted.map((cosine, i) => cosine * geometry.spacing[i % 3]);
    expect(inverseBySingularValues(matrix)).toEqual([
      0.88888888888888873, 0.53333333333333299, 0.3999999999999998, -0.66666666666666652, 0.71111111111111125, 0.53333333333333344, -2.2204460492503129e-17, -0.24000000000000002, 0.32000000000000006,
    ]);
  });

  test('axes of space are inverted without a trace of each other', () => {
    expect(inverseBySingularValues([0, 2, 0, 0, 0, -0.5, 4, 0, 0]).map((value) => value + 0)).toEqual([0, 0, 0.25, 0.5, 0, 0, 0, -2, 0]);
  });
});

describe('boxes', () => {
  const geometry = makeGeometry({ size: [6, 5, 4], spacing: [1, 2, 3], origin: [10, 20, 30] });
  const data = new Uint8Array(120);
  for (const [x, y, z] of [[1, 2, 1], [4, 3, 1], [2, 2, 2]]) data[x + 6 * (y + 5 * z)] = 1;
  const mask = makeMask(geometry, data, 7, 'mass');

  test('the box of a mask, worked by hand', () => {
    expect(maskBox(mask)).toEqual({ low: [1, 2, 1], size: [4, 2, 2] });
    expect(maskBox(makeMask(geometry, new Uint8Array(120)))).toBeNull();
    // A view that does not start at a multiple of four bytes is looked at byte by byte.
    const shifted = new Uint8Array(121).subarray(1);
    shifted.set(data);
    expect(maskBox(makeMask(geometry, shifted))).toEqual({ low: [1, 2, 1], size: [4, 2, 2] });
  });

  test('grow within the grid', () => {
    expect(growBox({ low: [1, 2, 1], size: [4, 2, 2] }, 2, geometry.size)).toEqual({ low: [0, 0, 0], size: [6, 5, 4] });
  });

  test('have a grid of their own, and cropping keeps label, name and place', () => {
    const box = { low: [1, 2, 1] as const, size: [4, 2, 2] as const };
    expect(boxGeometry(geometry, box)).toMatchObject({ origin: [11, 24, 33], size: [4, 2, 2] });
    const cut = cropMask(mask, box);
    expect([...cut.data]).toEqual([1, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0]);
    expect(cut).toMatchObject({ label: 7, name: 'mass' });
    expect(cropMask(mask, { low: [0, 0, 0], size: geometry.size })).toBe(mask);
  });

  test('may reach beyond a volume, which is filled up', () => {
    const volume = makeVolume(makeGeometry({ size: [2, 2, 1], origin: [0, 0, 5] }), Int16Array.of(1, 2, 3, 4), { acquisition: { Modality: 'CT' } });
    const wide = cropVolume(volume, { low: [-1, 1, -1], size: [4, 2, 2] }, -1000);
    expect([...wide.data]).toEqual([-1000, -1000, -1000, -1000, -1000, -1000, -1000, -1000, -1000, 3, 4, -1000, -1000, -1000, -1000, -1000]);
    expect(wide.geometry.origin).toEqual([-1, 1, 4]);
    expect(wide.data).toBeInstanceOf(Int16Array);
    expect(wide.acquisition).toEqual({ Modality: 'CT' });
  });

  test('a mask is cut to its box once', () => {
    expect(maskInBox(mask)).toBe(maskInBox(mask));
    expect(maskInBox(mask)?.mask.geometry.size).toEqual([4, 2, 2]);
  });
});

describe('comparing grids', () => {
  const grid = makeGeometry({ size: [10, 10, 5], spacing: [0.5, 0.5, 5], origin: [0, 0, 0] });

  test('equal grids do not differ, nor do they within the tolerance', () => {
    expect(compareGrids(grid, makeGeometry(grid), 0)).toBeNull();
    expect(compareGrids(grid, makeGeometry({ ...grid, origin: [5e-7, 0, 0] }), 1e-6)).toBeNull();
    expect(compareGrids(grid, makeGeometry({ ...grid, origin: [5.1e-7, 0, 0] }), 1e-6)?.differs).toEqual(['origin']);
  });

  test('says what differs and by how much', () => {
    const other = makeGeometry({ size: [10, 10, 6], spacing: [0.5, 0.5, 4.998], origin: [0, 0.25, 0] });
    expect(compareGrids(grid, other, 1e-6)).toMatchObject({ differs: ['size', 'spacing', 'origin'], origin: 0.25, direction: 0 });
    // Last slice: 4 x 5 mm against 5 x 4.998 mm, and 0.25 mm along y.
    expect(compareGrids(grid, other, 1e-6)?.farthestCorner).toBeCloseTo(Math.hypot(0.25, 5 * 4.998 - 20), 12);
  });

  test('the error names the property and both values', () => {
    const other = makeGeometry({ ...grid, spacing: [0.5, 0.5, 4.998] });
    expect(() => requireSameGrid(grid, other, 1e-6, 'Do this.')).toThrow(/spacing {3}image 0.5 0.5 5 mm {3}mask 0.5 0.5 4.998 mm\n {2}origin {4}equal[^]*farthest corner differs by 0.008 mm\n {2}Do this\./);
    expect(() => requireSameGrid(grid, grid, 1e-6)).not.toThrow();
  });
});
