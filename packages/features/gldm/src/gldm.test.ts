import { type FeatureVector, type Inputs, memoBuilds, parseParams, type Region } from '@radloom/core';
import { textureWalk } from '@radloom/imaging';
import { ballMask, describeContract, exampleRegion, exampleVolume, testContext } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import gldm from './index.js';

async function extract(region: Region, settings: object = {}): Promise<FeatureVector> {
  const operation = await gldm.operations.extract.load();
  return (await operation({ region } as Inputs, parseParams(gldm.params, settings), testContext())).features as FeatureVector;
}

async function features(region: Region, settings: object = {}): Promise<Record<string, number>> {
  const { names, values } = await extract(region, settings);
  return Object.fromEntries(names.map((name, i) => [name, values[i]]));
}

const grid = () =>
  exampleRegion({
    size: [4, 4, 1],
    values: Int16Array.of(
      1, 1, 2, 2,
      1, 1, 2, 3,
      4, 4, 4, 3,
      4, 4, 4, 3,
    ),
  });

/** A ball in a textured volume, discretised in bins of 25. */
function ball(): Region {
  const { geometry, data } = exampleVolume();
  const values = Int16Array.from(data);
  const low = values.reduce((a, b) => Math.min(a, b));
  return exampleRegion({ size: geometry.size, spacing: geometry.spacing, values, mask: ballMask(geometry).data, levels: values.map((v) => 1 + Math.floor((v - low) / 25)) });
}

describe('worked example: dependences of level 1: 4 x four; of 2: 3 x three; of 3: 2 x two, 1 x three; of 4: 4 x four, 2 x six', () => {
  test('dependences', async () => {
    const found = await features(grid());
    expect(found.LargeDependenceEmphasis).toBeCloseTo((4 * 16 + 3 * 9 + 2 * 4 + 9 + 4 * 16 + 2 * 36) / 16, 12);
    expect(found.SmallDependenceEmphasis).toBeCloseTo((4 / 16 + 3 / 9 + 2 / 4 + 1 / 9 + 4 / 16 + 2 / 36) / 16, 12);
    expect(found.DependenceNonUniformity).toBeCloseTo((2 ** 2 + 4 ** 2 + 8 ** 2 + 2 ** 2) / 16, 12);
  });

  test('levels', async () => {
    const found = await features(grid());
    expect(found.GrayLevelNonUniformity).toBeCloseTo((4 ** 2 + 3 ** 2 + 3 ** 2 + 6 ** 2) / 16, 12);
    expect(found.HighGrayLevelEmphasis).toBeCloseTo((4 * 1 + 3 * 4 + 3 * 9 + 6 * 16) / 16, 12);
    expect(found.LargeDependenceHighGrayLevelEmphasis).toBeCloseTo((4 * 16 + 3 * 9 * 4 + 2 * 4 * 9 + 9 * 9 + 4 * 16 * 16 + 2 * 36 * 16) / 16, 12);
  });
});

describe('definitions', () => {
  test('alpha beyond all differences: every voxel depends on all its neighbours', async () => {
    const cube = exampleRegion({ size: [3, 3, 3], values: Int16Array.from({ length: 27 }, (_, i) => 1 + (i % 5)) });
    // 8 corners with 7 neighbours, 12 edges with 11, 6 faces with 17, the centre with 26
    expect((await features(cube, { alpha: 4 })).LargeDependenceEmphasis).toBeCloseTo((8 * 64 + 12 * 144 + 6 * 324 + 729) / 27, 12);
  });

  test('dependence grows with alpha and with distances', async () => {
    const emphasis = async (settings: object) => (await features(ball(), settings)).LargeDependenceEmphasis;
    expect(await emphasis({ alpha: 1 })).toBeGreaterThan(await emphasis({}));
    expect(await emphasis({ distances: [1, 2] })).toBeGreaterThan(await emphasis({ distances: [1] }));
  });

  test('a flat region within slices: 3, 5 or 8 neighbours', async () => {
    const found = await features(exampleRegion({ size: [3, 3, 2], values: new Int16Array(18).fill(1) }), { force2D: true });
    expect(found.LargeDependenceEmphasis).toBeCloseTo((4 * 16 + 4 * 36 + 81) / 9, 12);
    expect(found.DependenceNonUniformityNormalized).toBeCloseTo((8 ** 2 + 8 ** 2 + 2 ** 2) / 18 ** 2, 12);
    expect(found.GrayLevelVariance).toBe(0);
  });

  test('a voxel alone depends on itself', async () => {
    expect(await features(exampleRegion({ size: [1, 1, 1], values: Int16Array.of(2) }))).toMatchObject({ LargeDependenceEmphasis: 1, SmallDependenceEmphasis: 1, HighGrayLevelEmphasis: 4 });
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
 * Published to three digits for NGLDM at alpha 0, which is GLDM: 3D (KOBO) and 2.5D, slices in one matrix (62GR). IBSI reference
 * manual 2020.
 */
const published: [string, number, number][] = [
  ['DependenceEntropy', 4.4, 3.36],
  ['DependenceNonUniformity', 4.86, 12.4],
  ['DependenceNonUniformityNormalized', 0.0657, 0.167],
  ['DependenceVariance', 22.1, 3.27],
  ['GrayLevelNonUniformity', 37.9, 37.9],
  ['GrayLevelVariance', 3.05, 3.05],
  ['HighGrayLevelEmphasis', 7.66, 7.66],
  ['LargeDependenceEmphasis', 109, 18.8],
  ['LargeDependenceHighGrayLevelEmphasis', 235, 50.8],
  ['LargeDependenceLowGrayLevelEmphasis', 102, 17.2],
  // oxlint-disable-next-line oxc/approx-constant -- a published value, not ln 2
  ['LowGrayLevelEmphasis', 0.693, 0.693],
  ['SmallDependenceEmphasis', 0.045, 0.159],
  ['SmallDependenceHighGrayLevelEmphasis', 0.736, 3.07],
  ['SmallDependenceLowGrayLevelEmphasis', 0.00963, 0.0477],
];

test.each(published)('IBSI digital phantom: %s', async (name, inSpace, bySlice) => {
  expect(Number((await features(phantom()))[name].toPrecision(3))).toBe(inSpace);
  expect(Number((await features(phantom(), { force2D: true }))[name].toPrecision(3))).toBe(bySlice);
});

describeContract(gldm, {
  from: import.meta.url,
  examples: [
    { operation: 'extract', inputs: () => ({ region: ball() }) },
    { operation: 'extract', inputs: () => ({ region: ball() }), params: { alpha: 2, distances: [1, 2], force2D: true, include: ['DependenceEntropy'] } },
  ],
});
