import { makeTable, numbers, outcomeOf, predictorNames, type Table } from '@radloom/core';
import { describeContract, exampleTable, testContext } from '@radloom/testkit';
import { expect, test } from 'vitest';
import plugin from './index.js';

async function replaced(table: Table, ctx = testContext()): Promise<Table> {
  return (await (await plugin.operations.run.load())({ table }, {}, ctx)).table as Table;
}

test('names, rows, outcomes and sides stay; the numbers are standard normal and know nothing of the outcome', async () => {
  const table = exampleTable(400, 5);
  const found = await replaced(table);
  expect(predictorNames(found)).toEqual(predictorNames(table));
  expect([found.rows, found.partition, [...outcomeOf(found)]]).toEqual([table.rows, table.partition, [...outcomeOf(table)]]);
  const y = outcomeOf(table);
  for (const name of predictorNames(found)) {
    const values = numbers(found, name);
    const mean = values.reduce((sum, value) => sum + value, 0) / 400;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 399;
    const gap = values.reduce((sum, value, i) => sum + (y[i] === 1 ? value : -value), 0) / 200;
    expect(Math.abs(mean)).toBeLessThan(4 / 20);
    expect(Math.abs(variance - 1)).toBeLessThan(0.3);
    expect(Math.abs(gap)).toBeLessThan(4 * 0.1); // difference of two means of 200
  }
});

test('a missing value is replaced too, with its reason; categories stay', async () => {
  const table = makeTable({
    role: 'test',
    rows: [{ id: 'a' }, { id: 'b' }],
    columns: [
      { kind: 'numeric', name: 'x', values: Float64Array.of(NaN, 2) },
      { kind: 'categorical', name: 'sex', levels: ['f'], codes: Int32Array.of(0, 0) },
    ],
    reasons: [['a', 'x', { code: 'flat', text: 'one grey level' }]],
  });
  const found = await replaced(table);
  expect(numbers(found, 'x').some(Number.isNaN)).toBe(false);
  expect([found.reasons, found.partition.role]).toEqual([[], 'test']);
  expect(found.columns[1]).toEqual(table.columns[1]);
});

test('seeded', async () => {
  expect(await replaced(exampleTable())).toEqual(await replaced(exampleTable()));
  expect(await replaced(exampleTable(), testContext([5, 5, 5, 5]))).not.toEqual(await replaced(exampleTable()));
});

describeContract(plugin, { from: import.meta.url, examples: [{ operation: 'run', inputs: () => ({ table: exampleTable() }) }] });
