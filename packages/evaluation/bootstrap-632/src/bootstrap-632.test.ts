import { encode, type Gathered, type Metric, type Metrics, parseParams, type Predictions, rowSetDigest } from '@radloom/core';
import { describeContract, testContext } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import bootstrap632 from './index.js';
import { weigh } from './weigh.js';

function gathered(fold: string, role: Predictions['role'], rows: readonly string[], outcome: readonly number[], probability: readonly number[], model = 'svm'): Gathered<Predictions> {
  const partition = { role: role === 'test' ? ('test' as const) : ('training' as const), rowSet: rowSetDigest(rows), fold };
  return { step: model, name: model, at: { fold }, value: { type: 'predictions', model, rows, role, partition, threshold: 0.5, fittedOn: rowSetDigest(['taught']), outcome: Uint8Array.from(outcome), probability: Float64Array.from(probability) } };
}

async function evaluate(predictions: Gathered<Predictions>[]): Promise<Metrics> {
  const operation = await bootstrap632.operations.run.load();
  return (await operation({ predictions }, parseParams(bootstrap632.params, {}), testContext())).metrics as Metrics;
}

const byName = (metrics: readonly Metric[]) => Object.fromEntries(metrics.map((metric) => [metric.name, metric.value]));

describe('the weight', () => {
  test('no overfitting: .632; as bad outside as without information: 1, and the estimate is that', () => {
    expect(weigh({ apparent: 0.3, outside: 0.3, noInformation: 0.5 })).toMatchObject({ overfitting: 0, weight: 0.632, plus: expect.closeTo(0.3, 12) as number });
    expect(weigh({ apparent: 0, outside: 0.5, noInformation: 0.5 })).toMatchObject({ overfitting: 1, weight: 1, plain: 0.316, plus: 0.5 });
  });

  test('half way: R 1/2, weight .632 / (1 - .184), by hand', () => {
    const { overfitting, weight, plus } = weigh({ apparent: 0.1, outside: 0.3, noInformation: 0.5 });
    expect(overfitting).toBeCloseTo(0.5, 14);
    expect(weight).toBeCloseTo(0.632 / 0.816, 14);
    expect(plus).toBeCloseTo(0.1 + 0.2 * (0.632 / 0.816), 14);
  });

  test('an outside error above that without information counts as that', () => {
    expect(weigh({ apparent: 0, outside: 0.7, noInformation: 0.5 }).plus).toBe(0.5);
    expect(weigh({ apparent: 0.6, outside: 0.7, noInformation: 0.5 })).toMatchObject({ overfitting: 0 });
  });
});

/** Four rows, perfect on themselves; outside, a is right once and wrong once, b right, c wrong, d never outside. */
const rows = ['a', 'b', 'c', 'd'];
const samples = () => [
  gathered('all', 'training', rows, [1, 1, 0, 0], [1, 1, 0, 0]),
  gathered('b1', 'training', ['b', 'b~2', 'd', 'd~2'], [1, 1, 0, 0], [1, 1, 0, 0]),
  gathered('b1', 'test', ['a', 'c'], [1, 0], [1, 1]),
  gathered('b2', 'test', ['a', 'b'], [1, 1], [0, 1]),
  gathered('all', 'test', [], [], []),
];

describe('worked example', () => {
  test('error: rows outside have mean losses 1/2, 0 and 1, so 1/2; without information 1/2', async () => {
    const [{ model, role, metrics, detail, ...counts }] = (await evaluate(samples())).entries;
    expect({ model, role, ...counts }).toEqual({ model: 'svm', role: 'test', rows: 4, events: 2 });
    const m = byName(metrics);
    expect(m.errorApparent).toBe(0);
    expect(m.errorOutside).toBeCloseTo(1 / 2, 14);
    expect(m.error632).toBeCloseTo(0.316, 14);
    expect(m.error632Plus).toBeCloseTo(1 / 2, 14);
    expect(m.brierOutside).toBeCloseTo(1 / 2, 14);
    expect(detail).toMatchObject({ samples: 2, error: { overfitting: 1, noInformation: 0.5 } });
    expect(() => encode(detail)).not.toThrow();
  });

  test('AUC: the one sample with both classes outside has a tie, 1/2; .632+ gives that, .632 more', async () => {
    const [{ metrics, detail }] = (await evaluate(samples())).entries;
    expect(byName(metrics)).toMatchObject({ aucApparent: 1, aucOutside: 0.5, auc632Plus: 0.5, auc632: expect.closeTo(0.684, 12) as number });
    expect(detail.notes).toEqual([expect.objectContaining({ code: 'one-class' })]);
  });
});

test('one entry a model; without the fold of all rows there is a reason', async () => {
  const other = samples().map((entry) => ({ ...entry, value: { ...entry.value!, model: 'knn' } }));
  const { entries } = await evaluate([...samples(), ...other.filter(({ at, value }) => at.fold !== 'all' || value.role !== 'training')]);
  expect(entries.map(({ model, metrics }) => [model, metrics[0].reason?.code])).toEqual([['svm', undefined], ['knn', 'no-apparent']]);
});

test('one class and no rows outside have reasons', async () => {
  const one = await evaluate([gathered('all', 'training', ['a', 'b'], [1, 1], [1, 1]), gathered('b1', 'test', ['a'], [1], [1])]);
  const none = await evaluate([gathered('all', 'training', ['a', 'b'], [1, 0], [1, 0]), gathered('all', 'test', [], [], [])]);
  expect([one, none].map(({ entries }) => entries[0].metrics[0].reason?.code)).toEqual(['one-class', 'no-rows']);
});

describeContract(bootstrap632, {
  from: import.meta.url,
  examples: [{ operation: 'run', inputs: () => ({ predictions: samples() }) }, { operation: 'run', inputs: () => ({ predictions: [] }) }],
});
