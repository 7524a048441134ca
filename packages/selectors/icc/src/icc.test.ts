import { type Column, makeTable, type Model, parseParams, random, type Table } from '@radloom/core';
import { describeContract, exampleTable, testContext } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import plugin from './index.js';
import { type Agreement, agreeing, type IccSettings, select } from './select.js';

const settings = (given: Record<string, unknown> = {}) => parseParams(plugin.params, given) as unknown as IccSettings;
const tableOf = (columns: Readonly<Record<string, readonly number[]>>, ids?: readonly string[]): Table =>
  makeTable({ role: 'training', rows: Object.values(columns)[0].map((_, i) => ({ id: ids?.[i] ?? `c${i + 1}` })), columns: Object.entries(columns).map(([name, values]): Column => ({ kind: 'numeric', name, values: Float64Array.from(values) })) });

function compared(first: Table, second: Table, given: Record<string, unknown> = {}) {
  const ctx = testContext();
  const { selected, summary } = agreeing(first, second, settings(given), ctx);
  return { selected, ...(summary as unknown as { agreement: Agreement[]; rows: number }), warnings: ctx.warnings };
}

test('worked example: readings 1 2 3 and 2 3 4 are consistent (1), and agree to 2/3', () => {
  const [first, second] = [tableOf({ x: [1, 2, 3] }), tableOf({ x: [2, 3, 4] })];
  // Between cases 2, between readers 1.5, left over 0: 2 / (2 + 2/3 * 1.5).
  expect(compared(first, second, { bound: 'estimate' }).agreement[0].icc).toBeCloseTo(2 / 3, 12);
  expect(compared(first, second, { form: 'ICC(3,1)', bound: 'estimate' }).agreement[0].icc).toBe(1);
});

/** Two of the four judges of Shrout & Fleiss (1979), table 2. */
const judges = [[9, 6, 8, 7, 10, 6], [2, 1, 4, 1, 5, 2]];
test('the six forms, from mean squares worked out here', () => {
  const [first, second] = judges.map((x) => tableOf({ x }));
  const n = 6;
  const means = judges[0].map((value, i) => (value + judges[1][i]) / 2);
  const grand = means.reduce((a, b) => a + b, 0) / n;
  const between = (2 * means.reduce((sum, value) => sum + (value - grand) ** 2, 0)) / (n - 1);
  const within = judges[0].reduce((sum, value, i) => sum + (value - judges[1][i]) ** 2 / 2, 0) / n;
  const readers = n * judges.reduce((sum, own) => sum + (own.reduce((a, b) => a + b, 0) / n - grand) ** 2, 0);
  const residual = (within * n - readers) / (n - 1);
  const forms: Record<string, number> = {
    'ICC(1,1)': (between - within) / (between + within),
    'ICC(2,1)': (between - residual) / (between + residual + (2 * (readers - residual)) / n),
    'ICC(3,1)': (between - residual) / (between + residual),
    'ICC(1,k)': (between - within) / between,
    'ICC(2,k)': (between - residual) / (between + (readers - residual) / n),
    'ICC(3,k)': (between - residual) / between,
  };
  for (const [form, expected] of Object.entries(forms)) expect(compared(first, second, { form }).agreement[0].icc).toBeCloseTo(expected, 12);
});

