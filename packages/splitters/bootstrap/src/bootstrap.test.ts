import { makeTable, numbers, outcomeOf, parseParams, type Plain, type Table } from '@radloom/core';
import { describeContract, exampleTable, testContext } from '@radloom/testkit';
import { expect, test } from 'vitest';
import plugin from './index.js';
import type { Sample } from './run.js';

/** Rows with the event first; `patient` names the patient of a row. */
function cohort(events: number, others: number, patient?: (row: number) => string): Table {
  return makeTable({
    rows: Array.from({ length: events + others }, (_, i) => ({ id: `c${i}`, ...(patient === undefined ? {} : { patient: patient(i) }) })),
    outcome: { column: 'y', event: '1' },
    columns: [
      { kind: 'numeric', name: 'y', values: Float64Array.from({ length: events + others }, (_, i) => (i < events ? 1 : 0)) },
      { kind: 'numeric', name: 'x', values: Float64Array.from({ length: events + others }, (_, i) => (i * 7) % (events + others)) },
    ],
    reasons: [['c0', 'x', { code: 'flat', text: 'one grey level' }]],
  });
}

async function assign(table: Table, params: Record<string, unknown> = {}, ctx = testContext()): Promise<readonly Sample[]> {
  const operation = await plugin.operations.assign.load();
  return (((await operation({ table }, parseParams(plugin.params, params), ctx)).folds as Plain).value as { folds: readonly Sample[] }).folds;
}

async function take(table: Table, folds: readonly Partial<Sample>[], fold: string): Promise<{ training: Table; test: Table }> {
  const operation = await plugin.operations.take.load();
  return (await operation({ table, folds: { type: 'data', value: { folds } } }, {}, testContext([1, 2, 3, 4], { fold }))) as unknown as { training: Table; test: Table };
}

const number = (id: string) => Number(id.slice(1));

test('each sample draws as many rows of each class as there are, and holds out the rest', async () => {
  const folds = await assign(cohort(12, 20), { samples: 20 });
  expect(folds.map(({ id }) => id)).toEqual([...Array.from({ length: 20 }, (_, i) => `b${i + 1}`), 'all']);
  expect((plugin.about.elements as (params: unknown) => string[])({ samples: 20 })).toEqual(folds.map(({ id }) => id));
  for (const { training, test: held } of folds.slice(0, -1)) {
    expect(training.filter((id) => number(id) < 12)).toHaveLength(12);
    expect(training).toHaveLength(32);
    expect([...new Set([...training, ...held])]).toHaveLength(32);
    expect(held.some((id) => training.includes(id))).toBe(false);
  }
});

test('about 1/e of the rows are held out', async () => {
  const folds = await assign(cohort(100, 100), { samples: 40 });
  const share = folds.slice(0, -1).reduce((sum, { test: held }) => sum + held.length, 0) / (40 * 200);
  expect(Math.abs(share - 0.99 ** 100)).toBeLessThan(0.01); // (1 - 1/100)^100 in each class of 100
});

test('the last fold has all rows and no test row', async () => {
  const table = cohort(3, 3);
  const folds = await assign(table, { samples: 2 });
  expect(folds.at(-1)).toEqual({ id: 'all', training: ['c0', 'c1', 'c2', 'c3', 'c4', 'c5'], test: [] });
  const { training, test: held } = await take(table, folds, 'all');
  expect([training.rows.length, held.rows.length, training.partition.role, held.partition.role]).toEqual([6, 0, 'training', 'test']);
});

test('a row drawn three times is three rows of one patient, with its values and reasons', async () => {
  const { training, test: held } = await take(cohort(2, 2), [{ id: 'b1', training: ['c0', 'c0', 'c2', 'c0'], test: ['c1', 'c3'] }], 'b1');
  expect(training.rows).toEqual([{ id: 'c0' }, { id: 'c0~2', patient: 'c0', copyOf: 'c0' }, { id: 'c2' }, { id: 'c0~3', patient: 'c0', copyOf: 'c0' }]);
  expect([...numbers(training, 'x')]).toEqual([0, 0, 2, 0]);
  expect([...outcomeOf(training)]).toEqual([1, 1, 0, 1]);
  expect(training.reasons.map(([id]) => id)).toEqual(['c0', 'c0~2', 'c0~3']);
  expect(held.rows.map(({ id }) => id)).toEqual(['c1', 'c3']);
  expect(training.partition).toMatchObject({ role: 'training', fold: 'b1' });
});

test('patients are drawn whole', async () => {
  const folds = await assign(cohort(10, 20, (row) => `p${row % 10}`), { samples: 5, stratify: false });
  for (const { training } of folds) {
    const times = (row: number) => training.filter((id) => id === `c${row}`).length;
    for (let p = 0; p < 10; p++) expect([times(p + 10), times(p + 20)]).toEqual([times(p), times(p)]);
  }
});

test('the same seed gives the same samples, another seed others', async () => {
  expect(await assign(cohort(9, 9))).toEqual(await assign(cohort(9, 9)));
  expect(await assign(cohort(9, 9), {}, testContext([7, 7, 7, 7]))).not.toEqual(await assign(cohort(9, 9)));
});

test('refuses one class, one patient a class, and a row that the table does not have', async () => {
  await expect(assign(cohort(0, 8))).rejects.toMatchObject({ code: 'one-class' });
  await expect(assign(cohort(1, 1))).rejects.toMatchObject({ code: 'class-too-small' });
  await expect(take(cohort(2, 2), [{ id: 'b1', training: ['c9'], test: [] }], 'b1')).rejects.toMatchObject({ code: 'row-unknown' });
  await expect(take(cohort(2, 2), [], 'b1')).rejects.toMatchObject({ code: 'fold-unknown' });
});

/** The contract runs without a fold dimension, so its assignment has the one fold that such a run asks for. */
const unnamed: Plain = { type: 'data', value: { folds: [{ id: undefined, training: ['case-002', 'case-002'], test: ['case-001'] }] } };
describeContract(plugin, {
  from: import.meta.url,
  examples: [
    { operation: 'assign', inputs: () => ({ table: exampleTable() }), params: { samples: 4 } },
    { operation: 'take', inputs: () => ({ table: exampleTable(), folds: unnamed }) },
  ],
});
