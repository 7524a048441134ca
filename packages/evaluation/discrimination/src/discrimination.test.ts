import { encode, type Gathered, type Metric, type Metrics, parseParams, type Predictions, rowSetDigest } from '@radloom/core';
import { describeContract, testContext } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import discrimination from './index.js';

interface Given {
  model?: string;
  role?: Predictions['role'];
  fold?: string;
  outcome: number[];
  probability: number[];
  threshold?: number;
  rows?: string[];
}

function gathered({ model = 'random-forest', role = 'test', fold = 'holdout', outcome, probability, threshold = 0.5, rows = outcome.map((_, i) => `${fold}-${i}`) }: Given): Gathered<Predictions> {
  const partition = { role: role === 'test' ? ('test' as const) : ('training' as const), rowSet: rowSetDigest(rows), fold };
  const value: Predictions = {
    type: 'predictions', model, rows, role, partition, threshold, fittedOn: rowSetDigest(['taught']), outcome: Uint8Array.from(outcome), probability: Float64Array.from(probability),
  };
  return { step: model, name: model, at: { fold }, value };
}

async function evaluate(predictions: Gathered<Predictions>[], settings: Record<string, unknown> = {}): Promise<Metrics> {
  const operation = await discrimination.operations.run.load();
  const { metrics } = await operation({ predictions }, parseParams(discrimination.params, settings), testContext());
  return metrics as Metrics;
}

const byName = (metrics: readonly Metric[]) => Object.fromEntries(metrics.map((metric) => [metric.name, metric]));

/** Three events (0.9, 0.6, 0.4), three others (0.7, 0.4, 0.1): nine pairs, six won, one tied; at 0.5, two and two are right. */
const six: Given = { outcome: [1, 1, 1, 0, 0, 0], probability: [0.9, 0.6, 0.4, 0.7, 0.4, 0.1] };

describe('worked example', () => {
  test('every metric by counting', async () => {
    const [entry] = (await evaluate([gathered(six)])).entries;
    expect(entry).toMatchObject({ model: 'random-forest', role: 'test', rows: 6, events: 3 });
    const m = byName(entry.metrics);
    expect(Object.keys(m)).toEqual(['auc', 'aucBootstrap', 'prAuc', 'accuracy', 'sensitivity', 'specificity', 'ppv', 'npv', 'f1', 'mcc', 'brier', 'logLoss']);
    expect(m.auc).toMatchObject({ value: expect.closeTo(13 / 18, 14), upper: 1, interval: 'DeLong' });
    expect(m.auc.lower).toBeCloseTo(13 / 18 - 1.959963984540054 * Math.sqrt(20 / 324), 12);
    expect(m.aucBootstrap).toMatchObject({ value: m.auc.value, interval: 'bootstrap (stratified, 2000)' });
    for (const name of ['accuracy', 'sensitivity', 'specificity', 'ppv', 'npv', 'f1']) expect(m[name].value).toBeCloseTo(2 / 3, 14);
    expect(m.sensitivity.interval).toBe('Wilson');
    expect(m.mcc.value).toBeCloseTo(1 / 3, 14);
    expect(m.brier.value).toBeCloseTo((0.01 + 0.16 + 0.36 + 0.49 + 0.16 + 0.01) / 6, 14);
  });

  test('what has no formula for its limits has those of the bootstrap, around its value', async () => {
    const [entry] = (await evaluate([gathered(six)])).entries;
    const m = byName(entry.metrics);
    for (const name of ['prAuc', 'f1', 'mcc', 'brier', 'logLoss']) {
      expect(m[name].interval).toBe('bootstrap (stratified, 2000)');
      expect(m[name].lower).toBeLessThan(m[name].value);
      expect(m[name].upper).toBeGreaterThan(m[name].value);
    }
  });

  test('the precision-recall curve: two of three called at 0.7 are events', async () => {
    const [{ detail }] = (await evaluate([gathered(six)])).entries;
    expect(detail.precisionRecall).toEqual([
      { threshold: Infinity, recall: 0, precision: 1 },
      { threshold: 0.9, recall: 1 / 3, precision: 1 },
      { threshold: 0.7, recall: 1 / 3, precision: 1 / 2 },
      { threshold: 0.6, recall: 2 / 3, precision: 2 / 3 },
      { threshold: 0.4, recall: 1, precision: 3 / 5 },
      { threshold: 0.1, recall: 1, precision: 1 / 2 },
    ]);
  });

  test('the detail: curve, counts, threshold, level, folds', async () => {
    const [{ detail }] = (await evaluate([gathered(six)])).entries;
    expect(detail).toMatchObject({ cases: 6, confusion: { tp: 2, fp: 1, fn: 1, tn: 2 }, threshold: 0.5, level: 0.95, notes: [], folds: [{ fold: 'holdout', rows: 6, events: 3, threshold: 0.5 }] });
    expect(detail.roc).toHaveLength(6);
    expect((detail.roc as unknown[])[0]).toEqual({ threshold: -Infinity, sensitivity: 1, specificity: 0 });
    expect(() => encode(detail)).not.toThrow();
  });
});

