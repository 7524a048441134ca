import { type Column, makeTable, numbers, takeRows } from '@radloom/core';
import { describeContract, exampleTable } from '@radloom/testkit';
import { expect, test } from 'vitest';
import plugin from './index.js';
import { rejoin } from './rejoin.js';

const table = exampleTable(8);
const sides = () => ({ training: takeRows(table, [0, 2, 3, 5, 6, 7], 'training', 'r1f1'), test: takeRows(table, [1, 4], 'test', 'r1f1') });

test('worked example: rows 1, 3, 4, 6, 7, 8 and 2, 5 are all eight again, and nobody may learn from them', () => {
  const { table: whole } = rejoin(sides());
  expect(whole.rows.map(({ id }) => id)).toEqual([1, 3, 4, 6, 7, 8, 2, 5].map((row) => `case-00${row}`));
  expect(whole.partition).toMatchObject({ role: 'all', fold: 'r1f1', rowSet: table.partition.rowSet });
  const values = numbers(table, 'feature-2');
  expect([...numbers(whole, 'feature-2')]).toEqual([0, 2, 3, 5, 6, 7, 1, 4].map((row) => values[row]));
});

test('categories are those of both sides, missing ones stay so; reasons too', () => {
  const side = (id: string, levels: string[], codes: number[]) => makeTable({ rows: codes.map((_, i) => ({ id: `${id}${i}` })), columns: [{ kind: 'categorical', name: 'site', levels, codes: Int32Array.from(codes) }], reasons: [[`${id}0`, 'site', { code: 'x', text: 'X.' }]] });
  const { table: whole } = rejoin({ training: side('a', ['left', 'right'], [0, 1, -1]), test: side('b', ['both', 'left'], [0, 1]) });
  expect(whole.columns).toEqual([{ kind: 'categorical', name: 'site', levels: ['left', 'right', 'both'], codes: Int32Array.of(0, 1, -1, 2, 0) }]);
  expect(whole.reasons.map(([id]) => id)).toEqual(['a0', 'b0']);
});

test('sides of different columns, or with a row in common, are refused', () => {
  const { training, test: other } = sides();
  expect(() => rejoin({ training, test: makeTable({ ...other, role: 'test', columns: other.columns.slice(0, 3) }) })).toThrow(/Column feature-3 is not on the test side/);
  const site: Column = { kind: 'categorical', name: 'feature-3', levels: [], codes: Int32Array.of(-1, -1) };
  expect(() => rejoin({ training, test: makeTable({ ...other, role: 'test', columns: other.columns.map((own) => (own.name === 'feature-3' ? site : own)) }) })).toThrow(/of another kind/);
  expect(() => rejoin({ training, test: training })).toThrow(/Two rows are called case-001/);
});

describeContract(plugin, { from: import.meta.url, examples: [{ operation: 'run', inputs: sides }] });
