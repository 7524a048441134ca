import { type Predictions, takeRows } from '@radloom/core';
import { describeContract, exampleTable } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import plugin from './index.js';
import { join } from './join.js';
import { label } from './label.js';
import { take } from './take.js';

const table = exampleTable(6, 3);
const none = { columns: [], except: [], set: '' };
const names = (found: { table: { columns: readonly { name: string }[] } }) => found.table.columns.map(({ name }) => name);
const outcome = table.outcome!.column;
const { partition } = exampleTable(2, 1, 'test');
const predicted = (): Predictions => ({ type: 'predictions', model: 'svm', rows: ['a', 'b'], outcome: Uint8Array.of(0, 1), probability: Float64Array.of(0.2, 0.7), role: 'test', partition, fittedOn: partition.rowSet, threshold: 0.5 });

describe('take', () => {
  test('worked example: of feature-1 to feature-3 the second, or all but the second; the outcome always', () => {
    expect(names(take({ table }, { ...none, columns: ['feature-2'] }))).toEqual([outcome, 'feature-2']);
    expect(names(take({ table }, { ...none, except: ['feature-2'] }))).toEqual([outcome, 'feature-1', 'feature-3']);
  });
  test('an unknown column is refused with the nearest name', () => expect(() => take({ table }, { ...none, columns: ['feature-22'] })).toThrow(/feature-22/));
});

describe('join', () => {
  const side = (columns: readonly string[]) => take({ table: takeRows(table, [0, 2, 4], 'training', 'r1f1') }, { ...none, columns }).table;
  test('the columns of one and then those of the other, once each', () => {
    const joined = join({ table: side(['feature-3', 'feature-1']), other: side(['feature-1', 'feature-2']) });
    expect(names(joined)).toEqual([outcome, 'feature-3', 'feature-1', 'feature-2']);
    expect(joined.table.partition).toEqual(side([]).partition);
  });
  test('other rows, or the other side, are refused', () => {
    expect(() => join({ table: side([]), other: takeRows(table, [0, 4, 2], 'training') })).toThrow(/case-003 in one is case-005 in the other/);
    expect(() => join({ table: side([]), other: takeRows(table, [0, 2, 4], 'test') })).toThrow(/different rows/);
    expect(() => join({ table: side([]), other: takeRows(table, [0, 2, 4, 5], 'training') })).toThrow(/different rows/);
  });
});

test('label puts the set before the model', () => {
  const predictions = predicted();
  expect(label({ predictions }, { ...none, set: 'clinical' }).predictions).toEqual({ ...predictions, model: 'clinical svm' });
});

describeContract(plugin, {
  from: import.meta.url,
  examples: [
    { operation: 'take', params: { columns: ['feature-1'] }, inputs: () => ({ table: exampleTable() }) },
    { operation: 'join', inputs: () => ({ table: exampleTable(), other: exampleTable() }) },
    { operation: 'label', params: { set: 'clinical' }, inputs: () => ({ predictions: predicted() }) },
  ],
});
