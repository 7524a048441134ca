import { type Folds, makeTable, numbers, outcomeOf, parseParams, type Plain, type Predictions, rowSetDigest, type Table } from '@radloom/core';
import { describeContract, exampleTable, testContext } from '@radloom/testkit';
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

describe('within cross-fitting', () => {
  const folds: Plain = { type: 'data', value: { folds: [{ id: 'r1f1', test: ['c0', 'c3', 'c4', 'c5'] }, { id: 'r1f2', test: ['c1', 'c2', 'c6', 'c7', 'c8', 'c9'] }] } };
  const table = () => cohort([[0, 0], [10, 0], [20, 0], [30, 0]], grid(6));
  const cross = async () => (await (await smote.operations['cross-resample'].load())({ table: table(), folds }, parseParams(smote.params, { neighbours: 1, ratio: 1 }), testContext())) as unknown as { table: Table; folds: Plain };

  test('each fold learns from its training rows and rows synthesised from these alone', async () => {
    const found = await cross();
    const values = numbers(found.table, 'a');
    const outcome = outcomeOf(found.table);
    for (const { id, test: held } of (found.folds.value as Folds).folds) {
      const out = new Set(held);
      const kept = found.table.rows.map((row, i) => ({ row, i })).filter(({ row }) => !out.has(row.id));
      const synthetic = kept.filter(({ row }) => row.id.startsWith('smote'));
      expect(synthetic.every(({ row }) => row.id.startsWith(`smote~${id}~`))).toBe(true);
      // Fold 1 keeps the events at 10 and 20, fold 2 those at 0 and 30: what it synthesises lies between.
      const [low, high] = id === 'r1f1' ? [10, 20] : [0, 30];
      for (const { i } of synthetic) expect(values[i] >= low && values[i] <= high).toBe(true);
      const events = kept.filter(({ i }) => outcome[i] === 1).length;
      expect(events).toBe(Math.max(2, kept.length - events));
    }
  });

  test('restore gives the real rows back, in the table’s order', async () => {
    const found = await cross();
    const rows = found.table.rows.map((row) => row.id).reverse();
    const predictions: Predictions = { type: 'predictions', model: 'svm', rows, role: 'out-of-fold', partition: found.table.partition, fittedOn: found.table.partition.rowSet, threshold: 0.5, outcome: Uint8Array.from(rows, (id) => (/^c[0-3]$/.test(id) ? 1 : 0)), probability: Float64Array.from(rows, (_, i) => i / rows.length) };
    const { predictions: real } = (await (await smote.operations.restore.load())({ predictions, table: table() }, {}, testContext())) as unknown as { predictions: Predictions };
    expect(real.rows).toEqual(table().rows.map((row) => row.id));
    expect([...real.outcome]).toEqual([1, 1, 1, 1, 0, 0, 0, 0, 0, 0]);
    expect(real.probability[0]).toBe(predictions.probability[rows.indexOf('c0')]);
    expect([real.partition, real.fittedOn]).toEqual([table().partition, table().partition.rowSet]);
    await expect((async () => (await smote.operations.restore.load())({ predictions: { ...predictions, rows: rows.slice(1) }, table: found.table }, {}, testContext()))()).rejects.toMatchObject({ code: 'row-unknown' });
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
const folds: Plain = { type: 'data', value: { folds: [{ id: 'r1f1', test: ['c0', 'c8'] }] } };
describeContract(smote, {
  from: import.meta.url,
  examples: [
    { operation: 'resample', inputs: () => ({ table: example() }) },
    { operation: 'cross-resample', inputs: () => ({ table: example(), folds }) },
    {
      operation: 'restore',
      inputs: () => {
        const { rows, partition } = exampleTable();
        return { table: exampleTable(), predictions: { type: 'predictions', model: 'svm', rows: rows.map((row) => row.id), role: 'out-of-fold', partition, fittedOn: partition.rowSet, threshold: 0.5, outcome: new Uint8Array(40), probability: new Float64Array(40) } };
      },
    },
  ],
});
