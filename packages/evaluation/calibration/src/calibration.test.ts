import { encode, type Gathered, type Metric, type Metrics, parseParams, type Predictions, random, rowSetDigest } from '@radloom/core';
import { describeContract, testContext } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import calibration from './index.js';

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

async function evaluate(predictions: Gathered<Predictions>[], settings: Record<string, unknown> = { bootstrap: 100 }): Promise<Metrics> {
  const operation = await calibration.operations.run.load();
  return (await operation({ predictions }, parseParams(calibration.params, settings), testContext())).metrics as Metrics;
}

const byName = (metrics: readonly Metric[]) => Object.fromEntries(metrics.map((metric) => [metric.name, metric]));

/** Two bins: of five rows at 0.2 one has the event, of five at 0.8 four; half of all. */
const ten: Given = { outcome: [1, 0, 0, 0, 0, 1, 1, 1, 1, 0], probability: [0.2, 0.2, 0.2, 0.2, 0.2, 0.8, 0.8, 0.8, 0.8, 0.8] };

describe('worked example: what happens in one of five happens in one of five', () => {
  test('slope 1, intercept 0, nothing between curve and diagonal', async () => {
    const [entry] = (await evaluate([gathered(ten)])).entries;
    const m = byName(entry.metrics);
    expect(entry).toMatchObject({ model: 'svm', role: 'test', rows: 10, events: 5 });
    expect(Object.keys(m)).toEqual(['calibrationIntercept', 'calibrationSlope', 'inTheLarge', 'observedOverExpected', 'brier', 'scaledBrier', 'ici', 'e50', 'e90', 'eMax', 'ece', 'hosmerLemeshowP']);
    expect(m.calibrationSlope.value).toBeCloseTo(1, 6);
    expect(m.calibrationIntercept.value).toBeCloseTo(0, 6);
    expect(m.inTheLarge.value).toBeCloseTo(0, 6);
    expect(m.observedOverExpected.value).toBeCloseTo(1, 12);
    // Wald: the intercept's information at slope 1 is the sum of p (1 - p) = 10 x 0.16.
    expect(m.inTheLarge.upper! - m.inTheLarge.value).toBeCloseTo(1.959963984540054 / Math.sqrt(1.6), 5);
    // Two at 0.8 from the outcome, eight at 0.2.
    expect(m.brier.value).toBeCloseTo((2 * 0.64 + 8 * 0.04) / 10, 12);
    expect(m.scaledBrier.value).toBeCloseTo(1 - 0.16 / 0.25, 12);
    expect(m.ece.value).toBeCloseTo(0, 12);
  });

  test('bins, histogram and the curve’s places', async () => {
    const [{ detail }] = (await evaluate([gathered(ten)], { bootstrap: 50, points: 11, bins: 2 })).entries;
    const { bins, histogram, curve } = detail as { bins: Record<string, Float64Array>; histogram: Record<string, Float64Array>; curve: Record<string, Float64Array> };
    expect([...bins.rows]).toEqual([5, 5]);
    expect([...bins.observed]).toEqual([0.2, 0.8]);
    expect(bins.upper[0]).toBeCloseTo(0.6245, 4); // Wilson, 1 of 5
    expect([histogram.events[4], histogram.others[4], histogram.events[16], histogram.others[16]]).toEqual([1, 4, 4, 1]);
    expect(curve.probability[0]).toBe(0.2);
    expect(curve.probability[10]).toBe(0.8);
    expect(() => encode(detail)).not.toThrow();
  });
});

/** Rows whose events follow the probability itself. */
function simulated(n: number, distort: (p: number) => number = (p) => p): Given {
  const stream = random([4, 4, 4, 4]);
  const truth = Array.from({ length: n }, () => 0.03 + 0.94 * stream.next());
  return { outcome: truth.map((p) => (stream.next() < p ? 1 : 0)), probability: truth.map(distort) };
}

