import { encode, type Gathered, type Metric, type Metrics, parseParams, type Predictions, random, rowSetDigest } from '@radloom/core';
import { describeContract, testContext } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import comparison from './index.js';

interface Given {
  model: string;
  role?: Predictions['role'];
  fold?: string;
  outcome: readonly number[];
  probability: readonly number[];
  rows?: readonly string[];
}

function gathered({ model, role = 'test', fold = 'holdout', outcome, probability, rows = outcome.map((_, i) => `${fold}-${i}`) }: Given): Gathered<Predictions> {
  const partition = { role: role === 'test' ? ('test' as const) : ('training' as const), rowSet: rowSetDigest(rows), fold };
  const value: Predictions = { type: 'predictions', model, rows, role, partition, threshold: 0.5, fittedOn: rowSetDigest(['taught']), outcome: Uint8Array.from(outcome), probability: Float64Array.from(probability) };
  return { step: model, name: model, at: { fold }, value };
}

async function evaluate(predictions: Gathered<Predictions>[], settings: Record<string, unknown> = {}): Promise<Metrics> {
  const operation = await comparison.operations.run.load();
  return (await operation({ predictions }, parseParams(comparison.params, { bootstrap: 100, ...settings }), testContext())).metrics as Metrics;
}

const byName = (metrics: readonly Metric[]) => Object.fromEntries(metrics.map((metric) => [metric.name, metric]));

/** Events first. The second model moves one event up and one down, one other down. */
const first: Given = { model: 'clinical', outcome: [1, 1, 1, 0, 0], probability: [0.8, 0.5, 0.3, 0.4, 0.2] };
const second: Given = { model: 'combined', outcome: [1, 1, 1, 0, 0], probability: [0.9, 0.5, 0.25, 0.3, 0.2] };

describe('worked example', () => {
  test('reclassification by counting: events (1 - 1) / 3, others 1 / 2; IDI from four means', async () => {
    const [{ model, detail, metrics }] = (await evaluate([gathered(first), gathered(second)])).entries;
    expect([model, detail.against, detail.reference]).toEqual(['combined', 'clinical', true]);
    const m = byName(metrics);
    expect(m.nriEvents.value).toBeCloseTo(0, 12);
    expect(m.nriOthers.value).toBeCloseTo(1 / 2, 12);
    expect(m.nri.value).toBeCloseTo(1 / 2, 12);
    expect(m.idi.value).toBeCloseTo(0.05 / 3 + 0.1 / 2, 12);
    expect(m.idi.interval).toBe('bootstrap (cases, 100)');
  });

  test('with a cut at 0.35 only moves across it count: one other down', async () => {
    const [{ metrics }] = (await evaluate([gathered(first), gathered(second)], { cuts: [0.35] })).entries;
    expect([byName(metrics).nriEvents.value, byName(metrics).nriOthers.value]).toEqual([0, 1 / 2]);
  });

  test('areas: 5 of 6 pairs against 5 of 6: no difference, P 1', async () => {
    const [{ metrics, detail }] = (await evaluate([gathered(first), gathered(second)])).entries;
    const m = byName(metrics);
    expect(m.aucDifference).toMatchObject({ value: 0, interval: 'DeLong, paired' });
    expect(m.deLongP.value).toBe(1);
    expect(() => encode(detail)).not.toThrow();
  });
});

function simulated(model: string, noise: number, seed = 1): Given {
  const truth = random([5, 5, 5, 5]);
  const own = random([seed, 2, 3, 4]);
  const outcome = Array.from({ length: 60 }, () => (truth.next() < 0.5 ? 1 : 0));
  return { model, outcome, probability: outcome.map((y) => 1 / (1 + Math.exp(-(y - 0.5 + noise * own.normal())))) };
}
const three = () => [gathered(simulated('a', 0.3, 1)), gathered(simulated('b', 0.6, 2)), gathered(simulated('c', 3, 3))];

