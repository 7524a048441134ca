import { type Column, columnMajor, makeTable, outcomeOf, parseParams, predictorNames, random, type Table } from '@radloom/core';
import { describeContract, exampleTable, testContext } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import { eliminate, schedule } from './eliminate.js';
import { dealFolds } from './folds.js';
import plugin from './index.js';
import { type EliminationSettings, select } from './select.js';
import { chosenSize, type SizeLoss } from './size.js';

const settings = (given: Record<string, unknown> = {}) => parseParams(plugin.params, given) as unknown as EliminationSettings;

/** Noise but for the first two columns, of which each carries half of the outcome. */
function cohort(rows = 90, noise = 12): Table {
  const stream = random([2, 7, 1, 8]);
  const [a, b] = [0, 1].map(() => Float64Array.from({ length: rows }, () => stream.normal()));
  const y = a.map((value, i) => Number(value + b[i] + 0.4 * stream.normal() > 0));
  const others = Array.from({ length: noise }, (_, c): Column => ({ kind: 'numeric', name: `noise-${c + 1}`, values: Float64Array.from({ length: rows }, () => 100 * stream.normal()) }));
  return makeTable({
    role: 'training', rows: y.reduce<{ id: string }[]>((all, _, i) => [...all, { id: `c${i + 1}` }], []), outcome: { column: 'y', event: '1' },
    columns: [{ kind: 'numeric', name: 'y', values: y }, ...others.slice(0, 3), { kind: 'numeric', name: 'a', values: a }, ...others.slice(3), { kind: 'numeric', name: 'b', values: b }],
  });
}

function chosen(table: Table, given: Record<string, unknown> = {}) {
  const ctx = testContext();
  const { selected, summary } = select(table, settings(given), ctx);
  return { selected, ...(summary as unknown as { losses: SizeLoss[]; size: number; order: string[] }), warnings: ctx.warnings };
}

test('worked example: of fourteen columns the two that carry the outcome are left', () => {
  const { selected, size, order, losses } = chosen(cohort(), { rule: 'one-standard-error' });
  expect(selected).toEqual(['a', 'b']);
  expect(size).toBe(2);
  expect(order.slice(0, 2).sort()).toEqual(['a', 'b']);
  expect(order).toHaveLength(14);
  expect(losses.map((own) => own.size)).toEqual([14, 12, 10, 8, 7, 6, 5, 4, 3, 2, 1]);
});

describe('rounds', () => {
  test('a share goes in each, at least one column, down to the fewest', () => {
    expect(schedule(10, 0.5, 1)).toEqual([10, 5, 3, 2, 1]);
    expect(schedule(5, 0.01, 3)).toEqual([5, 4, 3]);
    expect(schedule(1, 0.2, 1)).toEqual([1]);
  });
  test('what is left in one round is part of what was left before; a column of one value goes first', () => {
    const table = cohort(60, 4);
    (table.columns[2] as { values: Float64Array }).values.fill(5);
    const names = predictorNames(table);
    const rounds = [...eliminate({ x: columnMajor(table, names), rows: 60, y: outcomeOf(table) }, names.map((_, c) => c), [6, 5, 3, 1], 0.1)];
    expect(rounds.map(({ columns }) => columns.length)).toEqual([6, 5, 3, 1]);
    for (let r = 1; r < rounds.length; r++) expect(rounds[r].columns.every((column) => rounds[r - 1].columns.includes(column))).toBe(true);
    expect(rounds[1].columns).not.toContain(names.indexOf(table.columns[2].name));
  });
  test('the unit of a column does not matter', () => {
    const table = cohort();
    const scaled = makeTable({ ...table, role: 'training', columns: table.columns.map((own, c) => (own.kind === 'numeric' && c > 0 ? { ...own, values: own.values.map((value) => value * 10 ** (c - 5)) } : own)) });
    expect(chosen(scaled).order).toEqual(chosen(table).order);
  });
});