describe('the filter', () => {
  const stream = random([9, 8, 7, 6]);
  const truth = Array.from({ length: 40 }, () => 10 * stream.normal());
  const noisy = (spread: number) => truth.map((value) => value + spread * stream.normal());
  const first = tableOf({ age: truth.map((_, i) => 50 + i), steady: noisy(0.5), shaky: noisy(12), middling: noisy(4) });
  const second = tableOf({ steady: noisy(0.5), shaky: noisy(12), middling: noisy(4) });

  test('keeps what agrees, and what the second reader does not measure', () => expect(compared(first, second, { threshold: 0.9 }).selected).toEqual(['age', 'steady']));
  test('by the lower limit it is stricter than by the estimate', () => {
    const { icc, lower } = compared(first, second).agreement.find(({ column }) => column === 'middling')!;
    expect(lower).toBeLessThan(icc);
    const threshold = (lower + icc) / 2;
    expect(compared(first, second, { bound: 'estimate', threshold }).selected).toContain('middling');
    expect(compared(first, second, { threshold }).selected).not.toContain('middling');
  });
  test('the same readings twice agree completely, in every form', () => {
    for (const form of ['ICC(1,1)', 'ICC(2,1)', 'ICC(3,1)', 'ICC(1,k)', 'ICC(2,k)', 'ICC(3,k)']) {
      expect(compared(first, first, { form }).agreement.every(({ icc, lower, kept }) => icc === 1 && lower === 1 && kept)).toBe(true);
    }
  });
  test('rows are matched by id, in whatever order, and cases without a second reading are left out', () => {
    const order = [...truth.keys()].reverse().slice(0, 35);
    const some = makeTable({ rows: order.map((i) => ({ id: `c${i + 1}` })), columns: second.columns.map((column) => ({ kind: 'numeric', name: column.name, values: Float64Array.from(order, (i) => (column as { values: Float64Array }).values[i]) })) });
    const part = compared(first, some);
    expect(part.rows).toBe(35);
    const keep = order.toSorted((a, b) => a - b);
    const cut = (table: Table) => tableOf(Object.fromEntries(table.columns.map((column) => [column.name, keep.map((i) => (column as { values: Float64Array }).values[i])])));
    expect(part.agreement.map(({ icc }) => icc.toFixed(10))).toEqual(compared(cut(first), cut(second)).agreement.map(({ icc }) => icc.toFixed(10)));
  });
  test('only training rows are compared: rows of the second reader that are no training rows change nothing', async () => {
    const fit = await plugin.operations.fit.load();
    const more = makeTable({ rows: [...second.rows, { id: 'test-case' }], columns: second.columns.map((column) => ({ kind: 'numeric', name: column.name, values: Float64Array.from([...(column as { values: Float64Array }).values, 1e9]) })) });
    const models = await Promise.all([second, more].map(async (own) => (await fit({ table: first, second: own }, parseParams(plugin.params, {}), testContext())).model as Model));
    expect(models[1]).toEqual(models[0]);
    await expect((async () => fit({ table: { ...first, partition: { ...first.partition, role: 'all' } }, second }, parseParams(plugin.params, {}), testContext()))()).rejects.toMatchObject({ code: 'learning-rows' });
  });
});

describe('bad input', () => {
  const first = tableOf({ x: [1, 2, 3, 4], y: [1, 1, 1, 1] });
  test('no second reading, or of too few cases, or of other features', () => {
    expect(() => select(first, settings(), testContext())).toThrow(/there is no second one.*cohort: second/s);
    expect(() => compared(first, tableOf({ x: [1, 2] }))).toThrow(/2 of the 4 training cases have a second reading/);
    expect(() => compared(first, tableOf({ x: [1, 2, 3] }, ['p1', 'p2', 'p3']))).toThrow(/^0 of the 4/);
    expect(() => compared(first, tableOf({ z: [1, 2, 3, 4] }))).toThrow(/none of the features/);
  });
  test('features without variation, or with few values, go by name', () => {
    const { warnings, selected } = compared(tableOf({ x: [1, 2, NaN, NaN], y: [1, 1, 1, 1] }), tableOf({ x: [1, 2, 3, 4], y: [1, 1, 1, 1] }));
    expect(selected).toEqual([]);
    expect(warnings[0]).toMatchObject({ code: 'icc-undefined', text: '2 features have no ICC (no variation, or fewer than 3 cases with both values) and go: x, y.' });
  });
  test('an infinite value is refused by column and row', () => expect(() => compared(first, tableOf({ x: [1, 2, Infinity, 4] }))).toThrow(/Column x is infinite in row c3/));
});

const shaken = (): Table => {
  const table = exampleTable();
  return makeTable({ ...table, columns: table.columns.slice(1, 4).map((column) => ({ ...column, values: (column as { values: Float64Array }).values.map((value, i) => value + 0.1 * Math.sin(i)) }) as Column), outcome: undefined });
};
const inputs = () => ({ table: exampleTable(), second: shaken() });
describeContract(plugin, {
  from: import.meta.url,
  examples: [
    { operation: 'fit', inputs },
    { operation: 'apply', inputs: async () => ({ model: (await (await plugin.operations.fit.load())(inputs(), parseParams(plugin.params, {}), testContext())).model, table: exampleTable(10, 6, 'test') }) },
  ],
});
