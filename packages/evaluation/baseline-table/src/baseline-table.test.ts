import { type Column, makeTable, parseParams, type Plain, type Table } from '@radloom/core';
import { describeContract, exampleTable, testContext } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import plugin from './index.js';
import { fixed } from './printed.js';
import { type BaselineTable, run } from './run.js';
import type { Settings } from './settings.js';

const settings = (given: Record<string, unknown> = {}) => parseParams(plugin.params, given) as unknown as Settings;

/** Rows with the event first. */
function cohort(events: number, others: number, columns: readonly Column[]): Table {
  const rows = Array.from({ length: events + others }, (_, i) => ({ id: `c${i + 1}` }));
  return makeTable({ rows, columns: [{ kind: 'numeric', name: 'y', values: Float64Array.from(rows, (_, i) => Number(i < events)) }, ...columns], outcome: { column: 'y', event: '1' } });
}

function made(table: Table, given: Record<string, unknown> = {}, clinical?: Table): BaselineTable & { warnings: { code: string; text: string }[] } {
  const ctx = testContext();
  const { table: found } = run({ table, clinical }, settings(given), ctx);
  return { ...((found as Plain).value as BaselineTable), warnings: ctx.warnings };
}

const flag = (name: string, eventYes: number, otherYes: number, events: number, others: number): Column => ({
  kind: 'numeric', name, values: Float64Array.from({ length: events + others }, (_, i) => Number(i < events ? i < eventYes : i - events < otherYes)),
});

test('worked example: four ages and a flag', () => {
  const table = cohort(3, 3, [
    { kind: 'numeric', name: 'age', values: Float64Array.of(60, 62, 64, 50, 52, NaN) },
    { kind: 'numeric', name: 'diabetes', values: Float64Array.of(1, 1, 0, 0, 0, 0) },
  ]);
  const { columns, rows, groups } = made(table);
  expect(groups.map(({ rows: own }) => own)).toEqual([3, 3]);
  expect(columns).toEqual(['Variable', 'All (n = 6)', 'y = 1 (n = 3)', 'y other than 1 (n = 3)', 'P', 'SMD', 'Test', 'Missing']);
  expect(rows).toEqual([
    // Two values cannot be tested for normality. Of 10 ways to deal the ranks 2 are as extreme.
    ['age, median [P25, P75]', '60.00 [52.00, 62.00]', '62.00 [61.00, 63.00]', '51.00 [50.50, 51.50]', '0.200', '6.351', 'Mann-Whitney', '1'],
    ['diabetes, n (%)', '2 (33.3)', '2 (66.7)', '0 (0.0)', '0.400', '2.000', 'Fisher exact', '0'],
  ]);
});

/**
 * Table 1 of the study of haemorrhagic transformation on plain CT that examples/stroke-ht follows: 56 patients with the event, 54 without;
 * of each variable the counts of either group and the printed P.
 */
const published: readonly (readonly [string, number, number, string])[] = [
  ['sex_male', 32, 37, '0.217'], ['aspirin', 19, 12, '0.172'], ['clopidogrel', 6, 8, '0.519'], ['dual_antiplatelet', 26, 29, '0.446'], ['heparin', 5, 16, '0.006'],
  ['argatroban', 17, 27, '0.036'], ['sulodexide', 17, 20, '0.459'], ['hypertension', 41, 38, '0.740'], ['diabetes', 17, 17, '0.898'], ['coronary_heart_disease', 16, 9, '0.136'],
  ['atrial_fibrillation', 19, 9, '0.038'], ['cerebral_infarction', 20, 18, '0.793'], ['cerebral_haemorrhage', 4, 3, '0.733'],
];
const stroke = cohort(56, 54, published.map(([name, yes, other]) => flag(name, yes, other, 56, 54)));

