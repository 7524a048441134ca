import { type Column, makeTable, parseParams, type Table } from '@radloom/core';
import { describeContract, exampleTable, testContext } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import plugin from './index.js';
import { type Ranked, type RankingSettings, select } from './select.js';

const numeric = (name: string, values: readonly number[]): Column => ({ kind: 'numeric', name, values: Float64Array.from(values) });
const y = [0, 0, 0, 1, 1, 1];
const tableOf = (...columns: Column[]): Table => makeTable({ role: 'training', rows: y.map((_, i) => ({ id: `c${i + 1}` })), outcome: { column: 'y', event: '1' }, columns: [numeric('y', y), ...columns] });

function ranked(table: Table, given: Record<string, unknown>) {
  const ctx = testContext();
  const { selected, summary } = select(table, parseParams(plugin.params, given) as unknown as RankingSettings, ctx);
  return { selected, ...(summary as unknown as { ranking: Ranked[]; unranked: string[] }), warnings: ctx.warnings };
}

const table = tableOf(numeric('weak', [1, 2, 3, 2, 3, 4]), numeric('wide', [0, 50, 100, 0, 50, 100]), numeric('strong', [1, 2, 3, 11, 12, 13]));

describe('worked example: weak, wide and strong columns', () => {
  test('by variance: wide (2000), strong (31), weak (1.1)', () => {
    const { selected, ranking } = ranked(table, { by: 'variance', keep: 2 });
    expect(selected).toEqual(['wide', 'strong']);
    expect(ranking.map(({ score }) => Math.round(score * 10) / 10)).toEqual([2000, 30.8, 1.1]);
  });
  test('by analysis of variance: F of 150 (means 2 and 12, variance 1), 1.5 and 0', () => {
    const { selected, ranking } = ranked(table, { by: 'anova', keep: 2 });
    expect(selected).toEqual(['strong', 'weak']);
    expect(ranking.map(({ statistic }) => statistic)).toEqual([150, 1.5, 0]);
  });
  test('by Mann-Whitney: 2 of the 20 ways to deal the ranks are as extreme', () => {
    const { selected, ranking } = ranked(table, { by: 'mann-whitney', keep: 1 });
    expect(selected).toEqual(['strong']);
    expect(ranking[0].score).toBeCloseTo(0.1, 12);
  });
});

test('of equal columns the earlier comes first; columns whose P is 0 are told apart by F', () => {
  expect(ranked(tableOf(numeric('b', [1, 2, 3, 4, 5, 6]), numeric('a', [1, 2, 3, 4, 5, 6])), { keep: 1 }).selected).toEqual(['b']);
  const far = (gap: number) => Array.from({ length: 400 }, (_, i) => Math.sin(i) + (i % 2) * gap);
  const two = makeTable({ role: 'training', rows: Array.from({ length: 400 }, (_, i) => ({ id: `${i}` })), outcome: { column: 'y', event: '1' }, columns: [numeric('y', Array.from({ length: 400 }, (_, i) => i % 2)), numeric('near', far(1e3)), numeric('far', far(1e4))] });
  const { ranking } = ranked(two, {});
  expect(ranking.map(({ column, score }) => [column, score])).toEqual([['far', 0], ['near', 0]]);
});

describe('bad input', () => {
  test('missing values are left out; a column without a score goes, by name', () => {
    const { ranking, unranked, warnings, selected } = ranked(tableOf(numeric('holed', [1, NaN, 3, 11, 12, NaN]), numeric('same', [2, 2, 2, 2, 2, 2]), numeric('half', [1, 2, 3, NaN, NaN, NaN]), numeric('none', Array<number>(6).fill(NaN))), {});
    expect([selected, ranking[0].statistic]).toEqual([['holed'], 90.25 / 1.25]);
    expect(unranked).toEqual(['same', 'half', 'none']);
    expect(warnings).toMatchObject([{ code: 'not-ranked', text: '3 columns cannot be ranked by anova and go: same, half, none.' }]);
  });
  test('by variance a column of one value is last, and one of no values is not ranked', () => {
    const { ranking, unranked } = ranked(tableOf(numeric('same', [2, 2, 2, 2, 2, 2]), numeric('none', Array<number>(6).fill(NaN))), { by: 'variance' });
    expect([ranking, unranked]).toEqual([[{ column: 'same', score: 0, statistic: 0 }], ['none']]);
  });
  test('an infinite value is refused by column and row; one outcome is refused', () => {
    expect(() => ranked(tableOf(numeric('x', [1, 2, Infinity, 4, 5, 6])), {})).toThrow(/Column x is infinite in row c3/);
    const one = makeTable({ role: 'training', rows: [{ id: 'a' }, { id: 'b' }], outcome: { column: 'y', event: '1' }, columns: [numeric('y', [1, 1]), numeric('x', [1, 2])] });
    expect(() => ranked(one, {})).toThrow(/same outcome/);
    expect(ranked(one, { by: 'variance' }).selected).toEqual(['x']);
  });
});

const inputs = () => ({ table: exampleTable() });
describeContract(plugin, {
  from: import.meta.url,
  examples: [
    { operation: 'fit', inputs, params: { keep: 3 } },
    { operation: 'apply', inputs: async () => ({ model: (await (await plugin.operations.fit.load())(inputs(), parseParams(plugin.params, { keep: 3 }), testContext())).model, table: exampleTable(10, 6, 'test') }), params: { keep: 3 } },
  ],
});
