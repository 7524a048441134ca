import { RadloomError } from '@radloom/core';
import { chiSquared } from '../distributions/gamma.js';
import { normal } from '../distributions/normal.js';

/** Counts, row by row. */
export type CountTable = readonly (readonly number[])[];

export interface ChiSquareTest {
  readonly statistic: number;
  readonly df: number;
  readonly pValue: number;
  /** Whether Yates' continuity correction was applied. */
  readonly yates: boolean;
  readonly expected: number[][];
  readonly smallestExpected: number;
  /** (observed − expected) / √expected. */
  readonly residuals: number[][];
  /** The same over their standard errors. */
  readonly standardisedResiduals: number[][];
}

/** Row sums, column sums and their total. */
export function margins(table: CountTable): { rows: number[]; columns: number[]; total: number } {
  const rows = table.map((row) => row.reduce((a, b) => a + b, 0));
  const columns = (table[0] ?? []).map((_, j) => table.reduce((sum, row) => sum + row[j], 0));
  const total = rows.reduce((a, b) => a + b, 0);
  if (table.length < 2 || columns.length < 2 || [...rows, ...columns].some((sum) => !(sum > 0)) || table.some((row) => row.length !== columns.length || row.some((count) => !(count >= 0)))) {
    throw new RadloomError({ code: 'table-degenerate', what: 'A contingency table needs two rows and two columns of counts, none of them empty throughout.' });
  }
  return { rows, columns, total };
}

/**
 * Pearson's chi-squared test of independence.
 *
 * @param yates `auto`: corrected for 2 × 2 tables, as R's default; the correction never exceeds a cell's distance from its expectation
 * @throws `table-degenerate`
 */
export function chiSquareTest(table: CountTable, yates: 'auto' | 'on' | 'off' = 'auto'): ChiSquareTest {
  const { rows, columns, total } = margins(table);
  const expected = rows.map((r) => columns.map((c) => (r * c) / total));
  const each = (f: (observed: number, mean: number, i: number, j: number) => number) => table.map((row, i) => row.map((count, j) => f(count, expected[i][j], i, j)));
  const corrected = yates === 'on' || (yates === 'auto' && rows.length === 2 && columns.length === 2);
  const correction = corrected ? Math.min(0.5, ...each((o, e) => Math.abs(o - e)).flat()) : 0;
  const statistic = each((o, e) => (Math.abs(o - e) - correction) ** 2 / e).flat().reduce((a, b) => a + b, 0);
  const df = (rows.length - 1) * (columns.length - 1);
  return {
    statistic, df, pValue: chiSquared.upper(statistic, df), yates: corrected, expected,
    smallestExpected: Math.min(...expected.flat()),
    residuals: each((o, e) => (o - e) / Math.sqrt(e)),
    standardisedResiduals: each((o, e, i, j) => (o - e) / Math.sqrt(e * (1 - rows[i] / total) * (1 - columns[j] / total))),
  };
}

/** The likelihood ratio (G) test of independence, uncorrected. */
export function gTest(table: CountTable): { statistic: number; df: number; pValue: number } {
  const { rows, columns, total } = margins(table);
  const statistic = 2 * table.flatMap((row, i) => row.map((o, j) => (o === 0 ? 0 : o * Math.log((o * total) / (rows[i] * columns[j]))))).reduce((a, b) => a + b, 0);
  const df = (rows.length - 1) * (columns.length - 1);
  return { statistic, df, pValue: chiSquared.upper(statistic, df) };
}

/** Cramér's V; |φ| for a 2 × 2 table. */
export function cramersV(table: CountTable): number {
  const { rows, columns, total } = margins(table);
  return Math.sqrt(chiSquareTest(table, 'off').statistic / (total * (Math.min(rows.length, columns.length) - 1)));
}

/** Odds ratio of a 2 × 2 table with Woolf's logarithmic limits; infinite or NaN limits where a cell is 0. */
export function oddsRatio(table: CountTable, level = 0.95): { estimate: number; lower: number; upper: number } {
  const [[a, b], [c, d]] = table;
  const estimate = (a * d) / (b * c);
  const reach = normal.quantile((1 + level) / 2) * Math.sqrt(1 / a + 1 / b + 1 / c + 1 / d);
  return { estimate, lower: Math.exp(Math.log(estimate) - reach), upper: Math.exp(Math.log(estimate) + reach) };
}

/** McNemar's test of the two discordant counts; the correction does not apply when they are equal. */
export function mcNemarTest(first: number, second: number, correct = true): { statistic: number; df: 1; pValue: number } {
  const distance = Math.abs(first - second);
  const statistic = (distance - (correct && distance > 0 ? 1 : 0)) ** 2 / (first + second);
  return { statistic, df: 1, pValue: chiSquared.upper(statistic, 1) };
}