describe('a published table', () => {
  test('all 13 P values by Pearson’s test without continuity correction', () => {
    const { rows } = made(stroke, { counts: 'pearson', yates: 'off' });
    expect(rows.map((row) => [row[0].replace(', n (%)', ''), row[4]])).toEqual(published.map(([name, , , p]) => [name, p]));
    expect(rows[4].slice(1, 4)).toEqual(['21 (19.1)', '5 (8.9)', '16 (29.6)']);
  });
  test('none of them with Yates’ correction; only heparin stays below 0.05', () => {
    const { rows } = made(stroke, { counts: 'pearson' });
    expect(rows.filter((row, i) => row[4] === published[i][3])).toEqual([]);
    expect(rows.filter((row) => row[6] !== 'chi-square (Yates)')).toEqual([]);
    expect(rows.filter((row) => Number(row[4]) < 0.05).map((row) => row[0])).toEqual(['heparin, n (%)']);
  });
  test('the warning names the variables whose finding depends on the test', () => {
    const { notes, warnings } = made(stroke, { counts: 'pearson', yates: 'off' });
    expect(notes.map(({ text }) => text.split(':')[0])).toEqual(['argatroban', 'atrial_fibrillation']);
    expect(notes[0].text).toBe('argatroban: whether P is below 0.05 depends on the test (pearson 0.0355, yates 0.0564, fisher 0.0512); the table gives pearson, 0.0355.');
    expect(warnings.map(({ code }) => code)).toEqual(['test-variant-decides', 'test-variant-decides']);
  });
  test('by the convention for small expected counts cerebral haemorrhage gets Fisher’s P of 1', () => {
    const { variables, rows } = made(stroke);
    expect(variables.filter(({ test: used }) => used === 'fisher').map(({ name, smallestExpected }) => [name, fixed(smallestExpected, 2)])).toEqual([['cerebral_haemorrhage', '3.44']]);
    expect(rows[12].slice(4, 7)).toEqual(['1.000', '0.065', 'Fisher exact']);
  });
});

describe('variables', () => {
  const normal = [49, 52, 55, 47, 51, 50, 53, 48, 54, 46, 60, 63, 58, 61, 59, 62, 57, 64, 60.5, 56];
  test('normal in both groups: mean and deviation, t', () => {
    const table = cohort(10, 10, [{ kind: 'numeric', name: 'age', values: Float64Array.from(normal) }]);
    const { rows: [row], variables: [age] } = made(table, { decimals: 1 });
    expect(row[0]).toBe('age, mean ± SD');
    expect(row.slice(2, 4)).toEqual(['50.5 ± 3.0', '60.1 ± 2.6']);
    expect([row[4], row[6]]).toEqual(['<0.001', 'Welch t']);
    expect(age.normality.every((p) => p > 0.05)).toBe(true);
    expect(made(table, { variances: 'student' }).rows[0][6]).toBe('Student t');
    expect(made(table, { numbers: 'mann-whitney' }).rows[0][6]).toBe('Mann-Whitney');
  });
  test('three categories: a line for each under the line with the P', () => {
    const site: Column = { kind: 'categorical', name: 'site', levels: ['left', 'right', 'both'], codes: Int32Array.of(0, 0, 1, 1, 1, 2, -1, 2) };
    const { rows } = made(cohort(4, 4, [site]));
    expect(rows.map((row) => row.slice(0, 4))).toEqual([['site, n (%)', '', '', ''], ['  left', '2 (28.6)', '2 (50.0)', '0 (0.0)'], ['  right', '3 (42.9)', '2 (50.0)', '1 (33.3)'], ['  both', '2 (28.6)', '0 (0.0)', '2 (66.7)']]);
    expect(rows[0][7]).toBe('1');
  });
  test('a grade may be counted instead', () => {
    const grade: Column = { kind: 'numeric', name: 'grade', values: Float64Array.of(1, 2, 3, 1, 2, 2) };
    expect(made(cohort(3, 3, [grade]), { measure: { grade: 'counts' } }).rows.map((row) => row[0])).toEqual(['grade, n (%)', '  1', '  2', '  3']);
  });
  test('columns of the clinical table are read by row, in the order asked for', () => {
    const table = takeRowsOf(stroke, ['c1', 'c110', 'c2', 'c109']);
    const { rows, groups } = made(table, { columns: ['heparin', 'aspirin'] }, stroke);
    expect(groups.map(({ rows: own }) => own)).toEqual([2, 2]);
    expect(rows.map((row) => row.slice(0, 3))).toEqual([['heparin, n (%)', '2 (50.0)', '2 (100.0)'], ['aspirin, n (%)', '2 (50.0)', '2 (100.0)']]);
  });
});