describe('grouping', () => {
  const other: Given = { fold: 'r1f2', outcome: [1, 0, 1, 0], probability: [0.8, 0.3, 0.2, 0.6], threshold: 0.25 };

  test('folds of a model and role are one entry, each row called at its own fold’s threshold', async () => {
    const { entries } = await evaluate([gathered({ ...six, fold: 'r1f1' }), gathered({ ...six, model: 'knn' }), gathered(other), gathered({ ...six, role: 'training' })]);
    expect(entries.map(({ model, role, rows }) => [model, role, rows])).toEqual([['random-forest', 'test', 10], ['knn', 'test', 6], ['random-forest', 'training', 6]]);
    const { detail } = entries[0];
    expect(detail.threshold).toBeUndefined();
    expect(detail.confusion).toEqual({ tp: 3, fp: 3, fn: 2, tn: 2 });
    expect(detail.aucOverFolds).toEqual({ mean: expect.closeTo((13 / 18 + 0.5) / 2, 12), sd: expect.closeTo((13 / 18 - 0.5) / Math.SQRT2, 12), folds: 2 });
  });

  test('a model’s numbers do not depend on the models beside it, nor on failed folds', async () => {
    const alone = await evaluate([gathered(six)]);
    const failed: Gathered<Predictions> = { step: 'knn', name: 'knn', at: { fold: 'r1f1' }, failure: { code: 'case-missing', message: 'no rows' } };
    const beside = await evaluate([gathered({ ...other, model: 'knn' }), failed, gathered(six)]);
    expect(beside.entries[1]).toEqual(alone.entries[0]);
    expect((await evaluate([failed])).entries).toEqual([]);
  });

  test('rows that come back in another fold are noted, and narrow nothing', async () => {
    const rows = ['a', 'b', 'c', 'd', 'e', 'f'];
    const [once] = (await evaluate([gathered({ ...six, fold: 'r1f1', rows })], { bootstrap: 200 })).entries;
    const [twice] = (await evaluate([gathered({ ...six, fold: 'r1f1', rows }), gathered({ ...six, fold: 'r2f1', rows })], { bootstrap: 200 })).entries;
    expect(twice.detail.notes).toEqual([expect.objectContaining({ code: 'rows-repeated' })]);
    const [before, after] = [byName(once.metrics), byName(twice.metrics)];
    for (const [name, metric] of Object.entries(before)) {
      // Between points of the precision-recall curve the interpolation counts single rows: with more of them it is finer.
      if (name === 'prAuc') continue;
      expect(after[name].value).toBeCloseTo(metric.value, 12);
      if (metric.interval === undefined) continue;
      expect(after[name].interval).toBe(`${metric.interval}, by patient`);
      // Rao & Scott's factor for few patients widens Wilson's limits a little; nothing narrows.
      expect(after[name].upper! - after[name].lower!).toBeGreaterThan(metric.upper! - metric.lower! - 1e-9);
    }
    expect(after.auc.upper).toBeCloseTo(before.auc.upper!, 12);
    expect(after.aucBootstrap.lower).toBeCloseTo(before.aucBootstrap.lower!, 12);
  });

  test('cases of one patient count as one where they say the same, and keep the plain limits where each is a patient', async () => {
    const lesions = gathered({ ...six, outcome: [...six.outcome, ...six.outcome], probability: [...six.probability, ...six.probability] });
    const patients = [...'abcdef', ...'abcdef'];
    const [once] = (await evaluate([gathered(six)], { bootstrap: 200 })).entries;
    const [grouped] = (await evaluate([{ ...lesions, value: { ...lesions.value!, patients } }], { bootstrap: 200 })).entries;
    const [alone] = (await evaluate([{ ...lesions, value: { ...lesions.value!, patients: lesions.value!.rows } }], { bootstrap: 200 })).entries;
    const width = ({ metrics }: typeof once) => byName(metrics).auc.upper! - byName(metrics).auc.lower!;
    expect(width(grouped)).toBeCloseTo(width(once), 12);
    expect(width(alone)).toBeLessThan(width(once));
    expect(byName(alone.metrics).auc.interval).toBe('DeLong');
  });

  test('rows may have thresholds of their own', async () => {
    const given = gathered(six);
    const [{ detail }] = (await evaluate([{ ...given, value: { ...given.value!, thresholds: Float64Array.of(0.95, 0.5, 0.5, 0.8, 0.5, 0.5) } }])).entries;
    // Of the events 0.9 is now missed, of the others 0.7 is now right.
    expect(detail.confusion).toEqual({ tp: 1, fp: 0, fn: 2, tn: 3 });
    expect(detail.threshold).toBeUndefined();
  });
});