describe('pairs', () => {
  test('three models make three pairs; Holm multiplies the smallest P by 3, the next by 2, and never falls', async () => {
    const { entries } = await evaluate(three());
    expect(entries.map(({ model, detail }) => [model, detail.against])).toEqual([['b', 'a'], ['c', 'a'], ['c', 'b']]);
    const p = entries.map(({ metrics }) => byName(metrics).deLongP.value);
    const adjusted = entries.map(({ metrics }) => byName(metrics).deLongAdjustedP.value);
    const order = [0, 1, 2].sort((i, j) => p[i] - p[j]);
    let least = 0;
    order.forEach((pair, place) => expect(adjusted[pair]).toBeCloseTo((least = Math.max(least, Math.min(1, p[pair] * (3 - place)))), 12));
    expect(entries.map(({ metrics }) => metrics.some(({ name }) => name === 'nri'))).toEqual([true, true, false]);
    expect(entries[0].metrics.map(({ name }) => name)).toEqual(['aucDifference', 'deLongP', 'deLongAdjustedP', 'nri', 'nriEvents', 'nriOthers', 'idi']);
  });

  test('a reference of choice stands against all others; one that is not there is refused', async () => {
    const { entries } = await evaluate(three(), { reference: 'c' });
    expect(entries.map(({ model, detail }) => [model, detail.against])).toEqual([['a', 'c'], ['b', 'c'], ['b', 'a']]);
    await expect(evaluate(three(), { reference: 'd' })).rejects.toMatchObject({ code: 'reference-unknown' });
  });

  test('a reference that failed leaves the other pairs', async () => {
    const failed: Gathered<Predictions> = { step: 'd', name: 'd', at: { fold: 'holdout' }, failure: { code: 'one-class', message: 'One class.' } };
    const { entries } = await evaluate([failed, ...three()], { reference: 'd' });
    expect(entries.map(({ detail }) => detail.reference)).toEqual([false, false, false]);
  });

  test('roles are compared apart', async () => {
    const { entries } = await evaluate([...three(), gathered({ ...first, role: 'training' }), gathered({ ...second, role: 'training' })], { reference: 'a' });
    expect(entries.map(({ role }) => role)).toEqual(['test', 'test', 'test', 'training']);
    expect(entries[3].detail.tests).toBe(1);
  });

  test('rows are matched by fold and name, whatever their order; rows of one model alone are left out and noted', async () => {
    const { outcome, probability } = second;
    const order = [4, 2, 0, 3, 1];
    const rows = outcome.map((_, i) => `holdout-${i}`);
    const shuffled = gathered({ ...second, outcome: [...order.map((i) => outcome[i]), 1], probability: [...order.map((i) => probability[i]), 0.99], rows: [...order.map((i) => rows[i]), 'alone'] });
    const [entry] = (await evaluate([gathered(first), shuffled])).entries;
    const [plain] = (await evaluate([gathered(first), gathered(second)])).entries;
    expect(entry.rows).toBe(5);
    expect(byName(entry.metrics).aucDifference.value).toBe(byName(plain.metrics).aucDifference.value);
    expect(byName(entry.metrics).idi.value).toBeCloseTo(byName(plain.metrics).idi.value, 14);
    expect(entry.detail.notes).toEqual([expect.objectContaining({ code: 'rows-not-shared' })]);
  });

  test('the same rows in a second fold do not make a difference more certain', async () => {
    const stream = random([7, 7, 7, 7]);
    const outcome = Array.from({ length: 40 }, (_, i) => i % 2);
    const rows = outcome.map((_, i) => `case-${i}`);
    const [weak, strong] = [0.2, 0.6].map((by) => outcome.map((y) => 1 / (1 + Math.exp(-(by * 4 * (y - 0.5) + stream.normal())))));
    const fold = (name: string) => [gathered({ model: 'clinical', fold: name, rows, outcome, probability: weak }), gathered({ model: 'combined', fold: name, rows, outcome, probability: strong })];
    const [once] = (await evaluate(fold('r1f1'))).entries;
    const [twice] = (await evaluate([...fold('r1f1'), ...fold('r2f1')])).entries;
    expect(twice.rows).toBe(80);
    expect(byName(twice.metrics).deLongP.value).toBeCloseTo(byName(once.metrics).deLongP.value, 10);
    expect(byName(twice.metrics).aucDifference.interval).toBe('DeLong, paired, by patient');
    expect(byName(twice.metrics).idi.lower).toBeCloseTo(byName(once.metrics).idi.lower!, 12);
  });

  test('the same model twice differs in nothing', async () => {
    const [{ metrics }] = (await evaluate([gathered(simulated('a', 0.5)), gathered({ ...simulated('a', 0.5), model: 'b' })])).entries;
    const m = byName(metrics);
    expect([m.aucDifference.value, m.deLongP.value, m.nri.value, m.idi.value]).toEqual([0, 1, 0, 0]);
  });
});

test('one class, one row of a class, no models: reasons, no throw', async () => {
  const one = await evaluate([gathered({ ...first, outcome: [1, 1, 1, 1, 1] }), gathered({ ...second, outcome: [1, 1, 1, 1, 1] })]);
  expect(one.entries[0].metrics.every(({ value, reason }) => Number.isNaN(value) && reason?.code === 'one-class')).toBe(true);
  const single = await evaluate([gathered({ ...first, outcome: [1, 0, 0, 0, 0] }), gathered({ ...second, outcome: [1, 0, 0, 0, 0] })]);
  expect(byName(single.entries[0].metrics).deLongP.reason?.code).toBe('delong-undefined');
  expect((await evaluate([])).entries).toEqual([]);
  expect((await evaluate([gathered(first)])).entries).toEqual([]);
});

describeContract(comparison, {
  from: import.meta.url,
  examples: [
    { operation: 'run', inputs: () => ({ predictions: three() }), params: { bootstrap: 50 } },
    { operation: 'run', inputs: () => ({ predictions: [] }) },
  ],
});
