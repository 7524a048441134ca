import { makeGeometry, makeMask, makeVolume, memoBuilds, parseParams, random, type VoxelArray } from '@radloom/core';
import { ballMask, describeContract, exampleVolume } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import discretise from './index.js';
import { levelsOf } from './levels.js';
import { run } from './run.js';

const width = (binWidth: number) => ({ binWidth, binCount: null, morphologyBox: 'own' as const });
const count = (binCount: number) => ({ binWidth: 25, binCount });
const levels = (values: VoxelArray, binning: { binWidth: number; binCount: number | null }) => [...levelsOf(values, binning).values];

describe('worked by hand', () => {
  test('width 25: edges at 50, 75, 100 …, the lowest bin is 1', () => {
    expect(levels(Int16Array.of(54, 74, 75, 99, 166), width(25))).toEqual([1, 1, 2, 2, 5]);
    expect(levels(Int16Array.of(-30, -25, -1, 0), width(25))).toEqual([1, 2, 2, 3]);
  });

  test('count 4 from 0 to 8: edges at 0, 2, 4, 6, the maximum in the last bin', () => {
    expect(levels(Int16Array.of(0, 1, 2, 5, 6, 8), count(4))).toEqual([1, 1, 2, 3, 4, 4]);
  });

  test('a flat ROI has one level, or lies in the middle of the bins', () => {
    expect(levels(Float32Array.of(7, 7), width(25))).toEqual([1, 1]);
    // Edges 6.5, 6.75, 7, 7.25, 8.5.
    expect(levels(Float32Array.of(7, 7), count(4))).toEqual([3, 3]);
  });

  test('levels without a voxel keep their number', () => {
    const found = levelsOf(Int16Array.of(0, 100), width(10));
    expect(found).toEqual({ values: Uint8Array.of(1, 11), count: 11 });
  });
});

describe('rounding is that of NumPy', () => {
  test('edges are low + i step, the step rounded with the low edge', () => {
    // arange(0.1 - 0.1 % 0.1, …, 0.1): three steps of 0.1 are 0.30000000000000004, above 0.3.
    expect(levels(Float64Array.of(0.05, 0.3, 0.30000000000000004), width(0.1))).toEqual([1, 3, 4]);
  });

  test('a value on an edge belongs to the bin above', () => {
    for (const binWidth of [0.25, 0.75, 7, 25]) {
      const low = -5 * binWidth;
      const values = Float64Array.from({ length: 40 }, (_, i) => low + i * binWidth);
      const found = levels(values, width(binWidth));
      found.forEach((level, i) => i > 0 && expect([level - found[i - 1], i]).toEqual([1, i]));
    }
  });

  test('float32 images have float32 edges with a bin count', () => {
    const values = Float32Array.of(0, 0.3, 1);
    // The edge 0.3 is rounded to float32 like the value, which is therefore on it; float64 values of the same numbers are as well.
    expect(levels(values, count(10))).toEqual([1, 4, 10]);
    expect(levels(Float64Array.from(values), count(10))).toEqual([1, 4, 10]);
    const below = Math.fround(0.1);
    expect(below).toBeGreaterThan(0.1);
    expect(levels(Float32Array.of(0, below, 1), count(10))).toEqual([1, 2, 10]);
  });
});

describe('invariants', () => {
  const stream = random([5, 6, 7, 8]);
  const values = Float64Array.from({ length: 500 }, () => 300 * stream.normal());

  test.each([0.5, 3, 25, 1000])('width %d: floor(x / w) - floor(min / w) + 1', (binWidth) => {
    const low = Math.floor(values.reduce((a, b) => Math.min(a, b)) / binWidth);
    expect(levels(values, width(binWidth))).toEqual(Array.from(values, (x) => Math.floor(x / binWidth) - low + 1));
  });

  test.each([1, 2, 32, 300, 70000])('count %d: order is kept, the ends are 1 and N', (n) => {
    const found = levelsOf(values, count(n));
    expect(found.count).toBe(n);
    const order = [...values.keys()].sort((a, b) => values[a] - values[b]);
    expect(found.values[order[0]]).toBe(1);
    for (let i = 1; i < order.length; i++) expect(found.values[order[i]]).toBeGreaterThanOrEqual(found.values[order[i - 1]]);
  });

  test('the array class follows the highest level', () => {
    expect(levelsOf(Int16Array.of(0, 254), width(1)).values).toBeInstanceOf(Uint8Array);
    expect(levelsOf(Int16Array.of(0, 255), width(1)).values).toBeInstanceOf(Uint16Array);
    expect(levelsOf(Int32Array.of(0, 65535), width(1)).values).toBeInstanceOf(Int32Array);
  });
});

