import { makeTable, type Model, numbers, type Table } from '@radloom/core';
import { describeContract, exampleTable, testContext } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import plugin from './index.js';
import { apply, fit } from './scale.js';

const table = (values: number[]): Table => makeTable({ role: 'training', rows: values.map((_, i) => ({ id: String(i) })), columns: [{ kind: 'numeric', name: 'x', values: Float64Array.from(values) }] });
const scaled = (method: 'z-score' | 'range', training: number[], rows: number[]): number[] => {
  const fitted = fit(table(training), { method }, testContext());
  return Array.from(numbers(apply({ predictors: ['x'], ...fitted } as unknown as Model, table(rows)), 'x'));
};

describe('scaling', () => {
  test('worked example: 1, 2, 3 have mean 2 and standard deviation 1; a new 5 becomes 3', () => expect(scaled('z-score', [1, 2, 3], [1, 2, 3, 5])).toEqual([-1, 0, 1, 3]));
  test('range: the training extremes become 0 and 1, what lies outside is clipped', () => expect(scaled('range', [2, 6, 4], [2, 6, 4, 0, 9])).toEqual([0, 1, 0.5, 0, 1]));
  test('missing values are not counted and stay missing', () => expect(scaled('z-score', [1, NaN, 2, 3], [NaN, 2])).toEqual([NaN, 0]));
  test('a constant column is centred and named in a warning', () => {
    const ctx = testContext();
    fit(table([4, 4, 4]), { method: 'z-score' }, ctx);
    expect(ctx.warnings[0].text).toContain('x');
    expect(scaled('z-score', [4, 4, 4], [4, 5])).toEqual([0, 1]);
  });
  test('a column without any value, or with an infinite one, is refused by name', () => {
    expect(() => scaled('z-score', [NaN, NaN], [1])).toThrow('Column x has no value');
    expect(() => scaled('range', [1, Infinity], [1])).toThrow('Column x is infinite in row 1');
  });
});

const inputs = () => ({ table: exampleTable() });
describeContract(plugin, {
  from: import.meta.url,
  examples: [
    { operation: 'fit', inputs },
    { operation: 'apply', inputs: async () => ({ model: (await (await plugin.operations.fit.load())(inputs(), { method: 'z-score' }, testContext())).model, table: exampleTable(10, 6, 'test') }) },
  ],
});
