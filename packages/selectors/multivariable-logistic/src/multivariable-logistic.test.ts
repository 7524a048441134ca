import { type Column, makeTable, parseParams, type Table } from '@radloom/core';
import { describeContract, exampleTable, testContext } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import type { Coefficients, Term } from './fit.js';
import plugin from './index.js';
import { type MultivariableSettings, select } from './select.js';

function chosen(table: Table, given: Record<string, unknown> = {}) {
  const ctx = testContext();
  const { selected, summary } = select(table, parseParams(plugin.params, given) as unknown as MultivariableSettings, ctx);
  return { selected, summary: summary as unknown as Coefficients & { kept: string[]; absent: string[] }, warnings: ctx.warnings };
}

/** Rows of 0/1 columns from counts of each combination, the outcome `y` first. */
function counted(names: readonly string[], patterns: readonly (readonly [pattern: string, count: number])[]): Table {
  const rows = patterns.flatMap(([pattern, count]) => Array.from({ length: count }, () => [...pattern].map(Number)));
  return tableOf(names.map((name, c): Column => ({ kind: 'numeric', name, values: Float64Array.from(rows, (row) => row[c]) })));
}

function tableOf(columns: readonly Column[]): Table {
  const [y] = columns as readonly { values: Float64Array }[];
  return makeTable({ role: 'training', rows: Array.from(y.values, (_, i) => ({ id: `c${i + 1}` })), outcome: { column: 'y', event: '1' }, columns });
}

const numeric = (name: string, values: readonly number[]): Column => ({ kind: 'numeric', name, values: Float64Array.from(values) });

test('worked example: 3 of 4 exposed rows with the event, 1 of 4 others: odds ratio 9', () => {
  const { summary } = chosen(counted(['y', 'exposed'], [['11', 3], ['01', 1], ['10', 1], ['00', 3]]));
  const [intercept, exposed] = summary.terms;
  expect(intercept.coefficient).toBeCloseTo(Math.log(1 / 3), 8);
  expect(exposed.oddsRatio).toBeCloseTo(9, 6);
  // Woolf's standard error of the log odds ratio; R's, with the weights of its last step, is 1e-6 from it.
  expect(exposed.standardError).toBeCloseTo(Math.sqrt(1 / 3 + 1 + 1 + 1 / 3), 5);
});

/**
 * Table 1 and Table 2 of the study that examples/stroke-ht follows determine how many patients had each combination of argatroban, heparin
 * and atrial fibrillation, up to which of them had the event; these counts give every printed number.
 */
const stroke = counted(['y', 'argatroban', 'heparin', 'atrial_fibrillation'], [
  ['0000', 14], ['0001', 2], ['0010', 9], ['0011', 2], ['0100', 18], ['0101', 4], ['0110', 4], ['0111', 1], ['1000', 23], ['1001', 12], ['1010', 3], ['1011', 1], ['1100', 10], ['1101', 6], ['1110', 1],
]);

/** Coefficient, standard error, Wald z, odds ratio, its limits, P: as printed. */
const printed: readonly (readonly string[])[] = [
  ['(Intercept)', '0.5316', '0.3141', '1.69', '1.702', '0.919', '3.149', '0.0906'],
  ['argatroban', '-1.0760', '0.4325', '-2.49', '0.341', '0.146', '0.796', '0.0128'],
  ['heparin', '-1.6657', '0.5883', '-2.83', '0.189', '0.060', '0.599', '0.0046'],
  ['atrial_fibrillation', '0.9517', '0.4921', '1.93', '2.590', '0.987', '6.795', '0.0531'],
];

describe('a published coefficient table', () => {
  const { selected, summary } = chosen(stroke);
  test('every number to print', () => {
    const lines = summary.terms.map(({ term, coefficient, standardError, z, oddsRatio, lower, upper, pValue }: Term) => [term, coefficient.toFixed(4), standardError.toFixed(4), z.toFixed(2), oddsRatio.toFixed(3), lower.toFixed(3), upper.toFixed(3), pValue.toFixed(4)]);
    // One digit apart: 3.1495 rounds to 3.150. The table's limits are those of its coefficients as printed, see below.
    expect(lines).toEqual(printed.map((line) => line.map((cell) => (cell === '3.149' ? '3.150' : cell))));
  });
  test('its limits are those of the coefficients as printed', () => {
    for (const [i, { coefficient, standardError }] of summary.terms.entries()) {
      const [b, error] = [coefficient, standardError].map((value) => Number(value.toFixed(4)));
      expect([-1, 1].map((side) => Math.exp(b + side * 1.959964 * error).toFixed(3))).toEqual(printed[i].slice(5, 7));
    }
  });
  test('argatroban and heparin are the ones that stay', () => expect(selected).toEqual(['argatroban', 'heparin']));
  test('what else R’s summary says of this model', () => {
    expect(summary).toMatchObject({ method: 'maximum-likelihood', interval: 'wald', aliased: [] });
    expect(summary.aic).toBeCloseTo(142.183127495166, 9);
    expect(summary.likelihoodRatio.chiSquared).toBeCloseTo(18.2728865878871, 9);
    expect(summary.vif.map(({ vif }) => vif.toFixed(5))).toEqual(['1.05057', '1.04574', '1.00664']);
  });
  test('profile limits: roots of the deviance (logarithms as R gives them)', () => {
    const { terms } = chosen(stroke, { interval: 'profile' }).summary;
    expect(Math.log(terms[2].lower)).toBeCloseTo(-2.91509240197449, 6);
    expect(Math.log(terms[3].upper)).toBeCloseTo(1.95744361723944, 6);
  });
  test('with Firth’s likelihood: logistf’s coefficients and P', () => {
    const { terms, method } = chosen(stroke, { firth: 'always' }).summary;
    expect(method).toBe('firth');
    expect(terms.map(({ coefficient }) => coefficient.toFixed(6))).toEqual(['0.513817', '-1.035442', '-1.566881', '0.901559']);
    expect(terms.map(({ pValue }) => pValue.toFixed(6))).toEqual(['0.091173', '0.012507', '0.002999', '0.053456']);
  });
});

