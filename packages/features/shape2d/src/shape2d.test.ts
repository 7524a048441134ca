import { type FeatureInfo, type FeatureVector, type Inputs, parseParams, type Region, type Vec3 } from '@radloom/core';
import { describeContract, exampleRegion, testContext } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import shape2d from './index.js';

const all = (shape2d.about.features as FeatureInfo[]).map((info) => info.name);

async function vector(region: Region, params: object = {}): Promise<FeatureVector> {
  const operation = await shape2d.operations.extract.load();
  return (await operation({ region } as Inputs, parseParams(shape2d.params, { include: all, ...params }), testContext())).features as FeatureVector;
}

async function features(region: Region, params: object = {}): Promise<Record<string, number>> {
  const { names, values } = await vector(region, params);
  return Object.fromEntries(names.map((name, i) => [name, values[i]]));
}

/** A region whose mask is given by '#', in the plane across `across`. */
function flat(rows: string[], [u, v]: [number, number] = [1, 1], across: 0 | 1 | 2 = 2): Region {
  const mask = Uint8Array.from(rows.join(''), (c) => (c === '#' ? 1 : 0));
  const [nu, nv] = [rows[0].length, rows.length];
  const size = ([[1, nu, nv], [nu, 1, nv], [nu, nv, 1]] as Vec3[])[across];
  const spacing = ([[9, u, v], [u, 9, v], [u, v, 9]] as Vec3[])[across];
  return exampleRegion({ size, spacing, values: new Int16Array(mask.length), mask });
}

const disc = Array.from({ length: 41 }, (_, y) => Array.from({ length: 41 }, (_, x) => ((x - 20) ** 2 + (y - 20) ** 2 <= 400 ? '#' : '.')).join(''));

describe('worked example: two pixels of 1 x 1 mm side by side', () => {
  // The outline is a hexagon: a square of 1 x 1 on its corners cut in half, and 1 mm of length in between.
  test('area 1/2 + 1 x 1, perimeter 4 sqrt(1/2) + 2', async () => {
    const found = await features(flat(['##']));
    expect(found.MeshSurface).toBeCloseTo(1.5, 12);
    expect(found.Perimeter).toBeCloseTo(4 * Math.SQRT1_2 + 2, 12);
    expect(found).toMatchObject({ PixelSurface: 2, MaximumDiameter: 2, MajorAxisLength: 2, MinorAxisLength: 0, Elongation: 0 });
  });
});

describe('definitions', () => {
  test('a disc is nearly as round as can be', async () => {
    const found = await features(flat(disc));
    expect(found.Sphericity).toBeGreaterThan(0.93); // a stepped outline is longer than a smooth one
    expect(found.Sphericity).toBeLessThan(1);
    expect(found.Elongation).toBeCloseTo(1, 12);
    expect(found.MaximumDiameter).toBeCloseTo(41, 0);
    expect(found.MajorAxisLength).toBeCloseTo(2 * 20, 0); // 4 standard deviations of a full disc are its diameter
  });

  test('SphericalDisproportion is one over Sphericity, and left out unless named', async () => {
    const found = await features(flat(['##', '#.']));
    expect(found.SphericalDisproportion).toBeCloseTo(1 / found.Sphericity, 12);
    expect(parseParams(shape2d.params, {}).include).not.toContain('SphericalDisproportion');
  });

  test('planes across x, y and z give the same numbers', async () => {
    const rows = ['.##..', '#####', '..##.'];
    const z = await features(flat(rows, [0.7, 1.3]));
    expect(await features(flat(rows, [0.7, 1.3], 1), { force2DDimension: 1 })).toEqual(z);
    expect(await features(flat(rows, [0.7, 1.3], 0), { force2DDimension: 2 })).toEqual(z);
  });

  test('lengths grow with the spacing, areas with its square', async () => {
    const rows = ['.##', '###'];
    const [small, large] = [await features(flat(rows, [1, 2])), await features(flat(rows, [3, 6]))];
    for (const name of ['Perimeter', 'MaximumDiameter', 'MajorAxisLength']) expect(large[name] / small[name]).toBeCloseTo(3, 12);
    for (const name of ['MeshSurface', 'PixelSurface']) expect(large[name] / small[name]).toBeCloseTo(9, 12);
  });

  test('a region of several planes is refused, whatever is asked for', async () => {
    await expect(features(flat(['##', '##']), { force2DDimension: 1, include: ['MajorAxisLength'] })).rejects.toMatchObject({ code: 'mask-not-flat' });
  });

  test('several planes across z of a region one voxel wide along x, or the other way: no shape, but no refusal, as in PyRadiomics', async () => {
    for (const [across, force2DDimension] of [[0, 0], [2, 2]] as const) {
      const { values, reasons } = await vector(flat(['##', '##'], [1, 1], across), { force2DDimension, include: ['MajorAxisLength', 'Perimeter'] });
      expect([...values]).toEqual([NaN, NaN]);
      expect(reasons.Perimeter).toMatchObject({ code: 'mask-not-flat', text: expect.stringContaining(`2 planes along ${'zx'[force2DDimension / 2]}`) });
    }
  });

  test('one pixel has no elongation, and says why', async () => {
    expect((await vector(flat(['#']))).reasons).toEqual({ Elongation: expect.objectContaining({ code: 'single-voxel' }) });
  });
});

describeContract(shape2d, {
  from: import.meta.url,
  examples: [
    { operation: 'extract', inputs: () => ({ region: flat(disc, [0.5, 0.5]) }) },
    { operation: 'extract', inputs: () => ({ region: flat(['#'], [1, 2], 1) }), params: { force2DDimension: 1, include: all } },
  ],
});