test('what cannot be counted is refused', () => {
  expect(() => levelsOf(Float64Array.of(0, 1e12), width(1e-3))).toThrow(/more grey levels than can be counted/);
  expect(() => levelsOf(Float64Array.of(1e20, 1e20 + 1e6), width(1e-3))).toThrow(/more grey levels than can be counted/);
  expect(() => levelsOf(Float64Array.of(0, NaN, 1), width(1))).toThrow(/at 1 of the ROI's 3 voxels/);
  expect(() => levelsOf(Float32Array.of(-Infinity, Infinity, 1), count(8))).toThrow(/at 2 of/);
});

describe('the region', () => {
  const geometry = makeGeometry({ size: [4, 3, 2], spacing: [1, 2, 3], origin: [0, 0, 10] });
  const volume = makeVolume(geometry, Int16Array.from({ length: 24 }, (_, i) => 10 * i));
  const mask = makeMask(geometry, Uint8Array.from({ length: 24 }, (_, i) => ([1, 2, 6, 14].includes(i) ? 1 : 0)));
  const morphology = makeMask(geometry, Uint8Array.from({ length: 24 }, (_, i) => ([0, 1, 2, 6, 14].includes(i) ? 1 : 0)));

  test('is cut to the box of the mask, the morphology to its own', () => {
    const { region } = run({ volume, mask, morphology }, width(25));
    expect(region.geometry).toMatchObject({ size: [2, 2, 2], origin: [1, 0, 10], spacing: [1, 2, 3] });
    expect([...region.image]).toEqual([10, 20, 50, 60, 130, 140, 170, 180]);
    expect([...region.intensityMask.data]).toEqual([1, 1, 0, 1, 0, 1, 0, 0]);
    expect([...region.values]).toEqual([10, 20, 60, 140]);
    expect(region.values).toBeInstanceOf(Int16Array);
    expect(region.levels).toEqual({ values: Uint8Array.of(1, 1, 3, 6), count: 6 });
    expect(region.morphologyMask.geometry.size).toEqual([3, 2, 2]);
  });

  test("with morphologyBox intensity, the morphology is cut to the mask's box: PyRadiomics measures no shape outside it", () => {
    const { region } = run({ volume, mask, morphology }, { ...width(25), morphologyBox: 'intensity' });
    expect(region.morphologyMask.geometry).toEqual(region.geometry);
    expect([...region.morphologyMask.data]).toEqual([1, 1, 0, 1, 0, 1, 0, 0]);
  });

  test('shares its masks with the regions of other images of the case', () => {
    const first = run({ volume, mask, morphology }, width(25)).region;
    const second = run({ volume: makeVolume(geometry, new Float64Array(24).fill(1)), mask, morphology }, width(1)).region;
    expect(second.intensityMask).toBe(first.intensityMask);
    expect(second.morphologyMask).toBe(first.morphologyMask);
    expect([...memoBuilds(mask).values()].every((builds) => builds === 1)).toBe(true);
    const single = run({ volume, mask }, width(25)).region;
    expect(single.morphologyMask).toBe(single.intensityMask);
  });

  test('needs image and mask of one size, and a voxel', () => {
    expect(() => run({ volume: exampleVolume(), mask }, width(25))).toThrow(/12 x 11 x 10 voxels and the mask 4 x 3 x 2/);
    expect(() => run({ volume, mask: makeMask(geometry, new Uint8Array(24)) }, width(25))).toThrow(/The ROI has no voxel/);
  });
});

test('a bin count wins over the width', () => {
  expect(parseParams(discretise.params, {})).toEqual({ binWidth: 25, binCount: null, morphologyBox: 'own' });
  expect(levelsOf(Int16Array.of(0, 100), { binWidth: 1, binCount: 4 }).count).toBe(4);
});

describeContract(discretise, {
  from: import.meta.url,
  examples: [
    { operation: 'run', inputs: () => ({ volume: exampleVolume(), mask: ballMask(exampleVolume().geometry) }) },
    { operation: 'run', inputs: () => ({ volume: exampleVolume(), mask: ballMask(exampleVolume().geometry, 0.3), morphology: ballMask(exampleVolume().geometry) }), params: { binCount: 16 } },
  ],
});
