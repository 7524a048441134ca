import { encode, type Gathered, type Metric, type Metrics, parseParams, type Predictions, random, rowSetDigest } from '@radloom/core';
import { describeContract, testContext } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import decisionCurve from './index.js';

interface Given {
  model?: string;
  role?: Predictions['role'];
  fold?: string;
  outcome: readonly number[];
  probability: readonly number[];
  rows?: string[];
}

function gathered({ model = 'svm', role = 'test', fold = 'holdout', outcome, probability, rows = outcome.map((_, i) => `${fold}-${i}`) }: Given): Gathered<Predictions> {
  const partition = { role: role === 'test' ? ('test' as const) : ('training' as const), rowSet: rowSetDigest(rows), fold };
  const value: Predictions = { type: 'predictions', model, rows, role, partition, threshold: 0.5, fittedOn: rowSetDigest(['taught']), outcome: Uint8Array.from(outcome), probability: Float64Array.from(probability) };
  return { step: model, name: model, at: { fold }, value };
}

async function evaluate(predictions: Gathered<Predictions>[], settings: Record<string, unknown> = {}): Promise<Metrics> {
  const operation = await decisionCurve.operations.run.load();
  return (await operation({ predictions }, parseParams(decisionCurve.params, { bootstrap: 100, ...settings }), testContext())).metrics as Metrics;
}

const byName = (metrics: readonly Metric[]) => Object.fromEntries(metrics.map((metric) => [metric.name, metric]));
interface Detail {
  curve: Record<string, Float64Array>;
  impact: { population: number; threshold: Float64Array; highRisk: Float64Array; highRiskWithEvent: Float64Array };
}

/** Three with the event (0.9, 0.6, 0.4), five without (0.7, 0.4, 0.3, 0.2, 0.1). */
const eight: Given = { outcome: [1, 1, 1, 0, 0, 0, 0, 0], probability: [0.9, 0.6, 0.4, 0.7, 0.4, 0.3, 0.2, 0.1] };

describe('worked example', () => {
  test('at 0.5 two hits and one alarm: 2/8 - 1/8; at 0.2 three and four: 3/8 - 4/8 x 1/4', async () => {
    const [{ metrics }] = (await evaluate([gathered(eight)], { report: [0.5, 0.2] })).entries;
    expect(metrics.map(({ name, value }) => [name, value])).toEqual([['netBenefit@0.5', 1 / 8], ['netBenefit@0.2', expect.closeTo(1 / 4, 14)]]);
    expect(metrics[0].interval).toBe('bootstrap (cases, 100)');
  });

  test('treating all: 3/8 - 5/8 of the odds; avoided: what the model gains over that, per row, in interventions', async () => {
    const [{ detail }] = (await evaluate([gathered(eight)], { from: 0.25, to: 0.75, step: 0.25 })).entries;
    const { curve } = detail as unknown as Detail;
    expect([...curve.threshold]).toEqual([0.25, 0.5, 0.75]);
    [3 / 8 - 5 / 24, 3 / 8 - 5 / 8, 3 / 8 - 15 / 8].forEach((expected, i) => expect(curve.treatAll[i]).toBeCloseTo(expected, 14));
    [3 / 8 - 3 / 24, 1 / 8, 1 / 8].forEach((expected, i) => expect(curve.netBenefit[i]).toBeCloseTo(expected, 14));
    expect(curve.interventionsAvoided[1]).toBeCloseTo(1 / 8 + 1 / 4, 14);
  });

  test('clinical impact: of 1000 such patients, how many are called, and how many of them have the event', async () => {
    const [{ detail }] = (await evaluate([gathered(eight)], { from: 0.25, to: 0.75, step: 0.25 })).entries;
    const { impact } = detail as unknown as Detail;
    expect(impact.population).toBe(1000);
    expect([...impact.highRisk]).toEqual([750, 375, 125]);
    expect([...impact.highRiskWithEvent]).toEqual([375, 250, 125]);
    expect(() => encode(detail)).not.toThrow();
  });
});

function simulated(n: number): Given {
  const stream = random([9, 8, 7, 6]);
  const probability = Array.from({ length: n }, () => stream.next());
  return { outcome: probability.map((p) => (stream.next() < p ? 1 : 0)), probability };
}

describe('definitions', () => {
  test('at the lowest thresholds it is treating all, and no model exceeds the prevalence', async () => {
    const given = simulated(200);
    const [{ detail, events, rows }] = (await evaluate([gathered({ ...given, probability: given.probability.map((p) => 0.02 + 0.9 * p) })])).entries;
    const { curve } = detail as unknown as Detail;
    expect(curve.threshold).toHaveLength(99);
    expect(curve.netBenefit[0]).toBe(curve.treatAll[0]);
    expect(Math.max(...curve.netBenefit)).toBeLessThanOrEqual(events / rows);
    expect(curve.netBenefit.at(-1)).toBe(0);
  });

  test('the band holds the curve, and is as wide for a case that comes twice', async () => {
    const given = simulated(100);
    const rows = given.outcome.map((_, i) => `case-${i}`);
    const [once] = (await evaluate([gathered({ ...given, rows, fold: 'r1f1' })])).entries;
    const [twice] = (await evaluate([gathered({ ...given, rows, fold: 'r1f1' }), gathered({ ...given, rows, fold: 'r2f1' })])).entries;
    const { curve } = once.detail as unknown as Detail;
    curve.netBenefit.forEach((value, i) => {
      expect(curve.lower[i]).toBeLessThanOrEqual(value);
      expect(curve.upper[i]).toBeGreaterThanOrEqual(value);
    });
    (twice.detail as unknown as Detail).curve.upper.forEach((value, i) => expect(value).toBeCloseTo(curve.upper[i], 12));
    expect(twice.detail.notes).toEqual([expect.objectContaining({ code: 'rows-repeated' })]);
  });

  test('another model beside it changes nothing', async () => {
    const alone = await evaluate([gathered(eight)]);
    const beside = await evaluate([gathered({ ...simulated(30), model: 'knn' }), gathered(eight)]);
    expect(beside.entries[1]).toEqual(alone.entries[0]);
  });
});

test('no rows and missing probabilities have reasons; a range that ends before it begins is refused', async () => {
  const { entries } = await evaluate([gathered({ outcome: [], probability: [] }), gathered({ model: 'gap', outcome: [1, 0], probability: [NaN, 0.3] })]);
  expect(entries.map(({ metrics }) => byName(metrics)['netBenefit@0.5'].reason?.code)).toEqual(['no-rows', 'probability-missing']);
  await expect(evaluate([gathered(eight)], { from: 0.5, to: 0.2 })).rejects.toMatchObject({ code: 'bad-setting', where: { field: 'to' } });
});

describeContract(decisionCurve, {
  from: import.meta.url,
  examples: [
    { operation: 'run', inputs: () => ({ predictions: [gathered(eight), gathered({ ...eight, model: 'knn', role: 'out-of-fold' })] }), params: { bootstrap: 50 } },
    { operation: 'run', inputs: () => ({ predictions: [] }) },
  ],
});
