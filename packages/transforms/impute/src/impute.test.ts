import { makeTable, type Model, numbers, type Table } from '@radloom/core';
import { describeContract, exampleTable, testContext } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import { apply, fit } from './impute.js';
import plugin from './index.js';

const table = (columns: Record<string, number[]>): Table =>
  makeTable({ role: 'training', rows: Object.values(columns)[0].map((_, i) => ({ id: String(i) })), columns: Object.entries(columns).map(([name, values]) => ({ kind: 'numeric', name, values: Float64Array.from(values) })) });
const filled = (method: 'median' | 'mean' | 'knn', training: Record<string, number[]>, rows: Record<string, number[]>, neighbours = 2): number[] => {
  const fitted = fit(table(training), { method, neighbours });
  return Array.from(numbers(apply(fitted as unknown as Model, table(rows), {}, testContext()), 'x'));
};

describe('imputation', () => {
  const training = { x: [1, 2, 6, NaN], y: [0, 1, 10, 3] };
  test('worked example: the training median of 1, 2, 6 is 2, the mean 3', () => {
    expect(filled('median', training, { x: [NaN, 5], y: [0, 0] })).toEqual([2, 5]);
    expect(filled('mean', training, { x: [NaN, 5], y: [0, 0] })).toEqual([3, 5]);
  });
  test('nearest rows: y = 0.4 lies by the rows 0 and 1, whose mean is 1.5', () => expect(filled('knn', training, { x: [NaN], y: [0.4] })).toEqual([1.5]));
  test('a row without the value is no neighbour', () => expect(filled('knn', training, { x: [NaN], y: [2.9] })).toEqual([1.5]));
  test('other rows of the same table are no donors', () => expect(filled('median', training, { x: [NaN, 1000, 1000], y: [0, 0, 0] })[0]).toBe(2));
  test('categories count as equal or not, and are filled by the most frequent', () => {
    const category = (codes: number[]) => ({ kind: 'categorical' as const, name: 'c', levels: ['a', 'b'], codes: Int32Array.from(codes) });
    const rows = (x: number[], codes: number[]): Table => makeTable({ role: 'training', rows: x.map((_, i) => ({ id: String(i) })), columns: [{ kind: 'numeric', name: 'x', values: Float64Array.from(x) }, category(codes)] });
    const fitted = fit(rows([1, 3, 10, 20], [0, 0, 1, 1]), { method: 'knn', neighbours: 2 }) as unknown as Model;
    const done = apply(fitted, rows([NaN, NaN, 16], [0, 1, -1]), {}, testContext());
    expect(Array.from(numbers(done, 'x'))).toEqual([2, 15, 16]);
    expect(done.columns[1]).toMatchObject({ codes: Int32Array.of(0, 1, 1) });
  });
  test('a row that shares nothing with any other stays missing, with a warning', () => {
    const ctx = testContext();
    const fitted = fit(table(training), { method: 'knn', neighbours: 2 }) as unknown as Model;
    expect(numbers(apply(fitted, table({ x: [NaN], y: [NaN] }), {}, ctx), 'x')[0]).toBeNaN();
    expect(ctx.warnings[0].code).toBe('impute-incomplete');
  });
  test('an infinite value is refused by column and row', () => expect(() => fit(table({ x: [1, Infinity] }), { method: 'mean', neighbours: 5 })).toThrow('Column x is infinite in row 1'));
  test('a column without any value is refused by name', () => expect(() => fit(table({ x: [NaN, NaN] }), { method: 'median', neighbours: 5 })).toThrow('Column x has no value'));
});

const holed = (rows: number, role: 'training' | 'test' = 'training'): Table => {
  const made = exampleTable(rows, 6, role);
  (made.columns[2] as { values: Float64Array }).values[3] = NaN;
  return made;
};
const inputs = () => ({ table: holed(40) });
const settings = { method: 'knn' as const, neighbours: 5 };
describeContract(plugin, {
  from: import.meta.url,
  examples: [
    { operation: 'fit', inputs, params: settings },
    { operation: 'apply', inputs: async () => ({ model: (await (await plugin.operations.fit.load())(inputs(), settings, testContext())).model, table: holed(10, 'test') }), params: settings },
  ],
});