/** A table of some rows with the outcome alone. */
function takeRowsOf(table: Table, ids: readonly string[]): Table {
  const y = table.columns[0] as { values: Float64Array };
  const at = ids.map((id) => table.rows.findIndex((row) => row.id === id));
  return makeTable({ rows: ids.map((id) => ({ id })), outcome: table.outcome, columns: [{ kind: 'numeric', name: 'y', values: Float64Array.from(at, (row) => y.values[row]) }] });
}

describe('bad input', () => {
  test.each([
    ['one value only', [5, 5, 5, 5], 'x has no P: all values are equal.'],
    ['nothing known', [NaN, NaN, NaN, NaN], 'x has no P: no row has a value.'],
    ['nothing known of one group', [1, 2, NaN, NaN], 'x has no P: no row without the event has a value.'],
  ])('%s: the variable stays in the table and the note names it', (_, values, text) => {
    const { rows, notes, variables } = made(cohort(2, 2, [{ kind: 'numeric', name: 'x', values: Float64Array.from(values) }]));
    expect(rows).toHaveLength(1);
    expect([rows[0][4], rows[0][6]]).toEqual(['', `none: ${text.slice(text.indexOf(':') + 2, -1)}`]);
    expect(notes).toEqual([{ code: 'not-tested', text }]);
    expect(variables[0].reason).toBeDefined();
  });
  test('an infinite value is refused by column and row', () => {
    expect(() => made(cohort(2, 2, [{ kind: 'numeric', name: 'x', values: Float64Array.of(1, 2, -Infinity, 3) }]))).toThrow('x: Column x is infinite in row c3');
  });
  test('a column that is not there is refused with the nearest name', () => {
    expect(() => made(stroke, { columns: ['heparine'] })).toThrow(/no column heparine.*heparin\?/s);
    expect(() => made(stroke, { measure: { aspirine: 'counts' } })).toThrow(/aspirine is to be measured in a way of its own, and is not in the table/);
    expect(made(stroke, { columns: ['aspirin', 'heparin'] }, makeTable({ rows: stroke.rows, columns: stroke.columns.filter(({ name }) => name === 'heparin') })).rows).toHaveLength(2);
  });
  test('a row that the clinical table does not have is refused by name', () => expect(() => made(cohort(2, 2, []), { columns: ['x'] }, makeTable({ rows: [{ id: 'c1' }], columns: [{ kind: 'numeric', name: 'x', values: Float64Array.of(1) }] }))).toThrow(/no row for c2/));
});

test.each([[0.725, 2, '0.73'], [-0.725, 2, '-0.73'], [1.005, 2, '1.01'], [2.5, 0, '3'], [-0.001, 2, '0.00'], [1e-9, 3, '0.000'], [1234567.895, 2, '1234567.90']])('%d at %i decimals is %s', (value, decimals, text) => {
  expect(fixed(value, decimals)).toBe(text);
});

describeContract(plugin, {
  from: import.meta.url,
  examples: [
    { operation: 'run', inputs: () => ({ table: exampleTable() }) },
    { operation: 'run', inputs: () => ({ table: stroke, clinical: stroke }), params: { columns: ['heparin'], yates: 'off' } },
  ],
});
