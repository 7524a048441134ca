import { makeTable, numbers, outcomeOf, type Table } from '@radloom/core';
import { describeContract, exampleTable, testContext } from '@radloom/testkit';
import { expect, test } from 'vitest';
import plugin from './index.js';

async function permuted(table: Table, ctx = testContext()): Promise<Table> {
  return (await (await plugin.operations.run.load())({ table }, {}, ctx)).table as Table;
}

test('as many events as before, on other rows; features as they were', async () => {
  const table = exampleTable();
  const found = await permuted(table);
  const count = (from: Table) => outcomeOf(from).reduce((sum, value) => sum + value, 0);
  expect(count(found)).toBe(count(table));
  expect([...outcomeOf(found)]).not.toEqual([...outcomeOf(table)]);
  expect(numbers(found, 'feature-1')).toEqual(numbers(table, 'feature-1'));
  expect(found.partition).toEqual(table.partition);
});

test('outcomes follow each other by chance: over many seeds a row has the event as often as not', async () => {
  const table = exampleTable();
  let events = 0;
  for (let seed = 1; seed <= 200; seed++) events += outcomeOf(await permuted(table, testContext([seed, 1, 1, 1])))[0];
  expect(Math.abs(events - 100)).toBeLessThan(3 * Math.sqrt(50));
});

test('the same seed gives the same order', async () => {
  expect(await permuted(exampleTable())).toEqual(await permuted(exampleTable()));
});

test('rows of a patient stay together: pairs exchange with pairs', async () => {
  const table = makeTable({
    role: 'training',
    rows: Array.from({ length: 24 }, (_, i) => ({ id: `c${i}`, patient: i < 20 ? `p${i >> 1}` : `s${i}` })),
    outcome: { column: 'y', event: 'yes' },
    columns: [{ kind: 'categorical', name: 'y', levels: ['no', 'yes'], codes: Int32Array.from({ length: 24 }, (_, i) => (i < 10 || i === 20 ? 1 : 0)) }],
  });
  const y = outcomeOf(await permuted(table));
  for (let p = 0; p < 10; p++) expect(y[2 * p]).toBe(y[2 * p + 1]);
  expect(y.slice(0, 20).reduce((sum, value) => sum + value, 0)).toBe(10);
  expect(y.slice(20).reduce((sum, value) => sum + value, 0)).toBe(1);
});

test.each(['all', 'test'] as const)('refuses %s rows, and a table without outcome', async (role) => {
  await expect(permuted(exampleTable(10, 2, role))).rejects.toMatchObject({ code: 'learning-rows' });
  await expect(permuted({ ...exampleTable(), outcome: undefined })).rejects.toMatchObject({ code: 'outcome-absent' });
});

describeContract(plugin, { from: import.meta.url, examples: [{ operation: 'run', inputs: () => ({ table: exampleTable() }) }] });
