import { type Gathered, makeTable, type Predictions, random } from '@radloom/core';
import { describe, expect, test } from 'vitest';
import { loess } from '../metrics/loess.js';
import { precisionRecallAreas, resampledPrecisionRecallArea } from '../roc/index.js';
import { clustersOf } from '../resampling/clusters.js';
import { valuesByRow } from '../resampling/groups.js';
import { clusteredBootstrap, pooledSeed, poolPredictions, repeatedRowsNote, replicateLimits, whyUnusable } from './index.js';

function entry(model: string, role: Predictions['role'], fold: string, rows: string[], probability: number[], threshold = 0.5): Gathered<Predictions> {
  return { step: model, name: model, at: { fold }, value: { type: 'predictions', model, rows, role, threshold, outcome: Uint8Array.from(rows, (_, i) => i % 2), probability: Float64Array.from(probability), partition: { role: 'test', rowSet: 'x', fold }, fittedOn: 'y' } };
}

describe('pooled predictions', () => {
  test('folds of one model and role come together, each row with its own fold’s threshold; failures are left out', () => {
    const failed: Gathered<Predictions> = { step: 'b', name: 'b', at: { fold: 'f1' }, failure: { code: 'one-class', message: 'One class.' } };
    const pooled = poolPredictions([entry('b', 'test', 'f1', ['p', 'q'], [0.1, 0.2], 0.3), failed, entry('a', 'test', 'f1', ['p'], [0.4]), entry('b', 'test', 'f2', ['r'], [0.9], 0.7)]);
    expect(pooled.map(({ model, role, rows, folds }) => [model, role, rows, folds.map(({ name }) => name)])).toEqual([['b', 'test', ['p', 'q', 'r'], ['f1', 'f2']], ['a', 'test', ['p'], ['f1']]]);
    expect([...pooled[0].threshold]).toEqual([0.3, 0.3, 0.7]);
    expect([...pooled[0].outcome]).toEqual([0, 1, 0]);
  });

  test('whose rows they are; one row a patient hangs together with none', () => {
    const [pooled] = poolPredictions([entry('a', 'test', 'r1f1', ['p', 'q'], [0.1, 0.2]), entry('a', 'test', 'r2f1', ['q', 'p'], [0.3, 0.4])]);
    expect(pooled.patients).toEqual(['p', 'q', 'q', 'p']);
    expect(pooled.clusters).toEqual({ of: Uint32Array.of(0, 1, 1, 0), count: 2, turns: 2 });
    expect(poolPredictions([entry('a', 'test', 'f1', ['p', 'q'], [0.1, 0.2])])[0].clusters).toBeUndefined();
    const lesions = entry('a', 'test', 'f1', ['p1', 'p2', 'q'], [0.1, 0.2, 0.3]);
    expect(poolPredictions([{ ...lesions, value: { ...lesions.value!, patients: ['p', 'p', 'q'], thresholds: Float64Array.of(0.2, 0.3, 0.4) } }])[0]).toMatchObject({ clusters: { of: Uint32Array.of(0, 0, 1), count: 2, turns: 1 }, threshold: Float64Array.of(0.2, 0.3, 0.4) });
  });

  test('each group has a seed of its own', () => {
    const seed = [1, 2, 3, 4] as const;
    expect(pooledSeed('x', seed, { model: 'a', role: 'test' })).toEqual(pooledSeed('x', seed, { model: 'a', role: 'test' }));
    expect(pooledSeed('x', seed, { model: 'a', role: 'test' })).not.toEqual(pooledSeed('x', seed, { model: 'b', role: 'test' }));
    expect(pooledSeed('x', seed, { model: 'a', role: 'test' })).not.toEqual(pooledSeed('y', seed, { model: 'a', role: 'test' }));
  });

  test('what cannot be judged says why, and repeats are counted', () => {
    expect(whyUnusable({ outcome: new Uint8Array(), probability: new Float64Array() })?.code).toBe('no-rows');
    expect(whyUnusable({ outcome: new Uint8Array(2), probability: Float64Array.of(NaN, 1) })?.text).toBe('1 of 2 rows have no probability.');
    expect(whyUnusable({ outcome: new Uint8Array(1), probability: Float64Array.of(0.5) })).toBeUndefined();
    const noteOf = (rows: string[], patients?: string[]) => repeatedRowsNote({ rows, clusters: clustersOf(rows, patients) });
    expect(noteOf(['a', 'b', 'a'])[0].text).toContain('3 rows are of 2 patients, as several folds predict the same case:');
    expect(noteOf(['a', 'b', 'c'], ['p', 'p', 'q'])[0].text).toContain('3 rows are of 2 patients, as some patients have several cases:');
    expect(noteOf(['a', 'b'])).toEqual([]);
  });
});

