import { type Column, makeTable, type Model, numbers, parseParams, random, type Table, takeRows } from '@radloom/core';
import { describeContract, exampleTable, testContext } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import { apply, type CombatSettings, fit } from './harmonise.js';
import plugin from './index.js';

const settings = (given: Record<string, unknown> = {}) => parseParams(plugin.params, { batch: 'scanner', ...given }) as unknown as CombatSettings;
const modelOf = (table: Table, given: Record<string, unknown> = {}, ctx = testContext()): Model => ({ ...fit(table, settings(given), ctx), type: 'model' }) as unknown as Model;
const harmonised = (table: Table, given: Record<string, unknown> = {}, rows = table): Table => apply(modelOf(table, given), rows, settings(given));

/** Thirty rows of scanner A, thirty of B, whose values are shifted by 3 and twice as wide; a covariate `age` adds a tenth of itself. */
function cohort(features = 20): Table {
  const stream = random([1, 6, 1, 8]);
  const scanner = Int32Array.from({ length: 60 }, (_, i) => i % 2);
  const age = Float64Array.from(scanner, () => 60 + 10 * stream.normal());
  const columns = Array.from({ length: features }, (_, f): Column => ({ kind: 'numeric', name: `f${f + 1}`, values: Float64Array.from(scanner, (b, i) => 0.1 * age[i] + (b === 1 ? 3 + 2 * stream.normal() : stream.normal())) }));
  return makeTable({
    role: 'training', rows: Array.from(scanner, (_, i) => ({ id: `c${i + 1}` })), outcome: { column: 'y', event: '1' },
    columns: [{ kind: 'numeric', name: 'y', values: Float64Array.from(scanner, (_, i) => Number(i % 3 === 0)) }, { kind: 'categorical', name: 'scanner', levels: ['A', 'B'], codes: scanner }, { kind: 'numeric', name: 'age', values: age }, { kind: 'numeric', name: 'male', values: Float64Array.from(scanner, (_, i) => Number(i % 4 === 0)) }, ...columns],
  });
}

const mean = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0) / values.length;
const spread = (values: Float64Array) => Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)));
const ofBatch = (table: Table, name: string, b: number) => numbers(table, name).filter((_, i) => i % 2 === b);

test('worked example: mean only, two features of two batches apart by 4 and by 2; the shifts are drawn towards their mean', () => {
  const rows = Array.from({ length: 4 }, (_, i) => ({ id: `${i}` }));
  const table = makeTable({
    role: 'training', rows,
    columns: [
      { kind: 'categorical', name: 'scanner', levels: ['A', 'B'], codes: Int32Array.of(0, 0, 1, 1) },
      { kind: 'numeric', name: 'f', values: Float64Array.of(1, 3, 5, 7) },
      { kind: 'numeric', name: 'g', values: Float64Array.of(1, 3, 3, 5) },
    ],
  });
  const found = harmonised(table, { meanOnly: true });
  // Overall means 4 and 3, spread 1 within. Batch B lies 2 and 1 above: mean 1.5, variance 0.5 over features; posterior (0.5 x + 1.5) / 1.5.
  const shift = (x: number) => (0.5 * x + Math.sign(x) * 1.5) / 1.5;
  expect([...numbers(found, 'f')].map((value, i) => value - [1, 3, 5, 7][i])).toEqual([-shift(-2), -shift(-2), -shift(2), -shift(2)].map((value) => expect.closeTo(value, 12) as number));
  expect([...numbers(found, 'g')].map((value, i) => value - [1, 3, 3, 5][i])).toEqual([-shift(-1), -shift(-1), -shift(1), -shift(1)].map((value) => expect.closeTo(value, 12) as number));
});

