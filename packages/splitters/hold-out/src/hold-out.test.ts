import { type Folds, makeTable, parseParams, type Plain, type Table } from '@radloom/core';
import { describeContract, exampleTable, testContext } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import plugin from './index.js';

/** Rows with the event first; `patient` names the patient of a row. */
function cohort(events: number, others: number, patient?: (row: number) => string): Table {
  return makeTable({
    rows: Array.from({ length: events + others }, (_, i) => ({ id: `c${i}`, ...(patient === undefined ? {} : { patient: patient(i) }) })),
    outcome: { column: 'y', event: '1' },
    columns: [{ kind: 'numeric', name: 'y', values: Float64Array.from({ length: events + others }, (_, i) => (i < events ? 1 : 0)) }],
  });
}

async function assign(table: Table, params: Record<string, unknown> = {}, ctx = testContext()): Promise<readonly string[]> {
  const operation = await plugin.operations.assign.load();
  const { folds } = (((await operation({ table }, parseParams(plugin.params, params), ctx)).folds as Plain).value as Folds);
  expect(folds.map((fold) => fold.id)).toEqual(['holdout']);
  return folds[0].test;
}

const events = (ids: readonly string[], count: number) => ids.filter((id) => Number(id.slice(1)) < count).length;

test('56 with and 54 without the event give 42 + 40 training and 14 + 14 test rows', async () => {
  const held = await assign(cohort(56, 54));
  expect(held.length).toBe(28);
  expect(events(held, 56)).toBe(14);
});

test('training counts are rounded down in each class', async () => {
  // floor(7 x 0.6) = 4 and floor(9 x 0.6) = 5 train.
  const held = await assign(cohort(7, 9), { proportion: 0.6 });
  expect([events(held, 7), held.length]).toEqual([3, 7]);
});

test('without strata only the total is kept', async () => {
  expect((await assign(cohort(3, 37), { stratify: false })).length).toBe(10);
  // 2 of 40 patients are less than a tenth: floor(40 x 0.75), not floor(2 x 0.75) + floor(38 x 0.75).
  expect((await assign(cohort(2, 38), { pool: 0.1 })).length).toBe(10);
  expect((await assign(cohort(2, 38))).length).toBe(11);
});

test('the same seed gives the same rows, another seed others, in table order', async () => {
  const table = cohort(30, 30);
  const held = await assign(table);
  expect(await assign(table)).toEqual(held);
  expect(await assign(table, {}, testContext([9, 9, 9, 9]))).not.toEqual(held);
  expect(held).toEqual([...held].sort((a, b) => Number(a.slice(1)) - Number(b.slice(1))));
});

test('rows of one patient stay on one side', async () => {
  const patient = (row: number) => `p${row % 20}`; // every patient has rows in both halves, so all have the event
  const table = cohort(20, 40, patient);
  const held = new Set(await assign(table, { stratify: false }));
  expect(held.size).toBe(15);
  for (let r = 0; r < 60; r++) expect(held.has(`c${r}`)).toBe(held.has(`c${r % 20}`));
});

describe('refuses', () => {
  test('one class', async () => {
    await expect(assign(cohort(10, 0))).rejects.toMatchObject({ code: 'one-class', data: { patients: 10 } });
  });

  test('a class of which one side would have none', async () => {
    await expect(assign(cohort(1, 20))).rejects.toMatchObject({ code: 'class-too-small', data: { patients: 1, training: 0 } });
    await expect(assign(cohort(1, 20), { stratify: false })).resolves.toHaveLength(6);
  });
});

const folds: Plain = { type: 'data', value: { folds: [{ id: 'holdout', test: ['case-001', 'case-002'] }] } };
test('take gives both sides', async () => {
  const take = await plugin.operations.take.load();
  const { training, test: held } = (await take({ table: exampleTable(), folds }, {}, testContext([1, 2, 3, 4], { fold: 'holdout' }))) as unknown as { training: Table; test: Table };
  expect(held.rows.map((row) => row.id)).toEqual(['case-001', 'case-002']);
  expect([training.rows.length, training.partition.role, held.partition.role]).toEqual([38, 'training', 'test']);
});

/** The contract runs without a fold dimension, so its split is of the fold that such a run asks for. */
const unnamed: Plain = { type: 'data', value: { folds: [{ id: undefined, test: ['case-001'] }] } };
describeContract(plugin, {
  from: import.meta.url,
  examples: [
    { operation: 'assign', inputs: () => ({ table: exampleTable() }) },
    { operation: 'take', inputs: () => ({ table: exampleTable(), folds: unnamed }) },
  ],
});