describe('the bootstrap of cases', () => {
  test('draws as many cases as there are, each with all its rows', () => {
    let calls = 0;
    clusteredBootstrap(['a', 'b', 'a', 'c'], [1, 2, 3, 4], 50, (rows, count) => {
      calls++;
      const drawn = [...rows.subarray(0, count)];
      const times = (row: number) => drawn.filter((each) => each === row).length;
      expect(times(0)).toBe(times(2));
      expect(times(0) + times(1) + times(3)).toBe(3);
      expect(count).toBe(3 + times(0));
    });
    expect(calls).toBe(50);
  });

  test('every case comes as often as every other', () => {
    const total = new Float64Array(10);
    clusteredBootstrap(Array.from(total, (_, i) => `c${i}`), [5, 6, 7, 8], 2000, (rows, count) => rows.subarray(0, count).forEach((row) => total[row]++));
    for (const count of total) expect(Math.abs(count - 2000)).toBeLessThan(4 * Math.sqrt(2000));
  });

  test('limits of replicates; none where half of them are missing', () => {
    const values = Array.from({ length: 101 }, (_, i) => i / 100);
    expect(replicateLimits(values, 0.9, 'bootstrap')).toEqual({ lower: expect.closeTo(0.05, 12) as number, upper: expect.closeTo(0.95, 12) as number, interval: 'bootstrap' });
    expect(replicateLimits([1, NaN, NaN], 0.9, 'bootstrap')).toEqual({});
    expect(replicateLimits([], 0.9, 'bootstrap')).toEqual({});
  });
});

test('loess elsewhere: at the data as at the data, between them between, nothing outside', () => {
  const x = Array.from({ length: 30 }, (_, i) => i / 10);
  const y = x.map((value) => value ** 2);
  const fitted = loess(x, y);
  expect([...loess(x, y, 0.75, x)]).toEqual([...fitted]);
  const [below, between, above] = loess(x, y, 0.75, [-0.1, 1.05, 3]);
  expect([below, above]).toEqual([NaN, NaN]);
  expect(between).toBeCloseTo(1.05 ** 2, 2);
});

test('the precision-recall area of a resample is that of its rows written out', () => {
  const stream = random([3, 3, 3, 3]);
  const outcome = Array.from({ length: 40 }, (_, i) => i % 2);
  const score = outcome.map((y) => Math.round(6 * (stream.next() + y / 3)) / 6); // with ties
  const area = resampledPrecisionRecallArea(outcome, score);
  expect(area(new Uint8Array(40).fill(1))).toBeCloseTo(precisionRecallAreas(outcome, score).davisGoadrich, 14);
  for (let r = 0; r < 20; r++) {
    const times = Uint32Array.from(outcome, () => stream.integer(3));
    const rows = [...times.keys()].flatMap((row) => Array.from({ length: times[row] }, () => row));
    expect(area(times)).toBeCloseTo(precisionRecallAreas(rows.map((row) => outcome[row]), rows.map((row) => score[row])).davisGoadrich, 13);
  }
});

test('values of a column by row, as text; missing ones left out', () => {
  const table = makeTable({
    rows: [{ id: 'a' }, { id: 'b' }],
    columns: [
      { kind: 'numeric', name: 'site', values: Float64Array.of(2, NaN) },
      { kind: 'categorical', name: 'centre', levels: ['X'], codes: Int32Array.of(-1, 0) },
    ],
  });
  expect([...valuesByRow(table, 'site')]).toEqual([['a', '2']]);
  expect([...valuesByRow(table, 'centre')]).toEqual([['b', 'X']]);
});
