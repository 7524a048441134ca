import { type Folds, makeTable, parseParams, type Plain, type RowSource, type Table } from '@radloom/core';
import { describeContract, exampleTable, testContext } from '@radloom/testkit';
import { expect, test } from 'vitest';
import plugin from './index.js';

const centres = ['A', 'B', 'A', 'C', 'B', 'A'];

function cohort(rows: readonly RowSource[] = centres.map((_, i) => ({ id: `c${i}` })), withCentre = true): Table {
  const levels = ['A', 'B', 'C'];
  return makeTable({
    rows,
    outcome: { column: 'y', event: '1' },
    columns: [
      { kind: 'numeric', name: 'y', values: Float64Array.from(rows, (_, i) => i % 2) },
      ...(withCentre ? [{ kind: 'categorical' as const, name: 'centre', levels, codes: Int32Array.from(rows, (_, i) => levels.indexOf(centres[i])) }] : []),
    ],
  });
}

async function assign(inputs: { table: Table; groups?: Table }, params: Record<string, unknown> = {}): Promise<Folds['folds']> {
  const operation = await plugin.operations.assign.load();
  return (((await operation(inputs, parseParams(plugin.params, { groups: ['A', 'B', 'C'], ...params }), testContext())).folds as Plain).value as Folds).folds;
}

const expected = [{ id: 'A', test: ['c0', 'c2', 'c5'] }, { id: 'B', test: ['c1', 'c4'] }, { id: 'C', test: ['c3'] }];

test('each centre is held out once, under its own name', async () => {
  expect(await assign({ table: cohort() })).toEqual(expected);
  expect((plugin.about.elements as (params: unknown) => string[])({ groups: ['A', 'B'] })).toEqual(['A', 'B']);
});

test('the column may stand in a table of its own, in another order, and hold numbers', async () => {
  const order = [5, 3, 1, 0, 2, 4];
  const groups = makeTable({ rows: order.map((i) => ({ id: `c${i}` })), columns: [{ kind: 'numeric', name: 'site', values: Float64Array.from(order, (i) => centres[i].charCodeAt(0)) }] });
  const folds = await assign({ table: cohort(undefined, false), groups }, { column: 'site', groups: ['65', '66', '67'] });
  expect(folds.map(({ test: held }) => held)).toEqual(expected.map(({ test: held }) => held));
});

test('rows of a patient in one centre stay together; a patient in two is refused', async () => {
  const rows = (patients: readonly string[]) => patients.map((patient, i) => ({ id: `c${i}`, patient }));
  await expect(assign({ table: cohort(rows(['p', 'q', 'p', 'r', 's', 't'])) })).resolves.toHaveLength(3);
  await expect(assign({ table: cohort(rows(['p', 'p', 'q', 'r', 's', 't'])) })).rejects.toMatchObject({ code: 'patient-across-groups' });
});

test.each([
  ['a group that is not listed', { groups: ['A', 'B'] }, 'group-unknown'],
  ['a listed group without rows', { groups: ['A', 'B', 'C', 'D'] }, 'group-empty'],
  ['one group', { groups: ['A'] }, 'bad-setting'],
  ['a column that is not there', { column: 'center' }, 'column-unknown'],
])('%s is refused', async (_, params, code) => {
  await expect(assign({ table: cohort() }, params)).rejects.toMatchObject({ code });
});

test('a row without a group is refused by name', async () => {
  const groups = makeTable({ rows: [{ id: 'c0' }], columns: [{ kind: 'categorical', name: 'centre', levels: ['A'], codes: Int32Array.of(-1) }] });
  await expect(assign({ table: cohort(undefined, false), groups })).rejects.toMatchObject({ code: 'group-missing', what: expect.stringContaining('c0') as string });
});

/** The contract runs without a fold dimension, so its assignment has the one fold that such a run asks for. */
const unnamed: Plain = { type: 'data', value: { folds: [{ id: undefined, test: ['case-001'] }] } };
describeContract(plugin, {
  from: import.meta.url,
  examples: [
    { operation: 'assign', inputs: () => ({ table: cohort() }), params: { groups: ['A', 'B', 'C'] } },
    { operation: 'assign', inputs: () => ({ table: cohort(undefined, false), groups: cohort() }), params: { groups: ['A', 'B', 'C'] } },
    { operation: 'take', inputs: () => ({ table: exampleTable(), folds: unnamed }), params: { groups: ['A', 'B', 'C'] } },
  ],
});
