import { type FeatureVector, type Inputs, memoBuilds, parseParams, type Region } from '@radloom/core';
import { textureWalk } from '@radloom/imaging';
import { ballMask, describeContract, exampleRegion, exampleVolume, testContext } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import glcm from './index.js';
import { jointProbabilities } from './joint.js';
import { maximalCorrelation } from './maximal-correlation.js';

async function extract(region: Region, settings: object = {}): Promise<FeatureVector> {
  const operation = await glcm.operations.extract.load();
  return (await operation({ region } as Inputs, parseParams(glcm.params, settings), testContext())).features as FeatureVector;
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

describe('worked example: a line of levels 1 1 2 2', () => {
  // One direction, x: pairs 1-1, 1-2, 2-2. Both ways: p(1, 1) = p(2, 2) = 1/3, p(1, 2) = p(2, 1) = 1/6.
  const line = () => exampleRegion({ size: [4, 1, 1], values: Int16Array.of(1, 1, 2, 2) });
  const joint = (2 / 3) * Math.log2(3) + (1 / 3) * Math.log2(6);

  test.each([
    ['Autocorrelation', 1 / 3 + 4 / 3 + 2 / 3],
    ['ClusterProminence', 2 / 3], // pair sums 2, 3, 4 with 1/3 each, mean 3
    ['ClusterShade', 0],
    ['ClusterTendency', 2 / 3],
    ['Contrast', 1 / 3],
    ['Correlation', 1 / 3], // covariance (1/3 + 1/3 - 1/6 - 1/6) / 4, variance 1/4
    ['DifferenceAverage', 1 / 3],
    ['DifferenceEntropy', (2 / 3) * Math.log2(3 / 2) + (1 / 3) * Math.log2(3)],
    ['DifferenceVariance', 2 / 9],
    ['Id', 2 / 3 + 1 / 6],
    ['Idm', 2 / 3 + 1 / 6],
    ['Idmn', 2 / 3 + 1 / 3 / (1 + 1 / 4)],
    ['Idn', 2 / 3 + 1 / 3 / (1 + 1 / 2)],
    ['Imc1', joint - 2], // HXY1 = 2, HX = HY = 1
    ['Imc2', Math.sqrt(1 - Math.exp(-2 * (2 - joint)))],
    ['InverseVariance', 1 / 3],
    ['JointAverage', 3 / 2],
    ['JointEnergy', 2 / 9 + 2 / 36],
    ['JointEntropy', joint],
    ['MCC', 1 / 3], // with two levels the only recoding is linear
    ['MaximumProbability', 1 / 3],
    ['SumAverage', 3],
    ['SumEntropy', Math.log2(3)],
    ['SumSquares', 1 / 4],
  ])('%s', async (name, value) => {
    expect((await features(line()))[name]).toBeCloseTo(value, 12);
  });

  test('from left to right only: p(1, 2) = 1/3, p(2, 1) = 0', async () => {
    const found = await features(line(), { symmetrical: false });
    expect(found.JointAverage).toBeCloseTo(4 / 3, 12);
    expect(found.JointEnergy).toBeCloseTo(1 / 3, 12);
    expect(found.Correlation).toBeCloseTo(1 / 2, 12);
    expect(found.MCC).toBeCloseTo(1 / 2, 12);
  });
});

describe('definitions', () => {
  test('a flat region', async () => {
    const found = await features(exampleRegion({ size: [3, 3, 3], values: new Int16Array(27).fill(1) }));
    expect(found).toMatchObject({ Correlation: 1, MCC: 1, Imc1: 0, Imc2: 0, Contrast: 0, JointEnergy: 1, Id: 1, SumAverage: 2, SumSquares: 0 });
    expect(found.JointEntropy).toBeCloseTo(-Math.LOG2E * 2 ** -52, 24); // PyRadiomics adds an epsilon inside the logarithm
  });

  test('relations between features, symmetrical matrix', async () => {
    const found = await features(ball());
    expect(found.SumAverage).toBeCloseTo(2 * found.JointAverage, 9);
    expect(found.ClusterTendency + found.Contrast).toBeCloseTo(4 * found.SumSquares, 9);
    expect(found.MCC).toBeGreaterThanOrEqual(Math.abs(found.Correlation) - 1e-9);
    expect(found.MCC).toBeLessThanOrEqual(1);
  });

  test('adding a constant to levels moves averages and leaves differences', async () => {
    const values = Int16Array.from({ length: 60 }, (_, i) => 1 + ((i * i) % 7));
    const plain = await features(exampleRegion({ size: [5, 4, 3], values }));
    const moved = await features(exampleRegion({ size: [5, 4, 3], values: values.map((v) => v + 300) })); // beyond a byte: another path
    expect(moved.JointAverage).toBeCloseTo(plain.JointAverage + 300, 9);
    for (const name of ['Contrast', 'ClusterShade', 'Correlation', 'DifferenceEntropy', 'SumEntropy', 'JointEnergy', 'MCC', 'Imc2']) expect(moved[name], name).toBeCloseTo(plain[name], 8);
  });

  test('weights are exp(-d^2): a grid of 2 x 2 with a spacing of 1 and 2 mm', async () => {
    const region = exampleRegion({ size: [2, 2, 1], spacing: [1, 2, 1], values: Int16Array.of(1, 1, 2, 3) });
    // Squared differences: along x 0 and 1, along y 1 and 4, diagonals 4 and 1.
    const contrast = async (settings: object) => (await features(region, settings)).Contrast;
    const weighted = (x: number, y: number, diagonal: number) => (x * (0 + 1) + y * (1 + 4) + diagonal * (4 + 1)) / (2 * x + 2 * y + 2 * diagonal);
    expect(await contrast({})).toBeCloseTo((0.5 + 2.5 + 4 + 1) / 4, 12);
    expect(await contrast({ weightingNorm: 'no_weighting' })).toBeCloseTo(weighted(1, 1, 1), 12);
    expect(await contrast({ weightingNorm: 'infinity' })).toBeCloseTo(weighted(Math.exp(-1), Math.exp(-4), Math.exp(-4)), 12);
    expect(await contrast({ weightingNorm: 'euclidean' })).toBeCloseTo(weighted(Math.exp(-1), Math.exp(-4), Math.exp(-5)), 12);
    expect(await contrast({ weightingNorm: 'manhattan' })).toBeCloseTo(weighted(Math.exp(-1), Math.exp(-4), Math.exp(-9)), 12);
  });

  test('several distances are averaged over all their directions', async () => {
    const line = exampleRegion({ size: [4, 1, 1], values: Int16Array.of(1, 2, 4, 7) });
    expect((await features(line, { distances: [2] })).Contrast).toBeCloseTo((9 + 25) / 2, 12);
    expect((await features(line, { distances: [1, 2, 3] })).Contrast).toBeCloseTo(((1 + 4 + 9) / 3 + 17 + 36) / 3, 12);
  });

  test('no pairs: undefined, and why; MCC still answers 1 for one level, as PyRadiomics does', async () => {
    const apart = exampleRegion({ size: [3, 3, 1], values: new Int16Array(9).fill(1), mask: Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0, 1) });
    const { names, values, reasons } = await extract(apart);
    expect(names.filter((_, i) => !Number.isNaN(values[i]))).toEqual(['MCC']);
    expect(reasons.Contrast.code).toBe('no-neighbours');
  });
});

