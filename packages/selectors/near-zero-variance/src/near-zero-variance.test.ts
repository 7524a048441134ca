import { makeTable, type Table } from '@radloom/core';
import { describeContract, exampleTable, testContext } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import plugin from './index.js';
import { select } from './select.js';

const table = (columns: Record<string, number[]>): Table =>
  makeTable({ role: 'training', rows: Object.values(columns)[0].map((_, i) => ({ id: String(i) })), columns: Object.entries(columns).map(([name, values]) => ({ kind: 'numeric', name, values: Float64Array.from(values) })) });

const settings = { frequencyCut: 19, uniqueCut: 10 };
const repeated = (times: number, other: number[]): number[] => [...Array.from({ length: times }, () => 0), ...other];

describe('near zero variance', () => {
  test('worked example: 95 zeros and 5 ones have a ratio of exactly 19 and stay; 96 and 4 go', () => {
    expect(select(table({ x: repeated(95, [1, 1, 1, 1, 1]) }), settings).selected).toEqual(['x']);
    expect(select(table({ x: repeated(96, [1, 1, 1, 1]) }), settings).selected).toEqual([]);
  });
  test('many different values keep a column', () => {
    expect(select(table({ x: repeated(80, Array.from({ length: 20 }, (_, i) => i + 1)) }), settings).selected).toEqual(['x']);
  });
  test('constant and missing columns go, whatever the cuts', () => {
    expect(select(table({ a: [1, 1, 1], b: [NaN, NaN, NaN], c: [1, 2, 3] }), { frequencyCut: 1e9, uniqueCut: 0 }).selected).toEqual(['c']);
  });
  test('values that agree in 15 digits are counted together', () => {
    // 30 of one text, half of them a rounding away, and 1 other: a ratio of 30. Told apart exactly it would be 15.
    const close = [...Array.from({ length: 15 }, () => 0.3), ...Array.from({ length: 15 }, () => 0.1 + 0.2), 1];
    expect(select(table({ x: close }), settings).selected).toEqual([]);
  });
  test('a column of one text but two values has no ratio and stays, as in R', () => {
    expect(select(table({ x: [0.1 + 0.2, 0.3, 0.3] }), settings).selected).toEqual(['x']);
  });
});
const inputs = () => ({ table: exampleTable(60) });
const params = {};
describeContract(plugin, {
  from: import.meta.url,
  examples: [
    { operation: 'fit', inputs, params },
    { operation: 'apply', inputs: async () => ({ model: (await (await plugin.operations.fit.load())(inputs(), plugin.params.parse(params), testContext())).model, table: exampleTable(10, 6, 'test') }), params },
  ],
});
