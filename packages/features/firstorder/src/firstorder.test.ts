import { type FeatureVector, type Inputs, makeRegion, parseParams, type Region } from '@radloom/core';
import { ballMask, describeContract, exampleRegion, exampleVolume, testContext } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import firstorder from './index.js';

async function extract(region: Region, settings: object = {}): Promise<FeatureVector> {
  const operation = await firstorder.operations.extract.load();
  return (await operation({ region } as Inputs, parseParams(firstorder.params, settings), testContext())).features as FeatureVector;
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

describe('worked example: intensities 1, 2, 3, 4, 10', () => {
  const five = (spacing?: [number, number, number]) => exampleRegion({ size: [5, 1, 1], spacing, values: Int16Array.of(1, 2, 3, 4, 10), levels: [1, 1, 1, 1, 2] });

  test.each([
    ['10Percentile', 1.4], // rank 0.1 x 4 = 0.4
    ['90Percentile', 7.6], // rank 3.6
    ['Energy', 1 + 4 + 9 + 16 + 100],
    ['InterquartileRange', 4 - 2],
    ['Kurtosis', (81 + 16 + 1 + 0 + 1296) / 5 / 100],
    ['Maximum', 10],
    ['Mean', 4],
    ['MeanAbsoluteDeviation', (3 + 2 + 1 + 0 + 6) / 5],
    ['Median', 3],
    ['Minimum', 1],
    ['Range', 9],
    ['RobustMeanAbsoluteDeviation', 2 / 3], // of 2, 3, 4
    ['RootMeanSquared', Math.sqrt(130 / 5)],
    ['Skewness', (-27 - 8 - 1 + 0 + 216) / 5 / 10 ** 1.5],
    ['Variance', 10],
    ['Uniformity', 0.8 ** 2 + 0.2 ** 2],
    ['Entropy', -0.8 * Math.log2(0.8) - 0.2 * Math.log2(0.2)],
  ])('%s', async (name, value) => {
    expect((await features(five()))[name]).toBeCloseTo(value, 12);
  });

  test('TotalEnergy counts the volume of a voxel, StandardDeviation only comes when named', async () => {
    const found = await features(five([0.5, 2, 3]));
    expect(found.TotalEnergy).toBeCloseTo(130 * 3, 12);
    expect(found).not.toHaveProperty('StandardDeviation');
    expect((await features(five(), { include: ['StandardDeviation'] })).StandardDeviation).toBeCloseTo(Math.sqrt(10), 12);
  });

  test('voxelArrayShift acts on Energy, TotalEnergy and RootMeanSquared alone', async () => {
    const plain = await features(five());
    const shifted = await features(five(), { voxelArrayShift: 1 });
    expect(shifted.Energy).toBeCloseTo(4 + 9 + 16 + 25 + 121, 12);
    expect(shifted.TotalEnergy).toBeCloseTo(175, 12);
    expect(shifted.RootMeanSquared).toBeCloseTo(Math.sqrt(35), 12);
    expect(Object.keys(plain).filter((name) => plain[name] !== shifted[name])).toEqual(['Energy', 'RootMeanSquared', 'TotalEnergy']);
  });
});

describe('definitions', () => {
  test('a constant region', async () => {
    const found = await features(exampleRegion({ size: [3, 3, 3], values: new Float32Array(27).fill(50), levels: new Uint8Array(27).fill(3) }));
    expect(found).toMatchObject({ Skewness: 0, Kurtosis: 0, Variance: 0, Range: 0, RobustMeanAbsoluteDeviation: 0, Median: 50, Uniformity: 1 });
    expect(found.Entropy).toBeCloseTo(-Math.LOG2E * 2 ** -52, 24); // PyRadiomics adds an epsilon inside the logarithm
  });

  test('order, scale and shift of intensities', async () => {
    const values = Float64Array.from({ length: 1000 }, (_, i) => Math.sin(i * i) * 100);
    const of = async (data: Float64Array) => features(exampleRegion({ size: [10, 10, 10], values: data, levels: new Uint8Array(1000).fill(1) }));
    const plain = await of(values);
    const reversed = await of(values.slice().reverse());
    for (const name of Object.keys(plain)) expect(reversed[name], name).toBeCloseTo(plain[name], 6);
    const changed = await of(values.map((v) => 3 * v + 7));
    for (const name of ['10Percentile', '90Percentile', 'Median', 'Mean', 'Minimum', 'Maximum']) expect(changed[name], name).toBeCloseTo(3 * plain[name] + 7, 9);
    for (const name of ['Range', 'InterquartileRange', 'MeanAbsoluteDeviation', 'RobustMeanAbsoluteDeviation']) expect(changed[name], name).toBeCloseTo(3 * plain[name], 9);
    for (const name of ['Skewness', 'Kurtosis']) expect(changed[name], name).toBeCloseTo(plain[name], 9);
    expect(changed.Variance).toBeCloseTo(9 * plain.Variance, 6);
  });

  test('intensities that are not numbers leave features undefined, with a reason', async () => {
    const { values, reasons } = await extract(exampleRegion({ size: [2, 1, 1], values: Float32Array.of(1, NaN), levels: [1, 1] }), { include: ['Mean'] });
    expect(values[0]).toBeNaN();
    expect(reasons.Mean.code).toBe('not-finite');
  });

  test('without grey levels: Entropy and Uniformity say what is missing, the others do without', async () => {
    const { levels: _, ...bare } = ball();
    const region = makeRegion(bare);
    await expect(extract(region, { include: ['Entropy'] })).rejects.toThrow(/Discretise/);
    expect((await features(region, { include: ['Mean'] })).Mean).toBe((await features(ball())).Mean);
  });
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

/** Published to three digits; kurtosis there is the excess. Entropy and uniformity are those of the intensity histogram. IBSI reference manual 2020. */
const published: [string, number][] = [
  ['10Percentile', 1],
  ['90Percentile', 4],
  ['Energy', 567],
  ['Entropy', 1.27],
  ['InterquartileRange', 3],
  ['Kurtosis', -0.355],
  ['Maximum', 6],
  ['Mean', 2.15],
  ['MeanAbsoluteDeviation', 1.55],
  ['Median', 1],
  ['Minimum', 1],
  ['Range', 5],
  ['RobustMeanAbsoluteDeviation', 1.11],
  ['RootMeanSquared', 2.77],
  ['Skewness', 1.08],
  ['Uniformity', 0.512],
  ['Variance', 3.05],
];

test.each(published)('IBSI digital phantom: %s', async (name, value) => {
  const found = (await features(phantom()))[name] - (name === 'Kurtosis' ? 3 : 0);
  expect(Number(found.toPrecision(3))).toBe(value);
});

describeContract(firstorder, {
  from: import.meta.url,
  examples: [
    { operation: 'extract', inputs: () => ({ region: ball() }) },
    { operation: 'extract', inputs: () => ({ region: ball() }), params: { voxelArrayShift: 1000, include: ['StandardDeviation', 'Energy'] } },
  ],
});
