import { type Column, makeTable, parseParams, random, type Table } from '@radloom/core';
import { describeContract, exampleTable, testContext } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import { firstToEnter } from './entering.js';
import plugin from './index.js';
import { select, type StabilitySettings } from './select.js';

interface Summary {
  readonly frequency: { column: string; count: number; share: number }[];
  readonly stability: { index: number; lower: number; upper: number };
  readonly falselyKept?: number;
}

function chosen(table: Table, given: Record<string, unknown> = {}, seed: readonly [number, number, number, number] = [1, 2, 3, 4]) {
  const ctx = testContext(seed);
  const { selected, summary } = select(table, parseParams(plugin.params, given) as unknown as StabilitySettings, ctx);
  return { selected, ...(summary as unknown as Summary), warnings: ctx.warnings };
}

/** Of `noise + 2` columns the first two carry the outcome. */
function cohort(rows = 80, noise = 18): Table {
  const stream = random([3, 5, 7, 11]);
  const columns = Array.from({ length: noise + 2 }, () => Float64Array.from({ length: rows }, () => stream.normal()));
  const y = Float64Array.from({ length: rows }, (_, i) => Number(columns[0][i] + columns[1][i] + 0.5 * stream.normal() > 0));
  return makeTable({
    role: 'training', rows: Array.from(y, (_, i) => ({ id: `c${i + 1}` })), outcome: { column: 'y', event: '1' },
    columns: [{ kind: 'numeric', name: 'y', values: y }, ...columns.map((values, c): Column => ({ kind: 'numeric', name: c < 2 ? `signal-${c + 1}` : `noise-${c - 1}`, values }))],
  });
}

describe('worked example: two of twenty columns carry the outcome', () => {
  const { selected, frequency, stability, falselyKept } = chosen(cohort(), { entering: 3, threshold: 0.8 });
  test('they are chosen in nearly every subsample, the others now and then', () => {
    expect(selected.toSorted()).toEqual(['signal-1', 'signal-2']);
    expect(frequency[1].share).toBeGreaterThan(0.9);
    expect(frequency[2].share).toBeLessThan(0.5);
  });
  test('three are chosen in each of the 100', () => expect(frequency.reduce((sum, { count }) => sum + count, 0)).toBe(300));
  test('the stability says that two of three choices agree; at most 0.75 columns are expected to be there by chance', () => {
    expect(stability.index).toBeGreaterThan(0.5);
    expect(stability.index).toBeLessThan(0.9);
    expect(stability.lower).toBeLessThan(stability.index);
    // 3² / ((2 × 0.8 − 1) × 20)
    expect(falselyKept).toBeCloseTo(0.75, 12);
  });
});

test('the same seed gives the same choice, another one other subsamples', () => {
  expect(chosen(cohort(), { subsamples: 10 }).frequency).toEqual(chosen(cohort(), { subsamples: 10 }).frequency);
  expect(chosen(cohort(), { subsamples: 10 }, [9, 9, 9, 9]).frequency).not.toEqual(chosen(cohort(), { subsamples: 10 }).frequency);
});

test('the unit of a column does not matter', () => {
  const table = cohort();
  const scaled = makeTable({ ...table, role: 'training', columns: table.columns.map((own, c) => (own.kind === 'numeric' && c > 0 ? { ...own, values: own.values.map((value) => value * 10 ** (c - 10)) } : own)) });
  expect(chosen(scaled, { subsamples: 20 }).frequency).toEqual(chosen(table, { subsamples: 20 }).frequency);
});

test('columns enter by their correlation with the outcome', () => {
  const y = Uint8Array.of(0, 0, 0, 0, 1, 1, 1, 1);
  const x = Float64Array.of(1, 2, 3, 2, 5, 4, 6, 5, /* weaker */ 1, 3, 1, 3, 3, 3, 1, 3, /* constant */ 4, 4, 4, 4, 4, 4, 4, 4);
  expect(firstToEnter({ x, rows: 8, columns: 3, y }, 1, 1)).toEqual([0]);
  expect(firstToEnter({ x, rows: 8, columns: 3, y }, 3, 1)).toEqual([0, 1]);
});

describe('bad input', () => {
  test('noise alone: nothing stays, and the warning says how near it came', () => {
    const table = cohort();
    const noise = makeTable({ ...table, role: 'training', columns: [table.columns[0], ...table.columns.slice(3)] });
    const { selected, warnings } = chosen(noise, { threshold: 1, entering: 2 });
    expect(selected).toEqual([]);
    expect(warnings[0].text).toMatch(/^No column is chosen in 100% of the subsamples: the most frequent, noise-\d+, is chosen in \d+%\.$/);
  });
  test('missing and infinite values are refused by column and row; one outcome, one patient with the event, and no columns', () => {
    const holed = cohort();
    (holed.columns[2] as { values: Float64Array }).values[3] = NaN;
    expect(() => chosen(holed)).toThrow(/column signal-2: the value of row c4/);
    const withEvents = (events: number) => makeTable({ ...cohort(20, 2), role: 'training', columns: [{ kind: 'numeric', name: 'y', values: Float64Array.from({ length: 20 }, (_, i) => Number(i < events)) }, ...cohort(20, 2).columns.slice(1)] });
    expect(() => chosen(withEvents(0))).toThrow(/same outcome/);
    expect(() => chosen(withEvents(1))).toThrow(/There are 1 training patients with the event; subsamples need at least 2/);
    expect(chosen(makeTable({ ...cohort(), role: 'training', columns: [cohort().columns[0]] }))).toMatchObject({ selected: [], warnings: [{ code: 'stability-nothing-given' }] });
  });
  test('no bound where the threshold is a half or less', () => expect(chosen(cohort(), { threshold: 0.5, subsamples: 4 }).falselyKept).toBeUndefined());
});

const inputs = () => ({ table: exampleTable(60) });
const params = { subsamples: 10, entering: 2 };
describeContract(plugin, {
  from: import.meta.url,
  examples: [
    { operation: 'fit', inputs, params },
    { operation: 'apply', inputs: async () => ({ model: (await (await plugin.operations.fit.load())(inputs(), parseParams(plugin.params, params), testContext())).model, table: exampleTable(10, 6, 'test') }), params },
  ],
});
