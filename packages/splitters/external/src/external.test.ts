import { type Folds, makeTable, parseParams, type Plain, type RowSource, type Table } from '@radloom/core';
import { describeContract, exampleTable, testContext } from '@radloom/testkit';
import { expect, test } from 'vitest';
import plugin from './index.js';

const hospitals = ['home', 'away', 'home', 'far', 'home'];

function cohort(rows: readonly RowSource[] = hospitals.map((_, i) => ({ id: `c${i}` })), withMark = true): Table {
  const levels = ['away', 'far', 'home'];
  return makeTable({
    rows,
    columns: [
      { kind: 'numeric', name: 'year', values: Float64Array.from(rows, (_, i) => 2019 + i) },
      ...(withMark ? [{ kind: 'categorical' as const, name: 'hospital', levels, codes: Int32Array.from(rows, (_, i) => levels.indexOf(hospitals[i])) }] : []),
    ],
  });
}

async function held(inputs: { table: Table; groups?: Table }, params: Record<string, unknown>): Promise<readonly string[]> {
  const operation = await plugin.operations.assign.load();
  const { folds } = ((await operation(inputs, parseParams(plugin.params, params), testContext())).folds as Plain).value as Folds;
  expect(folds.map((fold) => fold.id)).toEqual(['external']);
  return folds[0].test;
}

test('the rows of two other hospitals are the test rows', async () => {
  expect(await held({ table: cohort() }, { column: 'hospital', external: ['away', 'far'] })).toEqual(['c1', 'c3']);
});

test('a column of numbers marks by number, written as number or text', async () => {
  for (const value of [2023, '2023']) expect(await held({ table: cohort() }, { column: 'year', external: [value] })).toEqual(['c4']);
});

test('the column may stand in a table of its own', async () => {
  expect(await held({ table: cohort(undefined, false), groups: cohort() }, { column: 'hospital', external: ['away'] })).toEqual(['c1']);
});

test('a side without rows is refused with what the column holds', async () => {
  await expect(held({ table: cohort() }, { column: 'hospital', external: ['abroad'] })).rejects.toMatchObject({ code: 'side-empty', fix: expect.stringContaining('away, far, home') as string });
  await expect(held({ table: cohort() }, { column: 'hospital', external: ['home', 'away', 'far'] })).rejects.toMatchObject({ code: 'side-empty' });
});

test('a patient in both cohorts is refused, as is a row without a mark', async () => {
  await expect(held({ table: cohort(hospitals.map((_, i) => ({ id: `c${i}`, patient: `p${i % 3}` }))) }, { column: 'hospital', external: ['far'] })).rejects.toMatchObject({ code: 'patient-across-groups', what: expect.stringContaining('p0') as string });
  const groups = makeTable({ rows: [{ id: 'c0' }], columns: [{ kind: 'numeric', name: 'hospital', values: Float64Array.of(NaN) }] });
  await expect(held({ table: cohort(undefined, false), groups }, { column: 'hospital' })).rejects.toMatchObject({ code: 'group-missing' });
});

/** The contract runs without a fold dimension, so its assignment has the one fold that such a run asks for. */
const unnamed: Plain = { type: 'data', value: { folds: [{ id: undefined, test: ['case-001'] }] } };
describeContract(plugin, {
  from: import.meta.url,
  examples: [
    { operation: 'assign', inputs: () => ({ table: cohort() }), params: { column: 'hospital', external: ['away'] } },
    { operation: 'take', inputs: () => ({ table: exampleTable(), folds: unnamed }) },
  ],
});
