import { makeTable, numbers, outcomeOf, parseParams, rowSetDigest, type Table } from '@radloom/core';
import { describeContract, testContext } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import smote from './index.js';

/** Rows with the event first, at the given places on two axes. */
function cohort(events: readonly (readonly [number, number])[], others: readonly (readonly [number, number])[], role: Table['partition']['role'] = 'training'): Table {
  const all = [...events, ...others];
  return makeTable({
    role,
    rows: all.map((_, i) => ({ id: `c${i}` })),
    outcome: { column: 'y', event: '1' },
    columns: [
      { kind: 'numeric', name: 'y', values: Float64Array.from(all, (_, i) => (i < events.length ? 1 : 0)) },
      { kind: 'numeric', name: 'a', values: Float64Array.from(all, ([a]) => a) },
      { kind: 'numeric', name: 'b', values: Float64Array.from(all, ([, b]) => b) },
      { kind: 'numeric', name: 'yes', values: Float64Array.from(all, (_, i) => i % 2) },
      { kind: 'categorical', name: 'sex', levels: ['f', 'm'], codes: Int32Array.from(all, (_, i) => i % 2) },
    ],
  });
}

const grid = (rows: number) => Array.from({ length: rows }, (_, i) => [i % 4, Math.floor(i / 4)] as const);

async function resample(table: Table, params: Record<string, unknown> = {}, ctx = testContext()): Promise<Table> {
  return (await (await smote.operations.resample.load())({ table }, parseParams(smote.params, params), ctx)).table as Table;
}

describe('worked example: two rows of the rarer class, at (0, 0) and (2, 4)', () => {
  const table = () => cohort([[0, 0], [2, 4]], grid(6));

  test('four synthetic rows lie on the line between them, two from each end', async () => {
    const found = await resample(table(), { neighbours: 1 });
    expect(found.rows.slice(8).map(({ id }) => id)).toEqual(['smote~1', 'smote~2', 'smote~3', 'smote~4']);
    expect(found.rows.slice(8).map(({ patient }) => patient).sort()).toEqual(['c0', 'c0', 'c1', 'c1']);
    const [a, b] = [numbers(found, 'a').slice(8), numbers(found, 'b').slice(8)];
    a.forEach((value, i) => {
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(2);
      expect(b[i]).toBeCloseTo(2 * value, 12);
    });
    expect([...outcomeOf(found)]).toEqual([1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1]);
  });

  test('a yes or no stays one, a category stays a category', async () => {
    const found = await resample(table(), { neighbours: 1 });
    const yes = Array.from(numbers(found, 'yes').slice(8));
    expect(yes.every((value) => value === 0 || value === 1)).toBe(true);
    const sex = found.columns.find(({ name }) => name === 'sex');
    expect(sex?.kind === 'categorical' && Array.from(sex.codes.slice(8))).toEqual(yes);
  });

  test('the rows themselves are as they were, and the rows set is new', async () => {
    const found = await resample(table(), { neighbours: 1 });
    expect(Array.from(numbers(found, 'a').slice(0, 8))).toEqual([...numbers(table(), 'a')]);
    expect(found.partition).toEqual({ role: 'training', rowSet: rowSetDigest(found.rows.map(({ id }) => id)) });
  });
});

describe('definitions', () => {
  test('the other end is one of the nearest: two far groups stay apart', async () => {
    const near = Array.from({ length: 4 }, (_, i) => [i / 10, 0] as const);
    const far = Array.from({ length: 4 }, (_, i) => [100 + i / 10, 0] as const);
    const found = await resample(cohort([...near, ...far], grid(40)), { neighbours: 3, scale: false });
    expect(numbers(found, 'a').slice(48).every((value) => value <= 0.3 || value >= 100)).toBe(true);
  });

  test('distances are in standard deviations, so that the unit of a column does not matter', async () => {
    const events = [[0, 0], [1, 1], [3, 2], [6, 1], [2, 5]] as const;
    const metres = events.map(([a, b]) => [a / 1000, b] as const);
    const plain = await resample(cohort(events, grid(12)), { neighbours: 2 });
    const other = await resample(cohort(metres, grid(12).map(([a, b]) => [a / 1000, b] as const)), { neighbours: 2 });
    expect([...numbers(other, 'b')]).toEqual([...numbers(plain, 'b')]);
  });

  test('the ratio: 3 of 12 at a half become 6; already there, nothing is added', async () => {
    expect((await resample(cohort(grid(3), grid(12)), { ratio: 0.5 })).rows).toHaveLength(18);
    const even = cohort(grid(6), grid(6));
    expect(await resample(even)).toBe(even);
  });

  test('seeded', async () => {
    const table = cohort(grid(5), grid(20));
    expect(await resample(table)).toEqual(await resample(table));
    expect(await resample(table, {}, testContext([9, 9, 9, 9]))).not.toEqual(await resample(table));
  });

  test('fewer rows than neighbours: those that there are, with a warning', async () => {
    const ctx = testContext();
    await resample(cohort(grid(3), grid(9)), {}, ctx);
    expect(ctx.warnings).toEqual([expect.objectContaining({ code: 'fewer-neighbours' })]);
  });
});

describe('refuses', () => {
  test.each(['all', 'test'] as const)('%s rows', async (role) => {
    await expect(resample(cohort(grid(3), grid(9), role))).rejects.toMatchObject({ code: 'learning-rows' });
  });

  test('one class, a class of one row, a missing value by name', async () => {
    await expect(resample(cohort([], grid(9)))).rejects.toMatchObject({ code: 'one-class' });
    await expect(resample(cohort(grid(1), grid(9)))).rejects.toMatchObject({ code: 'class-too-small' });
    await expect(resample(cohort([[0, 0], [NaN, 1]], grid(9)))).rejects.toMatchObject({ code: 'missing-value', where: { field: 'a' } });
  });
});

const example = () => cohort(grid(6), grid(14));
describeContract(smote, {
  from: import.meta.url,
  examples: [
    { operation: 'resample', inputs: () => ({ table: example() }) },
  ],
});
