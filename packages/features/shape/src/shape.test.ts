import { ballMask, describeContract, exampleRegion, testContext } from '@radloom/testkit';
import { type FeatureInfo, type FeatureVector, type Inputs, makeGeometry, parseParams, type Region } from '@radloom/core';
import { describe, expect, test } from 'vitest';
import shape from './index.js';

const infos = shape.about.features as FeatureInfo[];

async function features(region: Region, include?: string[], more: object = {}): Promise<Record<string, number>> {
  const operation = await shape.operations.extract.load();
  const { features } = await operation({ region } as Inputs, parseParams(shape.params, include === undefined ? more : { include, ...more }), testContext());
  const { names, values } = features as FeatureVector;
  return Object.fromEntries(names.map((name, i) => [name, values[i]]));
}

const all = infos.map((info) => info.name);
const regionOf = (size: [number, number, number], spacing: [number, number, number], mask: ArrayLike<number>) =>
  exampleRegion({ size, spacing, values: new Int16Array(size[0] * size[1] * size[2]), mask: Uint8Array.from(mask) });

describe('worked example: two voxels of 1 x 1 x 1 mm side by side', () => {
  // The mesh is a square prism, one voxel long, over the diamond with corners half a voxel from its middle, with a pyramid half a
  // voxel high at each end.
  const region = regionOf([2, 1, 1], [1, 1, 1], [1, 1]);

  test('volume: diamond of area 1/2 times 1, and two pyramids of 1/3 x 1/2 x 1/2', async () => {
    expect((await features(region)).MeshVolume).toBeCloseTo(1 / 2 + 2 / 12, 12);
  });

  test('area: four sides of sqrt(1/2) x 1, and eight equilateral triangles of side sqrt(1/2)', async () => {
    expect((await features(region)).SurfaceArea).toBeCloseTo(4 * Math.SQRT1_2 + 8 * (Math.sqrt(3) / 8), 12);
  });

  test('counted volume 2, longest diameter 2, axis 4 x 1/2 long and 0 across', async () => {
    expect(await features(region)).toMatchObject({ VoxelVolume: 2, Maximum3DDiameter: 2, Maximum2DDiameterSlice: 2, Maximum2DDiameterRow: 1, MajorAxisLength: 2, MinorAxisLength: 0, Elongation: 0, Flatness: 0 });
  });
});

describe('definitions', () => {
  const geometry = makeGeometry({ size: [24, 24, 24] });
  const ball = regionOf([24, 24, 24], [1, 1, 1], ballMask(geometry).data);

  test('Sphericity, Compactness1, Compactness2 and SphericalDisproportion are one number in four forms', async () => {
    const { Sphericity: s, Compactness1, Compactness2, SphericalDisproportion } = await features(ball, all);
    expect(Compactness1).toBeCloseTo(s ** 1.5 / (6 * Math.PI), 12);
    expect(Compactness2).toBeCloseTo(s ** 3, 12);
    expect(SphericalDisproportion).toBeCloseTo(1 / s, 12);
  });

  test('a ball is nearly as spherical as can be, round in all directions, and 2 r long', async () => {
    const found = await features(ball);
    expect(found.Sphericity).toBeGreaterThan(0.9); // a stepped surface has more area than a smooth one
    expect(found.Sphericity).toBeLessThan(1);
    expect(found.Elongation).toBeCloseTo(1, 12);
    expect(found.Flatness).toBeCloseTo(1, 12);
    expect(Math.abs(found.Maximum3DDiameter - 2 * 24 * 0.4)).toBeLessThan(1);
  });

  test('a region turned from x to z exchanges its slice and row diameters', async () => {
    const long = await features(regionOf([5, 3, 2], [0.5, 1, 2], new Uint8Array(30).fill(1)));
    const turned = await features(regionOf([2, 3, 5], [2, 1, 0.5], new Uint8Array(30).fill(1)));
    expect(turned.Maximum2DDiameterRow).toBeCloseTo(long.Maximum2DDiameterSlice, 12);
    expect(turned.Maximum2DDiameterSlice).toBeCloseTo(long.Maximum2DDiameterRow, 12);
    expect(turned.MeshVolume).toBeCloseTo(long.MeshVolume, 12);
    expect(turned.LeastAxisLength).toBeCloseTo(long.LeastAxisLength, 12);
  });

  test('one voxel has no elongation, and says why', async () => {
    const operation = await shape.operations.extract.load();
    const { features } = await operation({ region: regionOf([1, 1, 1], [1, 1, 1], [1]) } as Inputs, parseParams(shape.params, {}), testContext());
    expect((features as FeatureVector).reasons).toMatchObject({ Elongation: { code: 'single-voxel' }, Flatness: { code: 'single-voxel' } });
  });

  test('deprecated features are left out unless named', async () => {
    expect(Object.keys(await features(ball))).toHaveLength(14);
    expect(Object.keys(await features(ball, all))).toHaveLength(17);
  });
});

describe('digital phantom of the Image Biomarker Standardisation Initiative (reference manual, 2 mm voxels)', () => {
  const slices = ['11111 11111 11111 11111', '11111 11111 01111 11111', '11100 11111 11011 11111', '11100 11111 11111 11111'];
  const phantom = regionOf([5, 4, 4], [2, 2, 2], Array.from(slices.join('').replaceAll(' ', ''), Number));
  const published: [string, number, number][] = [
    ['MeshVolume', 556, 4], ['VoxelVolume', 592, 4], ['SurfaceArea', 388, 3], ['SurfaceVolumeRatio', 0.698, 0.004],
    ['Compactness1', 0.0411, 0.0003], ['Compactness2', 0.599, 0.004], ['SphericalDisproportion', 1.19, 0.01], ['Sphericity', 0.843, 0.005],
    ['Maximum3DDiameter', 13.1, 0.1], ['MajorAxisLength', 11.4, 0.1], ['MinorAxisLength', 9.31, 0.06], ['LeastAxisLength', 8.54, 0.05],
    ['Elongation', 0.816, 0.005], ['Flatness', 0.749, 0.005],
  ];

  test.each(published)('%s is %d within %d', async (name, value, tolerance) => {
    const found = await features(phantom, all, { covarianceDivisor: 'n-1' });
    expect(Math.abs(found[name] - value)).toBeLessThanOrEqual(tolerance);
  });
});

describeContract(shape, {
  from: import.meta.url,
  examples: [
    { operation: 'extract', inputs: () => ({ region: regionOf([12, 10, 8], [0.8, 0.8, 2.5], ballMask(makeGeometry({ size: [12, 10, 8] })).data) }) },
    { operation: 'extract', inputs: () => ({ region: regionOf([1, 1, 1], [1, 1, 1], [1]) }), params: { include: all } },
  ],
});
