import { type Column, makeTable, parseParams, type Table } from '@radloom/core';
import { describeContract, exampleTable, testContext } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import plugin from './index.js';
import { type Screened, select, type UnivariateSettings } from './select.js';

function chosen(table: Table, given: Record<string, unknown> = {}) {
  const ctx = testContext();
  const { selected, summary } = select(table, parseParams(plugin.params, given) as unknown as UnivariateSettings, ctx);
  const { tests, absent } = summary as unknown as { tests: Screened[]; absent: string[] };
  return { selected, tests, absent, warnings: ctx.warnings };
}

/** 56 rows with the event, then 54 without. */
function stroke(...more: Column[]): Table {
  const flag = (name: string, yes: number, other: number): Column => ({ kind: 'numeric', name, values: Float64Array.from({ length: 110 }, (_, i) => Number(i < 56 ? i < yes : i - 56 < other)) });
  return makeTable({
    role: 'training',
    rows: Array.from({ length: 110 }, (_, i) => ({ id: `c${i + 1}` })),
    outcome: { column: 'y', event: '1' },
    columns: [{ kind: 'numeric', name: 'y', values: Float64Array.from({ length: 110 }, (_, i) => Number(i < 56)) }, ...counts.map(([name, yes, other]) => flag(name, yes, other)), ...more],
  });
}

/** Table 1 of the study that examples/stroke-ht follows: counts with and without haemorrhagic transformation. */
const counts: readonly (readonly [string, number, number])[] = [
  ['sex_male', 32, 37], ['aspirin', 19, 12], ['clopidogrel', 6, 8], ['dual_antiplatelet', 26, 29], ['heparin', 5, 16], ['argatroban', 17, 27], ['sulodexide', 17, 20],
  ['hypertension', 41, 38], ['diabetes', 17, 17], ['coronary_heart_disease', 16, 9], ['atrial_fibrillation', 19, 9], ['cerebral_infarction', 20, 18], ['cerebral_haemorrhage', 4, 3],
];

test('worked example: 1 2 3 4 against 5 6 7 8 stays, 1 2 3 4 against 4 3 2 1 goes', () => {
  const table = makeTable({
    role: 'training', rows: Array.from({ length: 8 }, (_, i) => ({ id: `${i}` })), outcome: { column: 'y', event: '1' },
    columns: [
      { kind: 'numeric', name: 'y', values: Float64Array.of(1, 1, 1, 1, 0, 0, 0, 0) },
      { kind: 'numeric', name: 'apart', values: Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8) },
      { kind: 'numeric', name: 'alike', values: Float64Array.of(1, 2, 3, 4, 4, 3, 2, 1) },
    ],
  });
  const { selected, tests } = chosen(table, { numbers: 'mann-whitney' });
  expect(selected).toEqual(['apart']);
  // 2 of the 70 ways to deal the ranks are as extreme.
  expect(tests[0]).toMatchObject({ column: 'apart', test: 'mann-whitney', kept: true });
  expect(tests[0].pValue).toBeCloseTo(2 / 70, 12);
});

describe('the published screening', () => {
  test('heparin, argatroban and atrial fibrillation stay by Pearson without correction', () => {
    const { selected, warnings, tests } = chosen(stroke(), { counts: 'pearson', yates: 'off' });
    expect(selected).toEqual(['heparin', 'argatroban', 'atrial_fibrillation']);
    expect(tests.filter(({ kept }) => kept).map(({ pValue }) => pValue.toFixed(3))).toEqual(['0.006', '0.036', '0.038']);
    expect(warnings).toMatchObject([{ code: 'test-variant-decides', text: 'Whether P is below 0.05 depends on the test for argatroban, atrial_fibrillation; see the variants of each.' }]);
  });
  test('only heparin with the correction, none after Holm', () => {
    expect(chosen(stroke(), { counts: 'pearson' }).selected).toEqual(['heparin']);
    const { selected, tests, warnings } = chosen(stroke(), { counts: 'pearson', yates: 'off', adjust: 'holm' });
    expect(selected).toEqual([]);
    expect(tests.find((own) => own.column === 'heparin')!.adjusted).toBeCloseTo(13 * 0.00575028189787189, 12);
    expect(warnings).toMatchObject([{ code: 'univariate-nothing-kept' }]);
  });
});

describe('columns', () => {
  test('that are not screened stay, in the order of the table', () => {
    const { selected, tests } = chosen(stroke(), { columns: ['diabetes', 'heparin'], yates: 'off' });
    expect(tests.map((own) => own.column)).toEqual(['diabetes', 'heparin']);
    expect(selected).toEqual(counts.map(([name]) => name).filter((name) => name !== 'diabetes'));
  });
  test('of categories are screened by name and otherwise left alone', () => {
    const site: Column = { kind: 'categorical', name: 'site', levels: ['a', 'b'], codes: Int32Array.from({ length: 110 }, (_, i) => Number(i % 2 === 0)) };
    expect(chosen(stroke(site), { columns: ['heparin'] }).selected).toContain('site');
    expect(chosen(stroke(site), { columns: ['site'] })).toMatchObject({ tests: [{ column: 'site', test: 'yates', kept: false }] });
    expect(chosen(stroke(site), { columns: ['site'] }).selected).not.toContain('site');
  });
  test('that an earlier step dropped are passed over by name', () => {
    const { absent, warnings } = chosen(stroke(), { columns: ['heparin', 'height'] });
    expect(absent).toEqual(['height']);
    expect(warnings[0]).toMatchObject({ code: 'columns-absent', text: 'height is not in the table: dropped by an earlier step.' });
  });
});

describe('bad input', () => {
  const all = (value: number): Column => ({ kind: 'numeric', name: 'x', values: new Float64Array(110).fill(value) });
  test.each([['one value', 7, 'all values are equal'], ['no value', NaN, 'no row has a value']])('a column of %s goes, by name', (_, value, reason) => {
    const { selected, warnings, tests } = chosen(stroke(all(value)), { columns: ['x'] });
    expect(selected).not.toContain('x');
    expect(warnings[0]).toMatchObject({ code: 'not-tested', text: `Dropped without a test: x (${reason}).` });
    expect(tests[0].reason).toBe(reason);
  });
  test('an infinite value is refused by column and row', () => {
    const column = all(1);
    (column as { values: Float64Array }).values[4] = Infinity;
    expect(() => chosen(stroke(column))).toThrow(/Column x is infinite in row c5/);
  });
  test('the outcome itself, and rows of one outcome, are refused', () => {
    expect(() => chosen(stroke(), { columns: ['y'] })).toThrow(/y is the outcome/);
    const one = makeTable({ role: 'training', rows: [{ id: 'a' }, { id: 'b' }], outcome: { column: 'y', event: '1' }, columns: [{ kind: 'numeric', name: 'y', values: Float64Array.of(1, 1) }] });
    expect(() => chosen(one)).toThrow(/All 2 rows have the same outcome/);
  });
});

const inputs = () => ({ table: exampleTable(60) });
describeContract(plugin, {
  from: import.meta.url,
  examples: [
    { operation: 'fit', inputs, params: { columns: ['feature-1', 'feature-2'] } },
    { operation: 'apply', inputs: async () => ({ model: (await (await plugin.operations.fit.load())(inputs(), parseParams(plugin.params, {}), testContext())).model, table: exampleTable(10, 6, 'test') }) },
  ],
});
