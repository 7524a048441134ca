import { type FeatureVector, type Inputs, memoBuilds, parseParams, type Region } from '@radloom/core';
import { textureWalk } from '@radloom/imaging';
import { ballMask, describeContract, exampleRegion, exampleVolume, testContext } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import glszm from './index.js';

async function extract(region: Region, settings: object = {}): Promise<FeatureVector> {
  const operation = await glszm.operations.extract.load();
  return (await operation({ region } as Inputs, parseParams(glszm.params, settings), testContext())).features as FeatureVector;
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

describe('worked example: zones of 4 voxels of level 1, 3 of 2, 3 of 3, 6 of 4', () => {
  test('sizes', async () => {
    const found = await features(grid());
    expect(found.SmallAreaEmphasis).toBeCloseTo((1 / 16 + 1 / 9 + 1 / 9 + 1 / 36) / 4, 12);
    expect(found.LargeAreaEmphasis).toBeCloseTo((16 + 9 + 9 + 36) / 4, 12);
    expect(found.ZonePercentage).toBeCloseTo(4 / 16, 12);
    expect(found.ZoneVariance).toBeCloseTo(6 / 4, 12); // about the mean 4: 0, 1, 1, 4
    expect(found.SizeZoneNonUniformity).toBeCloseTo((1 + 2 ** 2 + 1) / 4, 12);
    expect(found.ZoneEntropy).toBeCloseTo(2, 12);
  });

  test('levels', async () => {
    const found = await features(grid());
    expect(found.GrayLevelNonUniformity).toBeCloseTo(4 / 4, 12);
    expect(found.GrayLevelVariance).toBeCloseTo(1.25, 12);
    expect(found.HighGrayLevelZoneEmphasis).toBeCloseTo((1 + 4 + 9 + 16) / 4, 12);
    expect(found.LargeAreaHighGrayLevelEmphasis).toBeCloseTo((1 * 16 + 4 * 9 + 9 * 9 + 16 * 36) / 4, 12);
    expect(found.SmallAreaLowGrayLevelEmphasis).toBeCloseTo((1 / 16 + 1 / 36 + 1 / 81 + 1 / 576) / 4, 12);
  });
});

describe('definitions', () => {
  test('a flat region is one zone', async () => {
    const found = await features(exampleRegion({ size: [3, 4, 5], values: new Int16Array(60).fill(1) }));
    expect(found).toMatchObject({ LargeAreaEmphasis: 3600, ZonePercentage: 1 / 60, ZoneVariance: 0, GrayLevelNonUniformity: 1, SizeZoneNonUniformity: 1 });
    expect(found.ZoneEntropy).toBeCloseTo(0, 12); // -3.2e-16: PyRadiomics adds an epsilon inside the logarithm
  });

  test('where no neighbours are equal every voxel is a zone', async () => {
    const found = await features(exampleRegion({ size: [6, 1, 1], values: Int16Array.of(1, 2, 1, 2, 1, 2) }));
    expect(found).toMatchObject({ ZonePercentage: 1, SmallAreaEmphasis: 1, LargeAreaEmphasis: 1, ZoneVariance: 0 });
  });

  test('normalised non-uniformities are the plain ones per zone', async () => {
    const found = await features(ball());
    expect(found.GrayLevelNonUniformity / found.GrayLevelNonUniformityNormalized).toBeCloseTo(found.SizeZoneNonUniformity / found.SizeZoneNonUniformityNormalized, 9);
  });

  test('a diagonal connects; slices on their own do not', async () => {
    const diagonal = exampleRegion({ size: [2, 2, 2], values: new Int16Array(8).fill(1), mask: Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 1) });
    expect((await features(diagonal)).LargeAreaEmphasis).toBe(4);
    for (const force2DDimension of [0, 1, 2]) expect((await features(diagonal, { force2D: true, force2DDimension })).LargeAreaEmphasis).toBe(1);
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

/** Published to three digits: 3D (KOBO) and 2.5D, zones of slices in one matrix (62GR). IBSI reference manual 2020. */
const published: [string, number, number][] = [
  ['GrayLevelNonUniformity', 1.4, 5.44],
  ['GrayLevelNonUniformityNormalized', 0.28, 0.302],
  ['GrayLevelVariance', 2.64, 3.92],
  ['HighGrayLevelZoneEmphasis', 15.6, 16.2],
  ['LargeAreaEmphasis', 550, 34.2],
  ['LargeAreaHighGrayLevelEmphasis', 1490, 107],
  ['LargeAreaLowGrayLevelEmphasis', 503, 30.6],
  ['LowGrayLevelZoneEmphasis', 0.253, 0.368],
  ['SizeZoneNonUniformity', 1, 3.44],
  ['SizeZoneNonUniformityNormalized', 0.2, 0.191],
  ['SmallAreaEmphasis', 0.255, 0.368],
  ['SmallAreaHighGrayLevelEmphasis', 2.76, 9.87],
  ['SmallAreaLowGrayLevelEmphasis', 0.0256, 0.0295],
  ['ZoneEntropy', 2.32, 3.08],
  ['ZonePercentage', 0.0676, 0.243],
  ['ZoneVariance', 331, 17.3],
];

test.each(published)('IBSI digital phantom: %s', async (name, inSpace, bySlice) => {
  expect(Number((await features(phantom()))[name].toPrecision(3))).toBe(inSpace);
  expect(Number((await features(phantom(), { force2D: true }))[name].toPrecision(3))).toBe(bySlice);
});

describeContract(glszm, {
  from: import.meta.url,
  examples: [
    { operation: 'extract', inputs: () => ({ region: ball() }) },
    { operation: 'extract', inputs: () => ({ region: ball() }), params: { force2D: true, force2DDimension: 1, include: ['ZoneEntropy', 'ZonePercentage'] } },
  ],
});