describe('rows that taught', () => {
  const table = cohort();
  const done = harmonised(table, { covariates: ['age'] });
  test('end at the same place and width, but for what the covariate explains', () => {
    const apart = (from: Table, f: string) => mean(ofBatch(from, f, 1)) - mean(ofBatch(from, f, 0));
    const ages = 0.1 * apart(table, 'age');
    const features = Array.from({ length: 20 }, (_, f) => `f${f + 1}`);
    expect(mean(features.map((f) => apart(table, f)))).toBeGreaterThan(2.5);
    expect(Math.abs(mean(features.map((f) => apart(done, f))) - ages)).toBeLessThan(0.05);
    const ratio = mean(features.map((f) => spread(ofBatch(done, f, 1)) / spread(ofBatch(done, f, 0))));
    expect(ratio).toBeGreaterThan(0.9);
    expect(ratio).toBeLessThan(1.1);
  });
  test('keep the covariate, flags, the batch and the outcome as they are', () => {
    for (const name of ['y', 'age', 'male']) expect(numbers(done, name)).toEqual(numbers(table, name));
    expect(done.columns.map(({ name }) => name)).toEqual(table.columns.map(({ name }) => name));
    expect(numbers(harmonised(table, { leave: ['age', 'f3'] }), 'f3')).toEqual(numbers(table, 'f3'));
  });
  test('a reference batch stays as it is, and the others come to it', () => {
    const brought = harmonised(table, { reference: 'A', covariates: ['age'] });
    expect([...ofBatch(brought, 'f1', 0)]).toEqual([...ofBatch(table, 'f1', 0)]);
    expect(Math.abs(mean(ofBatch(brought, 'f1', 1)) - mean(ofBatch(brought, 'f1', 0)))).toBeLessThan(1);
  });
});

describe('new rows', () => {
  const table = cohort();
  const training = takeRows(table, Array.from({ length: 40 }, (_, i) => i), 'training');
  const test1 = takeRows(table, [40, 41, 42, 43], 'test');
  const scannerC = makeTable({ ...test1, role: 'test', columns: test1.columns.map((own) => (own.name === 'scanner' ? { kind: 'categorical', name: 'scanner', levels: ['A', 'B', 'C'], codes: Int32Array.of(0, 1, 2, 2) } : own)) });
  test('of a known batch are adjusted by what was learned, each by itself', () => {
    const all = harmonised(training, {}, test1);
    expect([...numbers(harmonised(training, {}, takeRows(test1, [2], 'test')), 'f1')]).toEqual([numbers(all, 'f1')[2]]);
    expect(numbers(all, 'f1')[0]).not.toBe(numbers(test1, 'f1')[0]);
  });
  test('of an unseen batch are refused by row and batch', () => {
    expect(() => harmonised(training, {}, scannerC)).toThrow(/Row c43 is of batch C; the training rows had A, B/);
  });
  test('or stay as they are, like the reference batch', () => {
    const found = harmonised(training, { reference: 'A', unseen: 'reference' }, scannerC);
    expect([...numbers(found, 'f1')].slice(2)).toEqual([...numbers(scannerC, 'f1')].slice(2));
    expect(numbers(found, 'f1')[1]).not.toBe(numbers(scannerC, 'f1')[1]);
    expect(() => modelOf(training, { unseen: 'reference' })).toThrow(/none is named/);
  });
  test('or are adjusted like the average batch, the others as ever', () => {
    const found = harmonised(training, { unseen: 'pooled' }, scannerC);
    const plain = harmonised(training, {}, test1);
    expect([...numbers(found, 'f1')].slice(0, 2)).toEqual([...numbers(plain, 'f1')].slice(0, 2));
    // The shifts of two equal batches nearly cancel; the scales have a mean that is not 1.
    expect(numbers(found, 'f1')[2]).not.toBe(numbers(scannerC, 'f1')[2]);
    expect(Math.abs(numbers(found, 'f1')[2] - numbers(scannerC, 'f1')[2])).toBeLessThan(1);
  });
  test('may have their batch in a table of its own, by row id', async () => {
    const groups = makeTable({ rows: table.rows, columns: [table.columns[1]] });
    const apart = (from: Table) => makeTable({ ...from, role: from.partition.role, columns: from.columns.filter(({ name }) => name !== 'scanner') });
    const parsed = parseParams(plugin.params, { batch: 'scanner' });
    const model = (await (await plugin.operations.fit.load())({ table: apart(training), groups }, parsed, testContext())).model as Model;
    const found = (await (await plugin.operations.apply.load())({ model, table: apart(test1), groups }, parsed, testContext())).table as Table;
    expect(numbers(found, 'f1')).toEqual(numbers(harmonised(training, {}, test1), 'f1'));
    expect(model).toMatchObject({ plugin: 'transform/combat', fittedOn: { role: 'training' }, summary: { sizes: { A: 20, B: 20 } } });
  });
});