describe('columns', () => {
  test('not in the model stay; those that an earlier step dropped are passed over by name', () => {
    const { selected, summary, warnings } = chosen(stroke, { columns: ['atrial_fibrillation', 'height'] });
    expect(selected).toEqual(['argatroban', 'heparin', 'atrial_fibrillation']);
    expect(summary.absent).toEqual(['height']);
    expect(warnings[0].text).toBe('height is not in the table: dropped by an earlier step.');
  });
  test('alpha 1 keeps all', () => expect(chosen(stroke, { alpha: 1 }).selected).toHaveLength(3));
  test('none given: all stay', () => {
    const { selected, warnings } = chosen(stroke, { columns: ['height'] });
    expect(selected).toHaveLength(3);
    expect(warnings.at(-1)!.code).toBe('multivariable-nothing-given');
  });
});

describe('bad input', () => {
  const y = numeric('y', [0, 0, 0, 0, 1, 1, 1, 1]);
  const mixed = numeric('mixed', [1, 3, 2, 5, 4, 2, 6, 3]);
  test('perfect separation is refused by column, or fitted by Firth', () => {
    const table = tableOf([y, mixed, numeric('splits', [1, 2, 3, 4, 5, 6, 7, 8])]);
    expect(() => chosen(table)).toThrow(/separated completely by .*splits.*no finite coefficients.*firth: if-separated/s);
    const { summary, warnings } = chosen(table, { firth: 'if-separated' });
    expect(summary.terms.every(({ coefficient }) => Number.isFinite(coefficient))).toBe(true);
    expect(warnings.some(({ code, text }) => code === 'separation' && text.includes('splits'))).toBe(true);
  });
  test('a column that is a combination of others, or one value, goes by name', () => {
    const { selected, summary, warnings } = chosen(tableOf([y, mixed, numeric('twice', [2, 6, 4, 10, 8, 4, 12, 6]), numeric('same', Array<number>(8).fill(3))]), { alpha: 1 });
    expect(selected).toEqual(['mixed']);
    expect(summary.aliased).toEqual(['twice', 'same']);
    expect(warnings.filter(({ code }) => code === 'aliased').map(({ text }) => text)).toEqual(['twice is a combination of the columns before it and has no coefficient; it is dropped.', 'same has one value only and has no coefficient; it is dropped.']);
    expect(chosen(tableOf([y, mixed, numeric('twice', [2, 6, 4, 10, 8, 4, 12, 6])]), { firth: 'always', alpha: 1 }).selected).toEqual(['mixed']);
  });
  test('fewer rows than parameters are refused with both numbers', () => {
    const many = Array.from({ length: 8 }, (_, c) => numeric(`x${c}`, Array.from({ length: 8 }, (_unused, r) => Math.sin(3 * c + 7 * r))));
    expect(() => chosen(tableOf([y, ...many]))).toThrow(/8 rows cannot carry a logistic regression of 8 columns/);
  });
  test('missing and infinite values are refused by column and row; text by column', () => {
    expect(() => chosen(tableOf([y, numeric('x', [1, 2, 3, NaN, 5, 6, 7, 8])]))).toThrow(/column x: the value of row c4/);
    expect(() => chosen(tableOf([y, numeric('x', [1, 2, 3, 4, 5, 6, 7, Infinity])]))).toThrow(/row c8/);
    const site: Column = { kind: 'categorical', name: 'site', levels: ['a', 'b'], codes: Int32Array.of(0, 1, 0, 1, 0, 1, 0, 1) };
    expect(() => chosen(tableOf([y, site]), { columns: ['site'] })).toThrow(/site holds categories/);
  });
  test('one outcome, and the outcome as a column, are refused', () => {
    expect(() => chosen(tableOf([numeric('y', [1, 1, 1, 1, 1, 1, 1, 1]), mixed]))).toThrow(/same outcome/);
    expect(() => chosen(stroke, { columns: ['y'] })).toThrow(/y is the outcome/);
  });
});

const inputs = () => ({ table: exampleTable(60, 3) });
describeContract(plugin, {
  from: import.meta.url,
  examples: [
    { operation: 'fit', inputs },
    { operation: 'apply', inputs: async () => ({ model: (await (await plugin.operations.fit.load())(inputs(), parseParams(plugin.params, {}), testContext())).model, table: exampleTable(10, 3, 'test') }) },
  ],
});
