import { type Column, makeTable, parseParams, type Table } from '@radloom/core';
import { describeContract, exampleTable, testContext } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import plugin from './index.js';
import { type MrmrSettings, select } from './select.js';

const settings = (given: Record<string, unknown> = {}) => parseParams(plugin.params, given) as unknown as MrmrSettings;
const numeric = (name: string, values: readonly number[]): Column => ({ kind: 'numeric', name, values: Float64Array.from(values) });
const tableOf = (y: readonly number[], ...columns: Column[]): Table =>
  makeTable({ role: 'training', rows: y.map((_, i) => ({ id: `c${i + 1}` })), outcome: { column: 'y', event: '1' }, columns: [numeric('y', y), ...columns] });

const y = [0, 0, 0, 0, 1, 1, 1, 1];
/** r = 0.905 with y; `other` has 0.258 with y. */
const first = [1, 2, 3, 2, 5, 4, 6, 5];
const other = [1, 3, 1, 3, 3, 3, 1, 3];

test('worked example: the copy of the first column is redundant, so the weaker one comes second', () => {
  const { selected, summary } = select(tableOf(y, numeric('first', first), numeric('copy', first), numeric('other', other)), settings({ keep: 3 }), testContext());
  expect(selected).toEqual(['first', 'other', 'copy']);
  const { chosen } = summary as { chosen: { column: string; score: number }[] };
  const information = (r: number) => -0.5 * Math.log(1 - r * r);
  const r = correlationOf(first, y);
  expect(chosen[0].score).toBeCloseTo(information(r), 12);
  expect(chosen[1].score).toBeCloseTo(information(correlationOf(other, y)) - information(correlationOf(other, first)), 12);
});

function correlationOf(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [ma, mb] = [mean(a), mean(b)];
  const dot = (u: readonly number[], mu: number, v: readonly number[], mv: number) => u.reduce((sum, value, i) => sum + (value - mu) * (v[i] - mv), 0);
  return dot(a, ma, b, mb) / Math.sqrt(dot(a, ma, a, ma) * dot(b, mb, b, mb));
}

describe('the order', () => {
  test('starts with the most relevant column and has at most keep of them', () => {
    const { selected } = select(exampleTable(80), settings({ keep: 2 }), testContext());
    expect(selected).toHaveLength(2);
    expect(selected[0]).toBe('feature-1');
    expect(select(exampleTable(80), settings({ keep: 50 }), testContext()).selected).toHaveLength(6);
  });
  test('does not change when a column is scaled or shifted', () => {
    const table = exampleTable(80);
    const scaled = makeTable({ ...table, role: 'training', columns: table.columns.map((column) => (column.kind === 'numeric' && column.name !== 'outcome' ? { ...column, values: column.values.map((value) => 1000 - 3 * value) } : column)) });
    expect(select(scaled, settings(), testContext()).selected).toEqual(select(table, settings(), testContext()).selected);
  });
  test('by groups a column with a threshold beats one with a slope', () => {
    const bent = [5, 5, 5, 5, 1, 9, 1, 9];
    const table = tableOf(y, numeric('bent', bent), numeric('other', other));
    expect(select(table, settings({ keep: 1 }), testContext()).selected).toEqual(['other']);
    expect(select(table, settings({ keep: 1, information: 'groups' }), testContext()).selected).toEqual(['bent']);
  });
});

describe('bad input', () => {
  test('columns of one value are left out by name; with nothing else nothing stays', () => {
    const ctx = testContext();
    expect(select(tableOf(y, numeric('same', y.map(() => 4))), settings(), ctx).selected).toEqual([]);
    expect(ctx.warnings).toMatchObject([{ code: 'constant-column', text: '1 columns have one value only and are left out: same.' }]);
  });
  test('a column that is the outcome comes first with a finite score', () => {
    const { summary } = select(tableOf(y, numeric('other', other), numeric('leak', y)), settings(), testContext());
    const { chosen } = summary as { chosen: { column: string; score: number }[] };
    expect(chosen[0].column).toBe('leak');
    expect(chosen.every(({ score }) => Number.isFinite(score))).toBe(true);
  });
  test('missing and infinite values are refused by column and row; one outcome is refused', () => {
    expect(() => select(tableOf(y, numeric('x', [1, 2, NaN, 4, 5, 6, 7, 8])), settings(), testContext())).toThrow(/column x: the value of row c3/);
    expect(() => select(tableOf(y, numeric('x', [1, 2, 3, 4, 5, 6, 7, -Infinity])), settings(), testContext())).toThrow(/row c8/);
    expect(() => select(tableOf([1, 1], numeric('x', [1, 2])), settings(), testContext())).toThrow(/same outcome/);
  });
});

const inputs = () => ({ table: exampleTable(60) });
describeContract(plugin, {
  from: import.meta.url,
  examples: [
    { operation: 'fit', inputs, params: { keep: 3 } },
    { operation: 'apply', inputs: async () => ({ model: (await (await plugin.operations.fit.load())(inputs(), parseParams(plugin.params, { keep: 3 }), testContext())).model, table: exampleTable(10, 6, 'test') }), params: { keep: 3 } },
  ],
});