describe('the number that stays', () => {
  const losses = [{ size: 8, mean: 1, error: 0.1 }, { size: 4, mean: 0.9, error: 0.2 }, { size: 2, mean: 0.9, error: 0.1 }, { size: 1, mean: 0.98, error: 0.1 }];
  test('best: the smaller of equal ones; one standard error: the smallest within', () => {
    expect(chosenSize(losses, 'deviance', 'best').size).toBe(2);
    expect(chosenSize(losses, 'deviance', 'one-standard-error').size).toBe(1);
    expect(chosenSize(losses, 'auc', 'best').size).toBe(8);
  });
  test('stays between smallest and largest', () => {
    expect(chosen(cohort(), { smallest: 4 }).selected.length).toBeGreaterThanOrEqual(4);
    expect(chosen(cohort(), { largest: 1 }).selected).toHaveLength(1);
    expect(() => chosen(cohort(), { smallest: 5, largest: 2 })).toThrow(/smallest is 5 and largest 2/);
  });
  test('may be judged by the area under the curve', () => {
    const { losses: areas, selected } = chosen(cohort(), { loss: 'auc', rule: 'one-standard-error' });
    expect(areas.every(({ mean }) => mean >= 0 && mean <= 1)).toBe(true);
    expect(selected).toEqual(['a', 'b']);
  });
});

describe('a ranking of one’s own', () => {
  test('goes from its end; columns that are not in it go before all', () => {
    const { order, selected } = chosen(cohort(), { order: ['b', 'noise-2', 'a'], largest: 1 });
    expect([order, selected]).toEqual([['b', 'noise-2', 'a'], ['b']]);
  });
  test('may name columns that an earlier step dropped', () => {
    const { order, warnings } = chosen(cohort(), { order: ['gone', 'a', 'b'] });
    expect(order).toEqual(['a', 'b']);
    expect(warnings).toMatchObject([{ code: 'columns-absent', text: 'gone of the ranking is not in the table: dropped by an earlier step.' }]);
  });
});

describe('bad input', () => {
  test('folds that would have one outcome only are refused with the numbers', () => {
    const few = makeTable({ ...cohort(30), role: 'training', columns: cohort(30).columns.map((own, c) => (own.kind === 'numeric' && c === 0 ? { ...own, values: own.values.map((_, i) => Number(i < 3)) } : own)) });
    expect(() => chosen(few)).toThrow(/5 folds need 5 training patients with the event, and there are 3: a fold would have one outcome only.*at most 3 folds/s);
    expect(chosen(few, { folds: 3 }).selected.length).toBeGreaterThan(0);
  });
  test('rows of a patient share a fold, and every fold has both outcomes', () => {
    const table = makeTable({ ...cohort(), role: 'training', rows: cohort().rows.map(({ id }, i) => ({ id, patient: `p${i >> 1}` })) });
    const folds = dealFolds(table, 4, [1, 2, 3, 4]);
    const y = outcomeOf(table);
    for (let i = 0; i < 90; i += 2) expect(folds[i]).toBe(folds[i + 1]);
    for (let fold = 0; fold < 4; fold++) expect(new Set(y.filter((_, i) => folds[i] === fold)).size).toBe(2);
  });
  test('missing and infinite values are refused by column and row; nothing to choose from is said', () => {
    const holed = cohort();
    (holed.columns[3] as { values: Float64Array }).values[6] = NaN;
    expect(() => chosen(holed)).toThrow(/column noise-3: the value of row c7/);
    expect(chosen(makeTable({ ...cohort(), role: 'training', columns: [cohort().columns[0]] }))).toMatchObject({ selected: [], warnings: [{ code: 'elimination-nothing-given' }] });
  });
});

const inputs = () => ({ table: exampleTable(60) });
describeContract(plugin, {
  from: import.meta.url,
  examples: [
    { operation: 'fit', inputs },
    { operation: 'apply', inputs: async () => ({ model: (await (await plugin.operations.fit.load())(inputs(), parseParams(plugin.params, {}), testContext())).model, table: exampleTable(10, 6, 'test') }) },
  ],
});
