import { makeTable, type Table } from '@radloom/core';
import { describeContract, exampleTable, testContext } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import plugin from './index.js';
import { type CorrelationSettings, select as choose } from './select.js';

const table = (columns: Record<string, number[]>): Table =>
  makeTable({ role: 'training', rows: Object.values(columns)[0].map((_, i) => ({ id: String(i) })), columns: Object.entries(columns).map(([name, values]) => ({ kind: 'numeric', name, values: Float64Array.from(values) })) });

const settings = { threshold: 0.9, method: 'pearson', rule: 'fast' } as const;
const select = (of: Table, chosen: CorrelationSettings) => choose(of, chosen, testContext());

describe('the correlation filter', () => {
  test('worked example: of two copies the earlier goes when both are equally correlated with the rest', () => {
    expect(select(table({ a: [1, 2, 3, 4], b: [2, 4, 6, 8], c: [1, -1, 1, -1] }), settings).selected).toEqual(['b', 'c']);
  });
  test('the sign does not matter', () => {
    expect(select(table({ a: [1, 2, 3, 4], b: [-1, -2, -3, -4] }), settings).selected).toEqual(['b']);
  });
  test('a correlation of exactly the threshold stays', () => {
    expect(select(table({ a: [1, 2, 3, 4], b: [1, 2, 3, 4] }), { ...settings, threshold: 1 }).selected).toEqual(['a', 'b']);
  });
  test('of a pair the one that resembles the rest more goes', () => {
    // b is near a, and nearer to c than a is.
    const found = select(table({ a: [1, 2, 3, 4, 5, 6], b: [1, 2, 3, 4, 6, 5.9], c: [0, 0, 0, 0, 5, 4] }), { ...settings, threshold: 0.95 }).selected;
    expect(found).toEqual(['a', 'c']);
  });
  test('ranks see a curve as a line', () => {
    const columns = { a: [1, 2, 3, 4, 5], b: [1, 10, 100, 1000, 10000] };
    expect(select(table(columns), settings).selected).toEqual(['a', 'b']);
    expect(select(table(columns), { ...settings, method: 'spearman' }).selected).toEqual(['b']);
  });
  test('missing values are left out pair by pair; a constant column is correlated with nothing', () => {
    expect(select(table({ a: [1, 2, NaN, 4, 5], b: [1, 2, 9, 4, 5], c: [7, 7, 7, 7, 7] }), settings).selected).toHaveLength(2);
  });
  test('the summary names what went, later columns first, and for which other', () => {
    const { summary } = select(table({ a: [1, 2, 3, 4], b: [-1, -2, -3, -4], c: [1, -1, 1, -1] }), settings);
    expect(summary).toEqual({ pairs: 1, removed: ['a'], partners: ['b'] });
  });
  test('an infinite value is refused by column and row', () => {
    expect(() => select(table({ a: [1, 2, Infinity], b: [1, 2, 3] }), settings)).toThrow('Column a has no correlation: the value of row 2 is infinite');
  });
  test('more columns than a block, in any order of magnitude', () => {
    const columns = Object.fromEntries(Array.from({ length: 150 }, (_, c) => [`x${c}`, Array.from({ length: 12 }, (_, i) => Math.sin(i * (c % 75) + 1 + c % 75) * 10 ** (c % 7))]));
    const kept = select(table(columns), { ...settings, threshold: 0.999999 }).selected;
    expect(kept.filter((name) => Number(name.slice(1)) >= 75).length).toBeGreaterThanOrEqual(60);
  });
});

describe('judged anew after each removal', () => {
  /** Columns with the given correlations: rows of the Cholesky factor over orthonormal directions. */
  function withCorrelations(target: number[][]): Table {
    const p = target.length;
    const factor = target.map(() => Array.from({ length: p }, () => 0));
    for (let r = 0; r < p; r++) {
      for (let c = 0; c <= r; c++) {
        const rest = target[r][c] - factor[c].slice(0, c).reduce((sum, value, k) => sum + value * factor[r][k], 0);
        factor[r][c] = r === c ? Math.sqrt(rest) : rest / factor[c][c];
      }
    }
    // Directions without mean: Helmert contrasts of p + 1 rows.
    const direction = (k: number) => Array.from({ length: p + 1 }, (_, i) => (i <= k ? 1 : i === k + 1 ? -(k + 1) : 0) / Math.sqrt((k + 1) * (k + 2)));
    return table(Object.fromEntries(factor.map((row, r) => [`x${r + 1}`, Array.from({ length: p + 1 }, (_, i) => row.reduce((sum, value, k) => sum + value * direction(k)[i], 0))])));
  }
  const chain = withCorrelations([[1, 0.8, 0.5, 0.1], [0.8, 1, 0.8, 0.3], [0.5, 0.8, 1, 0.1], [0.1, 0.3, 0.1, 1]]);

  test('worked example: once the middle of a chain has gone its ends no longer matter, where the fast rule also takes the end that met it first', () => {
    // Means with the others: x2 1.9/3, x1 and x3 1.4/3, x4 0.5/3. Pairs above 0.7: x2 with x1 and with x3. x2 is above the rest and goes.
    const { selected, summary } = select(chain, { ...settings, threshold: 0.7, rule: 'exact' });
    expect(selected).toEqual(['x1', 'x3', 'x4']);
    expect(summary).toEqual({ pairs: 2, removed: ['x2'], partners: ['x1'] });
  });

  test('of three that all resemble each other two go, the third stands', () => {
    const close = withCorrelations([[1, 0.9, 0.92, 0.1], [0.9, 1, 0.94, 0.1], [0.92, 0.94, 1, 0.1], [0.1, 0.1, 0.1, 1]]);
    expect(select(close, { ...settings, threshold: 0.8, rule: 'exact' })).toMatchObject({ selected: ['x1', 'x4'], summary: { pairs: 3, removed: ['x3', 'x2'] } });
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
