import { type Column, isRadloomError, RadloomError } from '@radloom/core';
import { categoricalTest } from '../tests/categorical.js';
import { standardisedDifference } from '../tests/describe.js';
import { categoryDifference } from './category-difference.js';
import { compareNumbers } from './numbers.js';
import type { ComparisonRules, ComparisonTest } from './rules.js';

/** One variable compared between rows without and with the event. */
export interface ColumnComparison {
  readonly measure: 'number' | 'counts';
  /** Values that are there: rows without the event, rows with it. Of counts, indices into `levels`. */
  readonly samples: readonly [Float64Array, Float64Array];
  /** Rows without a value, in the same order. */
  readonly missing: readonly [number, number];
  /** Of counts. */
  readonly levels: readonly string[];
  /** The test whose P is given, if the variable can be tested. */
  readonly test: ComparisonTest;
  /** NaN with a reason where no test is defined. */
  readonly pValue: number;
  readonly reason?: string;
  /** P by each test that might have been chosen; NaN where undefined. */
  readonly variants: Readonly<Partial<Record<ComparisonTest, number>>>;
  /** True where these fall on both sides of alpha. */
  readonly variantsDisagree: boolean;
  /** Of numbers: Shapiro-Wilk P in either group; true where both may be normal. */
  readonly normality: readonly number[];
  readonly normal: boolean;
  /** Of counts: the smallest expected count. */
  readonly smallestExpected: number;
  /** Size of the standardised difference: of means, or of proportions. */
  readonly smd: number;
}

/**
 * Compares a column between two groups of rows by stated rules. Categories, and numbers of which all are 0 or 1, are compared as counts;
 * other numbers by a t test or by ranks. Missing values are left out and counted.
 *
 * @param event   per row 1 or 0: the group
 * @param measure overrides what the values suggest; `counts` takes each number as a category of its own
 * @throws `infinite-value`
 */
export function compareColumn(column: Column, event: ArrayLike<number>, rules: ComparisonRules = {}, measure = measureOf(column)): ColumnComparison {
  return measure === 'number' ? numberColumn(column, event, rules) : countColumn(column, event, rules);
}

/** How a column is compared unless told otherwise. */
export function measureOf(column: Column): 'number' | 'counts' {
  if (column.kind === 'categorical') return 'counts';
  return column.values.some((value) => !Number.isNaN(value)) && column.values.every((value) => value === 0 || value === 1 || Number.isNaN(value)) ? 'counts' : 'number';
}

function numberColumn(column: Column, event: ArrayLike<number>, rules: ComparisonRules): ColumnComparison {
  if (column.kind === 'categorical') throw new RadloomError({ code: 'column-not-numeric', what: `Column ${column.name} holds categories (${column.levels.slice(0, 4).join(', ')}), so it has no mean.`, where: { field: column.name } });
  const infinite = column.values.findIndex((value) => Math.abs(value) === Infinity);
  if (infinite >= 0) throw new RadloomError({ code: 'infinite-value', what: `Column ${column.name} is infinite in row ${infinite + 1}.`, where: { field: column.name } });
  const { samples, missing } = divided(column.values, event);
  const { test, pValue, normality, normal, variants, variantsDisagree } = compareNumbers(samples[0], samples[1], rules);
  return {
    measure: 'number', samples, missing, levels: [], test, pValue, ...(Number.isNaN(pValue) ? { reason: undefinedBecause(samples) } : {}), variants, variantsDisagree, normality, normal,
    smallestExpected: NaN, smd: samples.some((sample) => sample.length < 2) ? NaN : finiteOrNone(Math.abs(standardisedDifference(samples[1], samples[0]))),
  };
}

function countColumn(column: Column, event: ArrayLike<number>, rules: ComparisonRules): ColumnComparison {
  const { levels, codes } = coded(column);
  const { samples, missing } = divided(codes, event);
  const counts = samples.map((sample) => levels.map((_, level) => sample.reduce((sum, code) => sum + Number(code === level), 0)));
  const shared = { measure: 'counts', samples, missing, levels, normality: [], normal: false, smd: categoryDifference(counts[0], counts[1]) } as const;
  const { yates = 'auto', alpha = 0.05 } = rules;
  try {
    const found = categoricalTest(counts, { yates, rule: rules.counts === 'pearson' ? 'pearson' : 'fisher-if-sparse', alpha });
    return { ...shared, test: found.used, pValue: found.pValue, variants: found.variants, variantsDisagree: found.variantsDisagree, smallestExpected: found.smallestExpected };
  } catch (error) {
    if (!isRadloomError(error) || error.code !== 'table-degenerate') throw error;
    return { ...shared, test: 'pearson', pValue: NaN, reason: undefinedBecause(samples), variants: {}, variantsDisagree: false, smallestExpected: NaN };
  }
}

/** Levels that occur, and per row which of them; NaN is missing. */
function coded(column: Column): { levels: string[]; codes: Float64Array } {
  if (column.kind === 'categorical') {
    const used = column.levels.map((_, code) => code).filter((code) => column.codes.includes(code));
    return { levels: used.map((code) => column.levels[code]), codes: Float64Array.from(column.codes, (code) => (code < 0 ? NaN : used.indexOf(code))) };
  }
  const values = [...new Set(column.values)].filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  return { levels: values.map(String), codes: column.values.map((value) => (Number.isNaN(value) ? NaN : values.indexOf(value))) };
}

/** The values that are there in each group. */
function divided(values: Float64Array, event: ArrayLike<number>): { samples: [Float64Array, Float64Array]; missing: [number, number] } {
  const groups = [0, 1].map((group) => values.filter((_, row) => event[row] === group));
  const samples = groups.map((own) => own.filter((value) => !Number.isNaN(value))) as [Float64Array, Float64Array];
  return { samples, missing: [groups[0].length - samples[0].length, groups[1].length - samples[1].length] };
}

function undefinedBecause(samples: readonly [Float64Array, Float64Array]): string {
  if (samples.every((sample) => sample.length === 0)) return 'no row has a value';
  const empty = samples.findIndex((sample) => sample.length === 0);
  if (empty >= 0) return `no row ${empty === 1 ? 'with' : 'without'} the event has a value`;
  const first = samples[0][0];
  return samples.every((sample) => sample.every((value) => value === first)) ? 'all values are equal' : 'the values hardly vary';
}

const finiteOrNone = (value: number): number => (Number.isFinite(value) ? value : NaN);
