import { makeTable, type Table } from '@radloom/core';
import { describeContract, exampleTable, testContext } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import plugin from './index.js';
import { select } from './select.js';

const table = (columns: Record<string, number[]>): Table =>
  makeTable({ role: 'training', rows: Object.values(columns)[0].map((_, i) => ({ id: String(i) })), columns: Object.entries(columns).map(([name, values]) => ({ kind: 'numeric', name, values: Float64Array.from(values) })) });

describe('zero variance', () => {
  test('worked example: constant and all-missing columns go, two values stay', () => {
    expect(select(table({ constant: [3, 3, 3], two: [3, 3, 4], gone: [NaN, NaN, NaN], almost: [NaN, 1, 1], fine: [NaN, 1, 2] })).selected).toEqual(['two', 'fine']);
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