describe('bad input', () => {
  const table = cohort(4);
  const changed = (name: string, change: (values: Float64Array) => void) => {
    const values = numbers(table, name).slice();
    change(values);
    return makeTable({ ...table, role: 'training', columns: table.columns.map((own) => (own.name === name ? { kind: 'numeric', name, values } : own)) });
  };
  const scanners = (codes: number[], levels = ['A', 'B', 'C'], rows = table.rows) => makeTable({ ...table, rows, role: 'training', columns: table.columns.map((own) => (own.name === 'scanner' ? { kind: 'categorical', name: 'scanner', levels, codes: Int32Array.from(codes) } : own)) });
  test('a batch with one patient is refused by batch and row, unless means alone are shifted', () => {
    const one = scanners(table.rows.map((_, i) => (i === 7 ? 2 : i % 2)));
    expect(() => modelOf(one)).toThrow(/Batch C has one patient in the training rows \(row c8\).*meanOnly: true/s);
    expect(() => modelOf(one, { meanOnly: true })).not.toThrow();
    const twice = scanners(table.rows.map((_, i) => (i === 7 || i === 8 ? 2 : i % 2)), undefined, table.rows.map(({ id }, i) => ({ id, patient: i === 8 ? 'c8' : id })));
    expect(() => modelOf(twice)).toThrow(/Batch C has one patient/);
  });
  test('one batch, an unknown reference, and a row without a batch', () => {
    expect(() => modelOf(scanners(table.rows.map(() => 0)))).toThrow(/All 60 training rows are of batch A/);
    expect(() => modelOf(table, { reference: 'Z' })).toThrow(/No training row is of the reference batch Z.*have A, B/s);
    expect(() => modelOf(scanners(table.rows.map((_, i) => (i === 4 ? -1 : i % 2))))).toThrow(/Row c5 has no scanner/);
    expect(() => modelOf(table, { batch: 'scaner' })).toThrow(/scanner\?/);
  });
  test('missing and infinite values by column and row', () => {
    expect(() => modelOf(changed('f2', (values) => (values[3] = NaN)))).toThrow(/column f2: the value of row c4/);
    expect(() => modelOf(changed('age', (values) => (values[9] = Infinity)), { covariates: ['age'] })).toThrow(/column age: the value of row c10/);
  });
  test('a feature that is constant in a batch stays as it is, by name', () => {
    const ctx = testContext();
    const flat = changed('f2', (values) => values.forEach((_, i) => i % 2 === 0 && (values[i] = 5)));
    const model = modelOf(flat, {}, ctx);
    expect(ctx.warnings[0].text).toBe('1 features have one value only in some batch and stay as they are: f2.');
    expect(numbers(apply(model, flat, settings()), 'f2')).toEqual(numbers(flat, 'f2'));
  });
  test('the outcome as a covariate, one feature, and a covariate that is the batch', () => {
    expect(() => modelOf(table, { covariates: ['y'] })).toThrow(/y is the outcome/);
    expect(() => modelOf(table, { columns: ['f1'] })).toThrow(/there are 1 to adjust/);
    expect(() => modelOf(changed('age', (values) => values.forEach((_, i) => (values[i] = i % 2))), { covariates: ['age'] })).toThrow(/batches and of age cannot be told apart/);
  });
});

const groups = (table: Table) => makeTable({ rows: table.rows, columns: [{ kind: 'categorical', name: 'batch', levels: ['A', 'B'], codes: Int32Array.from(table.rows, (_, i) => Number(i % 4 < 2)) }] });
const inputs = () => ({ table: exampleTable(), groups: groups(exampleTable()) });
describeContract(plugin, {
  from: import.meta.url,
  examples: [
    { operation: 'fit', inputs },
    { operation: 'apply', inputs: async () => ({ model: (await (await plugin.operations.fit.load())(inputs(), parseParams(plugin.params, {}), testContext())).model, table: exampleTable(10, 6, 'test'), groups: groups(exampleTable(10, 6, 'test')) }) },
  ],
});
