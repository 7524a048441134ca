import { type FeatureVector, type Inputs, memoBuilds, parseParams, type Region } from '@radloom/core';
import { textureWalk } from '@radloom/imaging';
import { ballMask, describeContract, exampleRegion, exampleVolume, testContext } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import glrlm from './index.js';

async function extract(region: Region, settings: object = {}): Promise<FeatureVector> {
  const operation = await glrlm.operations.extract.load();
  return (await operation({ region } as Inputs, parseParams(glrlm.params, settings), testContext())).features as FeatureVector;
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

describe('worked example: a line of levels 1 1 1 2 2 1', () => {
  // One direction, x: runs (1, 3), (2, 2), (1, 1).
  const line = () => exampleRegion({ size: [6, 1, 1], values: Int16Array.of(1, 1, 1, 2, 2, 1) });

  test.each([
    ['ShortRunEmphasis', (1 / 9 + 1 / 4 + 1) / 3],
    ['LongRunEmphasis', (9 + 4 + 1) / 3],
    ['GrayLevelNonUniformity', (2 ** 2 + 1) / 3],
    ['GrayLevelNonUniformityNormalized', 5 / 9],
    ['RunLengthNonUniformity', 1],
    ['RunLengthNonUniformityNormalized', 1 / 3],
    ['RunPercentage', 3 / 6],
    ['GrayLevelVariance', 2 / 9],
    ['RunVariance', 2 / 3],
    ['RunEntropy', Math.log2(3)],
    ['LowGrayLevelRunEmphasis', (1 + 1 / 4 + 1) / 3],
    ['HighGrayLevelRunEmphasis', (1 + 4 + 1) / 3],
    ['ShortRunLowGrayLevelEmphasis', (1 / 9 + 1 / 16 + 1) / 3],
    ['ShortRunHighGrayLevelEmphasis', (1 / 9 + 1 + 1) / 3],
    ['LongRunLowGrayLevelEmphasis', (9 + 1 + 1) / 3],
    ['LongRunHighGrayLevelEmphasis', (9 + 16 + 1) / 3],
  ])('%s', async (name, value) => {
    expect((await features(line()))[name]).toBeCloseTo(value, 12);
  });
});

describe('definitions', () => {
  test('a flat cube: along each axis all runs are as long as the cube', async () => {
    const found = await features(exampleRegion({ size: [2, 2, 2], values: new Int16Array(8).fill(3) }));
    // 3 directions along axes: 4 runs of 2. 6 in planes: 2 of 2, 4 of 1. 4 across: 1 of 2, 6 of 1.
    expect(found.RunPercentage).toBeCloseTo((3 * (4 / 8) + 6 * (6 / 8) + 4 * (7 / 8)) / 13, 12);
    expect(found.GrayLevelVariance).toBe(0);
    expect(found.HighGrayLevelRunEmphasis).toBeCloseTo(9, 12);
  });

  test('a direction without two voxels on a line does not count', async () => {
    const found = await features(exampleRegion({ size: [4, 1, 1], values: Int16Array.of(1, 1, 1, 1) }));
    expect(found).toMatchObject({ LongRunEmphasis: 16, RunPercentage: 1 / 4 });
  });

  test('no line at all: undefined, and why', async () => {
    const { values, reasons } = await extract(exampleRegion({ size: [3, 2, 1], values: new Int16Array(6).fill(1), mask: Uint8Array.of(1, 0, 0, 0, 0, 1) }));
    expect([...values].every(Number.isNaN)).toBe(true);
    expect(reasons.RunEntropy.code).toBe('no-lines');
  });

  test('weights are distances in mm: a grid of two rows, runs along x weigh 2, along y 3', async () => {
    const region = exampleRegion({ size: [2, 2, 1], spacing: [2, 3, 1], values: Int16Array.of(1, 1, 2, 3) });
    // along x: runs of 2, 1, 1; along y and both diagonals: four runs of 1
    const emphasis = async (weightingNorm: string | null) => (await features(region, { weightingNorm })).LongRunEmphasis;
    expect(await emphasis('no_weighting')).toBeCloseTo((4 + 1 + 1 + 3 * 4) / 15, 12);
    expect(await emphasis(null)).toBeCloseTo((6 / 3 + 3) / 4, 12);
    expect(await emphasis('infinity')).toBeCloseTo((2 * 6 + (3 + 3 + 3) * 4) / (2 * 3 + 9 * 4), 12);
    expect(await emphasis('manhattan')).toBeCloseTo((2 * 6 + (3 + 5 + 5) * 4) / (2 * 3 + 13 * 4), 12);
    const diagonal = Math.sqrt(13);
    expect(await emphasis('euclidean')).toBeCloseTo((2 * 6 + (3 + 2 * diagonal) * 4) / (2 * 3 + (3 + 2 * diagonal) * 4), 12);
  });

  test('run percentage of summed matrices divides by each voxel once per direction', async () => {
    const separate = (await features(ball())).RunPercentage;
    expect((await features(ball(), { weightingNorm: 'no_weighting' })).RunPercentage).toBeCloseTo(separate, 12);
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

/**
 * Published to three digits: 3D averaged (ITBB) and merged (IAZD); 2.5D, slices in one matrix per direction, averaged (JJUI) and merged
 * (ZW7Z). IBSI reference manual 2020. `no_weighting` merges.
 */
const published: [string, number, number, number, number][] = [
  ['GrayLevelNonUniformity', 21.8, 281, 19.5, 77.1],
  ['GrayLevelNonUniformityNormalized', 0.43, 0.43, 0.413, 0.412],
  ['GrayLevelVariance', 3.46, 3.48, 3.58, 3.59],
  ['HighGrayLevelRunEmphasis', 9.7, 9.64, 10.3, 10.2],
  ['LongRunEmphasis', 3.06, 2.76, 3.46, 3.27],
  ['LongRunHighGrayLevelEmphasis', 17.6, 15.6, 17.9, 17],
  ['LongRunLowGrayLevelEmphasis', 2.39, 2.16, 2.79, 2.63],
  ['LowGrayLevelRunEmphasis', 0.603, 0.607, 0.58, 0.585],
  ['RunEntropy', 2.43, 2.62, 2.52, 2.76],
  ['RunLengthNonUniformity', 26.9, 328, 22.3, 83.2],
  ['RunLengthNonUniformityNormalized', 0.513, 0.501, 0.461, 0.445],
  ['RunPercentage', 0.68, 0.68, 0.632, 0.632],
  ['RunVariance', 0.574, 0.598, 0.758, 0.767],
  ['ShortRunEmphasis', 0.705, 0.729, 0.665, 0.68],
  ['ShortRunHighGrayLevelEmphasis', 8.54, 8.67, 9.03, 9.05],
  ['ShortRunLowGrayLevelEmphasis', 0.352, 0.372, 0.296, 0.312],
];

test.each(published)('IBSI digital phantom: %s', async (name, averaged, merged, averagedSlices, mergedSlices) => {
  const digits = async (settings: object) => Number((await features(phantom(), settings))[name].toPrecision(3));
  expect(await digits({})).toBe(averaged);
  expect(await digits({ weightingNorm: 'no_weighting' })).toBe(merged);
  expect(await digits({ force2D: true })).toBe(averagedSlices);
  expect(await digits({ force2D: true, weightingNorm: 'no_weighting' })).toBe(mergedSlices);
});

describeContract(glrlm, {
  from: import.meta.url,
  examples: [
    { operation: 'extract', inputs: () => ({ region: ball() }) },
    { operation: 'extract', inputs: () => ({ region: ball() }), params: { weightingNorm: 'euclidean', force2D: true, include: ['RunEntropy', 'RunPercentage'] } },
  ],
});
