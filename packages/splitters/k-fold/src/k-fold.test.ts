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

async function assign(table: Table, params: Record<string, unknown> = {}, ctx = testContext()): Promise<Folds['folds']> {
  const operation = await plugin.operations.assign.load();
  return (((await operation({ table }, parseParams(plugin.params, params), ctx)).folds as Plain).value as Folds).folds;
}

const rowNumber = (id: string) => Number(id.slice(1));
const counts = (folds: Folds['folds'], events: number) => folds.map(({ test }) => [test.filter((id) => rowNumber(id) >= events).length, test.filter((id) => rowNumber(id) < events).length]);

test('56 with and 54 without the event are dealt from the first fold on, each class on its own', async () => {
  // 54 = 4 x 6 + 6 x 5 and 56 = 6 x 6 + 4 x 5.
  expect(counts(await assign(cohort(56, 54)), 56)).toEqual([[6, 6], [6, 6], [6, 6], [6, 6], [5, 6], [5, 6], [5, 5], [5, 5], [5, 5], [5, 5]]);
});

test('every row is held out once in each repeat, and repeats differ', async () => {
  const table = cohort(11, 14);
  const folds = await assign(table, { folds: 4, repeats: 3 });
  expect(folds.map((fold) => fold.id)).toEqual(['r1f1', 'r1f2', 'r1f3', 'r1f4', 'r2f1', 'r2f2', 'r2f3', 'r2f4', 'r3f1', 'r3f2', 'r3f3', 'r3f4']);
  expect((plugin.about.elements as (params: unknown) => string[])({ folds: 4, repeats: 3 })).toEqual(folds.map((fold) => fold.id));
  for (const repeat of [0, 1, 2]) {
    const held = folds.slice(4 * repeat, 4 * repeat + 4).flatMap((fold) => fold.test);
    expect(held.map(rowNumber).sort((a, b) => a - b)).toEqual(Array.from({ length: 25 }, (_, i) => i));
  }
  expect(folds[0].test).not.toEqual(folds[4].test);
});

test('the same seed gives the same folds, another seed others', async () => {
  expect(await assign(cohort(20, 20))).toEqual(await assign(cohort(20, 20)));
  expect(await assign(cohort(20, 20), {}, testContext([8, 8, 8, 8]))).not.toEqual(await assign(cohort(20, 20)));
});

test('as many folds as rows, without strata, leave one out', async () => {
  expect((await assign(cohort(3, 4), { folds: 7, stratify: false })).map((fold) => fold.test.length)).toEqual([1, 1, 1, 1, 1, 1, 1]);
});

test('rows of one patient are held out together, and a patient with the event in any row counts as one with it', async () => {
  // 30 patients of three rows each; rows 0 to 9 have the event, so patients p0 to p9 do.
  const folds = await assign(cohort(10, 80, (row) => `p${row % 30}`), { folds: 5 });
  for (const { test: held } of folds) {
    const patients = new Set(held.map((id) => rowNumber(id) % 30));
    expect(held.length).toBe(3 * patients.size);
    expect([...patients].filter((p) => p < 10).length).toBe(2);
    expect(patients.size).toBe(6);
  }
});

test('a rare class is pooled only if asked', async () => {
  expect(counts(await assign(cohort(4, 76), { folds: 4 }), 4).map(([, events]) => events)).toEqual([1, 1, 1, 1]);
  expect((await assign(cohort(4, 76), { folds: 10, pool: 0.1 })).map((fold) => fold.test.length)).toEqual(Array(10).fill(8));
});

describe('refuses', () => {
  test('one class', async () => {
    await expect(assign(cohort(0, 12))).rejects.toMatchObject({ code: 'one-class' });
    await expect(assign(cohort(0, 12), { stratify: false })).resolves.toHaveLength(10);
  });

  test('a class with fewer patients than folds, with both numbers', async () => {
    await expect(assign(cohort(4, 40))).rejects.toMatchObject({ code: 'class-too-small', data: { patients: 4, folds: 10 } });
    await expect(assign(cohort(4, 40))).rejects.toThrow(/4 patients with the event cannot be dealt into 10 folds/);
    await expect(assign(cohort(2, 3), { stratify: false })).rejects.toThrow(/Use at most 5 folds/);
  });
});

/** The contract runs without a fold dimension, so its assignment has the one fold that such a run asks for. */
const unnamed: Plain = { type: 'data', value: { folds: [{ id: undefined, test: ['case-001'] }] } };
describeContract(plugin, {
  from: import.meta.url,
  examples: [
    { operation: 'assign', inputs: () => ({ table: exampleTable() }), params: { folds: 5, repeats: 2 } },
    { operation: 'take-tuning', inputs: () => ({ table: exampleTable(), folds: unnamed }) },
    { operation: 'take', inputs: () => ({ table: exampleTable(), folds: unnamed }) },
  ],
});