describe('what it measures', () => {
  test('true probabilities: slope about 1, the curve’s band holds the diagonal', async () => {
    const [{ metrics, detail }] = (await evaluate([gathered(simulated(600))], { bootstrap: 200 })).entries;
    const m = byName(metrics);
    expect(m.calibrationSlope.lower).toBeLessThan(1);
    expect(m.calibrationSlope.upper).toBeGreaterThan(1);
    expect(m.ici.value).toBeLessThan(0.05);
    const { curve } = detail as { curve: Record<string, Float64Array> };
    const held = curve.probability.filter((p, i) => curve.lower[i] <= p && p <= curve.upper[i]).length;
    expect(held).toBeGreaterThan(40);
  });

  test('logits halved: slope 2; probabilities half as large: in the large well above 0', async () => {
    const timid = (p: number) => 1 / (1 + Math.exp(-Math.log(p / (1 - p)) / 2));
    const [plain, flat, low] = (await evaluate([gathered({ ...simulated(400), model: 'a' }), gathered({ ...simulated(400, timid), model: 'b' }), gathered({ ...simulated(400, (p) => p / 2), model: 'c' })])).entries.map(({ metrics }) => byName(metrics));
    expect(flat.calibrationSlope.value).toBeCloseTo(2 * plain.calibrationSlope.value, 6);
    expect(low.inTheLarge.lower).toBeGreaterThan(0.5);
    expect(low.observedOverExpected.value).toBeCloseTo(2 * plain.observedOverExpected.value, 6);
  });

  test('degrees of freedom of the Hosmer-Lemeshow test: two fewer on the rows that taught the model', async () => {
    const given = simulated(200);
    const df = async (role: Predictions['role']) => ((await evaluate([gathered({ ...given, role })])).entries[0].detail.hosmerLemeshow as { df: number }).df;
    expect([await df('training'), await df('out-of-fold'), await df('test')]).toEqual([8, 10, 10]);
  });

  test('a case that two folds predicted is drawn as one: the limits stay as wide as with one fold', async () => {
    const given = simulated(80);
    const rows = given.outcome.map((_, i) => `case-${i}`);
    const [once] = (await evaluate([gathered({ ...given, rows, fold: 'r1f1' })], { bootstrap: 300 })).entries;
    const [twice] = (await evaluate([gathered({ ...given, rows, fold: 'r1f1' }), gathered({ ...given, rows, fold: 'r2f1' })], { bootstrap: 300 })).entries;
    expect(twice.rows).toBe(160);
    const width = ({ metrics }: typeof once) => byName(metrics).brier.upper! - byName(metrics).brier.lower!;
    expect(width(twice)).toBeCloseTo(width(once), 12);
    expect(twice.detail.notes).toEqual([expect.objectContaining({ code: 'rows-repeated' })]);
    const [before, after] = [byName(once.metrics), byName(twice.metrics)];
    expect(after.hosmerLemeshowP.reason?.code).toBe('rows-repeated');
    for (const name of ['calibrationSlope', 'calibrationIntercept', 'inTheLarge', 'observedOverExpected']) {
      expect(after[name].interval).toBe(`${before[name].interval}, by patient`);
      expect(after[name].upper! - after[name].lower!).toBeGreaterThan(before[name].upper! - before[name].lower! - 1e-9);
    }
  });

  test('another model beside it changes nothing', async () => {
    const alone = await evaluate([gathered(ten)]);
    const beside = await evaluate([gathered({ ...simulated(50), model: 'knn' }), gathered(ten)]);
    expect(beside.entries[1]).toEqual(alone.entries[0]);
  });
});

describe('what is not defined says so', () => {
  test('probabilities of 0 and 1 are left out of the slope with a note, or moved', async () => {
    const { outcome, probability } = simulated(100);
    const certain = { outcome: [...outcome, 1, 0], probability: [...probability, 0, 0] };
    const [entry] = (await evaluate([gathered(certain)])).entries;
    const [without] = (await evaluate([gathered({ outcome, probability })])).entries;
    expect(byName(entry.metrics).calibrationSlope.value).toBeCloseTo(byName(without.metrics).calibrationSlope.value, 12);
    expect(entry.detail.notes).toEqual([expect.objectContaining({ code: 'certain-left-out', text: expect.stringContaining('2 of 102') as string })]);
    const [moved] = (await evaluate([gathered(certain)], { bootstrap: 50, clip: 0.01 })).entries;
    expect(moved.detail.notes).toEqual([]);
    expect(byName(moved.metrics).calibrationSlope.value).toBeLessThan(byName(without.metrics).calibrationSlope.value);
  });

  test.each<[string, Given, Record<string, string>]>([
    ['one class', { outcome: [1, 1, 1, 1, 1, 1, 1, 1], probability: [0.3, 0.5, 0.6, 0.7, 0.4, 0.8, 0.9, 0.2] }, { calibrationSlope: 'one-class', inTheLarge: 'one-class', scaledBrier: 'one-class' }],
    ['one probability', { outcome: [1, 0, 1, 0, 1, 0, 1, 0], probability: Array<number>(8).fill(0.4) }, { calibrationSlope: 'no-spread', ici: 'no-spread', hosmerLemeshowP: 'too-few-groups' }],
    ['classes apart', { outcome: [0, 0, 0, 0, 1, 1, 1, 1], probability: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8] }, { calibrationSlope: 'separated' }],
    ['few rows', { outcome: [0, 1, 0], probability: [0.1, 0.5, 0.6] }, { ici: 'too-few-rows' }],
    ['no rows', { outcome: [], probability: [] }, { brier: 'no-rows', ici: 'no-rows' }],
    ['a probability missing', { outcome: [0, 1], probability: [NaN, 0.4] }, { brier: 'probability-missing' }],
  ])('%s', async (_, given, reasons) => {
    const [{ metrics, detail }] = (await evaluate([gathered(given)])).entries;
    const m = byName(metrics);
    for (const [name, code] of Object.entries(reasons)) expect(m[name].reason?.code, name).toBe(code);
    for (const { value, reason } of metrics) expect(Number.isNaN(value)).toBe(reason !== undefined);
    expect(() => encode(detail)).not.toThrow();
  });
});

describeContract(calibration, {
  from: import.meta.url,
  examples: [
    { operation: 'run', inputs: () => ({ predictions: [gathered(simulated(60)), gathered({ ...ten, model: 'knn', role: 'out-of-fold' })] }), params: { bootstrap: 60 } },
    { operation: 'run', inputs: () => ({ predictions: [] }) },
  ],
});