describe('what is not defined says so and does not throw', () => {
  test('one class', async () => {
    const [entry] = (await evaluate([gathered({ outcome: [1, 1, 1], probability: [0.9, 0.2, 0.6] })])).entries;
    const m = byName(entry.metrics);
    for (const name of ['auc', 'aucBootstrap', 'prAuc']) expect(m[name]).toMatchObject({ value: NaN, reason: { code: 'one-class' } });
    expect(m.specificity).toMatchObject({ value: NaN, reason: { code: 'no-denominator' } });
    expect(m.sensitivity.value).toBeCloseTo(2 / 3, 14);
    expect(entry.detail.roc).toEqual([]);
  });

  test('perfect separation: the interval has no width, and a note says what that means', async () => {
    const [entry] = (await evaluate([gathered({ outcome: [1, 1, 0, 0], probability: [0.9, 0.8, 0.2, 0.1] })])).entries;
    expect(byName(entry.metrics).auc).toMatchObject({ value: 1, lower: 1, upper: 1 });
    expect(entry.detail.notes).toEqual([expect.objectContaining({ code: 'interval-without-width' })]);
  });

  test('no rows, missing probabilities, nothing called positive', async () => {
    const { entries } = await evaluate([gathered({ model: 'none', outcome: [], probability: [] }), gathered({ model: 'gap', outcome: [1, 0], probability: [NaN, 0.3] }), gathered({ model: 'shy', outcome: [1, 0], probability: [0.4, 0.3] })]);
    expect(entries[0].metrics.every(({ value, reason }) => Number.isNaN(value) && reason?.code === 'no-rows')).toBe(true);
    expect(entries[1].metrics.every(({ reason }) => reason?.code === 'probability-missing')).toBe(true);
    expect(byName(entries[2].metrics).ppv.reason?.code).toBe('no-denominator');
    for (const { metrics } of entries) for (const { value, reason } of metrics) expect(Number.isNaN(value)).toBe(reason !== undefined);
  });

  test('a class of one row has no DeLong interval', async () => {
    const [entry] = (await evaluate([gathered({ outcome: [1, 0, 0], probability: [0.5, 0.6, 0.1] })])).entries;
    expect(byName(entry.metrics).auc).toEqual({ name: 'auc', value: 0.5 });
    expect(entry.detail.notes).toEqual([expect.objectContaining({ code: 'delong-undefined' })]);
  });
});

test('settings: level and resamples', async () => {
  const [entry] = (await evaluate([gathered(six)], { level: 0.8, bootstrap: 50 })).entries;
  const { auc, aucBootstrap } = byName(entry.metrics);
  expect(auc.lower).toBeCloseTo(13 / 18 - 1.2815515655446004 * Math.sqrt(20 / 324), 12);
  expect(aucBootstrap.interval).toBe('bootstrap (stratified, 50)');
});

describeContract(discrimination, {
  from: import.meta.url,
  examples: [
    { operation: 'run', inputs: () => ({ predictions: [gathered(six), gathered({ ...six, model: 'knn', role: 'out-of-fold' })] }), params: { bootstrap: 200 } },
    { operation: 'run', inputs: () => ({ predictions: [] }) },
  ],
});