describe('maximal correlation', () => {
  /** A joint distribution given row by row. */
  const mcc = (rows: readonly (readonly number[])[], symmetrical = true) => {
    const cells = rows.map((row) => row.flatMap((count, column) => (count > 0 ? [{ column, count }] : [])));
    const matrix = {
      start: Uint32Array.of(0, ...cells.map((_, r) => cells.slice(0, r + 1).reduce((sum, row) => sum + row.length, 0))),
      column: Uint32Array.from(cells.flat(), (cell) => cell.column),
      count: Float64Array.from(cells.flat(), (cell) => cell.count),
    };
    return maximalCorrelation(jointProbabilities(matrix, { levels: Float64Array.from(rows, (_, r) => r + 1), highest: rows.length, symmetrical }));
  };

  test('independent levels have none, levels that determine each other have all', () => {
    expect(mcc([[1, 2, 1], [2, 4, 2], [1, 2, 1]])).toBeCloseTo(0, 6); // the root of a rounding error
    expect(mcc([[0, 3, 0], [0, 0, 5], [2, 0, 0]], false)).toBeCloseTo(1, 12);
  });

  test('levels in groups that never meet', () => {
    expect(mcc([[2, 1, 0, 0], [1, 2, 0, 0], [0, 0, 3, 1], [0, 0, 1, 3]])).toBeCloseTo(1, 12);
  });

  test('two levels: the absolute correlation of a 2 x 2 table', () => {
    expect(mcc([[1, 4], [4, 2]])).toBeCloseTo(Math.abs(1 * 2 - 4 * 4) / (5 * 6), 12);
  });

  test('three levels: the root of the second eigenvalue, from trace and determinant', () => {
    const counts = [[254, 215, 44], [215, 576, 210], [44, 210, 144]];
    // D^-1 P D^-1 P has eigenvalues 1, a, b: a + b = trace - 1, a b = determinant
    const total = counts.flat().reduce((a, b) => a + b);
    const p = counts.map((row) => row.map((n) => n / total));
    const px = p.map((row) => row.reduce((a, b) => a + b));
    let trace = 0;
    for (let i = 0; i < 3; i++) for (let k = 0; k < 3; k++) trace += p[i][k] ** 2 / (px[i] * px[k]);
    const det = p[0][0] * (p[1][1] * p[2][2] - p[1][2] ** 2) - p[0][1] * (p[1][0] * p[2][2] - p[1][2] * p[2][0]) + p[0][2] * (p[1][0] * p[2][1] - p[1][1] * p[2][0]);
    const product = (det / (px[0] * px[1] * px[2])) ** 2;
    const half = (trace - 1) / 2;
    expect(mcc(counts)).toBeCloseTo(Math.sqrt(half + Math.sqrt(half ** 2 - product)), 12);
  });

  test('a rare level that meets only itself: epsilon shows', () => {
    // Its block of Q is p^2 / (p^2 + eps), the second largest eigenvalue.
    const p = 1e-5;
    expect(mcc([[1 - p, 0], [0, p]])).toBeCloseTo(Math.sqrt(p ** 2 / (p ** 2 + 2 ** -52)), 12);
  });

  test('many levels: a Gaussian chain with correlation r has maximal correlation r', () => {
    // Discretised bivariate normal, 61 levels a tenth of a standard deviation wide: Lancaster 1957.
    const r = 0.6;
    const levels = Array.from({ length: 61 }, (_, i) => (i - 30) / 7.5);
    const found = mcc(levels.map((x) => levels.map((y) => Math.exp(-(x * x - 2 * r * x * y + y * y) / (2 * (1 - r * r))))));
    expect(Math.abs(found - r)).toBeLessThan(1e-3); // tails beyond four standard deviations are cut
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
  ['Autocorrelation', 5.06, 5.19, 5.4, 5.45],
  ['ClusterProminence', 145, 147, 147, 142],
  ['ClusterShade', 16.6, 17.4, 16.6, 16.4],
  ['ClusterTendency', 7.07, 7.41, 7.48, 7.65],
  ['Contrast', 5.32, 5.12, 5.39, 5.29],
  ['Correlation', 0.157, 0.183, 0.178, 0.182],
  ['DifferenceAverage', 1.43, 1.38, 1.46, 1.44],
  ['DifferenceEntropy', 1.56, 1.64, 1.61, 1.67],
  ['DifferenceVariance', 3.06, 3.21, 3.11, 3.23],
  ['Id', 0.677, 0.688, 0.668, 0.673],
  ['Idm', 0.618, 0.631, 0.606, 0.613],
  ['Idmn', 0.898, 0.902, 0.897, 0.899],
  ['Idn', 0.851, 0.856, 0.847, 0.85],
  ['Imc1', -0.157, -0.0288, -0.124, -0.0334],
  ['Imc2', 0.52, 0.269, 0.487, 0.291],
  ['InverseVariance', 0.0604, 0.0574, 0.0597, 0.0582],
  ['JointAverage', 2.14, 2.15, 2.2, 2.2],
  ['JointEnergy', 0.303, 0.291, 0.286, 0.277],
  ['JointEntropy', 2.4, 2.57, 2.48, 2.61],
  ['MaximumProbability', 0.503, 0.509, 0.489, 0.492],
  ['SumAverage', 4.29, 4.3, 4.41, 4.41],
  ['SumEntropy', 1.92, 2.11, 2.01, 2.14],
  ['SumSquares', 3.1, 3.13, 3.22, 3.24],
];

test.each(published)('IBSI digital phantom: %s', async (name, averaged, merged, averagedSlices, mergedSlices) => {
  const digits = async (settings: object) => Number((await features(phantom(), settings))[name].toPrecision(3));
  expect(await digits({})).toBe(averaged);
  expect(await digits({ weightingNorm: 'no_weighting' })).toBe(merged);
  expect(await digits({ force2D: true })).toBe(averagedSlices);
  expect(await digits({ force2D: true, weightingNorm: 'no_weighting' })).toBe(mergedSlices);
});

describeContract(glcm, {
  from: import.meta.url,
  examples: [
    { operation: 'extract', inputs: () => ({ region: ball() }) },
    { operation: 'extract', inputs: () => ({ region: ball() }), params: { distances: [1, 2], weightingNorm: 'manhattan', include: ['MCC', 'Imc1'] } },
    { operation: 'extract', inputs: () => ({ region: ball() }), params: { symmetrical: false, force2D: true, force2DDimension: 2 } },
  ],
});
