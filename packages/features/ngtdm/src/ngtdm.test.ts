import { type FeatureVector, type Inputs, memoBuilds, parseParams, type Region } from '@radloom/core';
import { textureWalk, toneDifferences } from '@radloom/imaging';
import { ballMask, describeContract, exampleRegion, exampleVolume, testContext } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import ngtdm from './index.js';

async function extract(region: Region, settings: object = {}): Promise<FeatureVector> {
  const operation = await ngtdm.operations.extract.load();
  return (await operation({ region } as Inputs, parseParams(ngtdm.params, settings), testContext())).features as FeatureVector;
}

async function features(region: Region, settings: object = {}): Promise<Record<string, number>> {
  const { names, values } = await extract(region, settings);
  return Object.fromEntries(names.map((name, i) => [name, values[i]]));
}

/** A ball in a textured volume, discretised in bins of 25. */
function ball(): Region {
  const { geometry, data } = exampleVolume();
  const values = Int16Array.from(data);
  const low = values.reduce((a, b) => Math.min(a, b));
  return exampleRegion({ size: geometry.size, spacing: geometry.spacing, values, mask: ballMask(geometry).data, levels: values.map((v) => 1 + Math.floor((v - low) / 25)) });
}

describe('worked example: a line of levels 1, 2, 4', () => {
  // Differences from the neighbours' mean: |1 - 2| = 1, |2 - 5/2| = 1/2, |4 - 2| = 2; each level has a third of the voxels.
  const line = () => exampleRegion({ size: [3, 1, 1], values: Int16Array.of(1, 2, 4) });

  test.each([
    ['Coarseness', 1 / (3.5 / 3)],
    ['Contrast', ((2 * (1 + 9 + 4)) / 9 / (3 * 2)) * (3.5 / 3)],
    ['Busyness', 3.5 / 3 / ((2 * (1 + 3 + 2)) / 3)],
    ['Complexity', (2 * ((1 * 1.5) / 2 + (3 * 3) / 2 + (2 * 2.5) / 2)) / 3],
    ['Strength', ((2 * 2) / 3) * (1 + 9 + 4) / 3.5],
  ])('%s', async (name, value) => {
    expect((await features(line()))[name]).toBeCloseTo(value, 12);
  });
});

describe('definitions', () => {
  test('a flat region: no difference, so coarseness has its largest value and the rest is 0', async () => {
    expect(await features(exampleRegion({ size: [3, 3, 3], values: new Int16Array(27).fill(2) }))).toEqual({ Busyness: 0, Coarseness: 1e6, Complexity: 0, Contrast: 0, Strength: 0 });
  });

  test('a denominator of 0 makes busyness 0: level times share is the same for both levels', async () => {
    expect((await features(exampleRegion({ size: [3, 1, 1], values: Int16Array.of(1, 2, 1) }))).Busyness).toBe(0);
  });

  test('a voxel without neighbours counts among the voxels', async () => {
    const with1 = exampleRegion({ size: [5, 1, 1], values: Int16Array.of(1, 2, 1, 1, 1), mask: Uint8Array.of(1, 1, 0, 0, 1) });
    // levels 1 (2 voxels, summed difference 1) and 2 (1 voxel, 1): sum of p s = 2/3 + 1/3
    expect((await features(with1)).Coarseness).toBeCloseTo(1, 12);
  });

  test('formulas are the sums over all pairs of levels that the paper writes', async () => {
    const stream = [5, 3, 1, 4, 4, 2, 7, 7, 1, 5, 3, 3, 6, 9, 2, 2, 9, 1, 8, 5, 4, 4, 4, 6];
    const region = exampleRegion({ size: [6, 4, 1], values: Int16Array.from(stream) });
    const { level, population, difference: s } = toneDifferences(region, { force2D: false, force2DDimension: 0, distances: [1] });
    const p = population.map((n) => n / stream.length);
    const pairs = (term: (i: number, j: number) => number) => [...level.keys()].reduce((sum, i) => sum + [...level.keys()].reduce((row, j) => row + term(i, j), 0), 0);
    const summed = s.reduce((a, b) => a + b);
    const n = level.length;
    const found = await features(region);
    expect(found.Contrast).toBeCloseTo((pairs((i, j) => p[i] * p[j] * (level[i] - level[j]) ** 2) / (n * (n - 1))) * (summed / stream.length), 12);
    expect(found.Busyness).toBeCloseTo(p.reduce((sum, share, i) => sum + share * s[i], 0) / pairs((i, j) => Math.abs(level[i] * p[i] - level[j] * p[j])), 12);
    expect(found.Complexity).toBeCloseTo(pairs((i, j) => (Math.abs(level[i] - level[j]) * (p[i] * s[i] + p[j] * s[j])) / (p[i] + p[j])) / stream.length, 12);
    expect(found.Strength).toBeCloseTo(pairs((i, j) => (p[i] + p[j]) * (level[i] - level[j]) ** 2) / summed, 12);
  });
});

test('finds the walk that another family built', async () => {
  const region = ball();
  textureWalk(region, { force2D: false, force2DDimension: 0 });
  await extract(region);
  expect(memoBuilds(region).get('texture-walk:flat=none')).toBe(1);
});

/** The IBSI 1 digital phantom, 5 x 4 x 4 voxels of 2 mm, and its mask of 74 voxels (Zwanenburg & Clunie, CC BY 4.0). */
const phantom = () =>
  exampleRegion({
    size: [5, 4, 4],
    spacing: [2, 2, 2],
    values: Int16Array.of(
      1, 4, 4, 1, 1, 1, 4, 6, 1, 1, 4, 1, 6, 4, 1, 4, 4, 6, 4, 1,
      1, 4, 4, 1, 1, 1, 1, 6, 1, 1, 1, 1, 3, 1, 1, 4, 4, 6, 1, 1,
      1, 4, 4, 1, 1, 1, 1, 1, 1, 1, 1, 1, 9, 1, 1, 1, 1, 6, 1, 1,
      1, 4, 4, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 6, 1, 1,
    ),
    mask: Uint8Array.of(
      1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
      1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1,
      1, 1, 1, 0, 0, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1,
      1, 1, 1, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    ),
  });

/** Published to three digits: 3D (KOBO) and 2.5D, slices in one matrix (62GR). IBSI reference manual 2020. */
const published: [string, number, number][] = [
  ['Busyness', 6.54, 6.8],
  ['Coarseness', 0.0296, 0.0285],
  ['Complexity', 13.5, 14.1],
  ['Contrast', 0.584, 0.601],
  ['Strength', 0.763, 0.741],
];

test.each(published)('IBSI digital phantom: %s', async (name, inSpace, bySlice) => {
  expect(Number((await features(phantom()))[name].toPrecision(3))).toBe(inSpace);
  expect(Number((await features(phantom(), { force2D: true }))[name].toPrecision(3))).toBe(bySlice);
});

describeContract(ngtdm, {
  from: import.meta.url,
  examples: [
    { operation: 'extract', inputs: () => ({ region: ball() }) },
    { operation: 'extract', inputs: () => ({ region: ball() }), params: { distances: [1, 2], force2D: true, force2DDimension: 2, include: ['Strength', 'Busyness'] } },
  ],
});
