import { columnMajor, type Context, numbers, predictorNames, RadloomError, type Selection, type Table } from '@radloom/core';
import { type CorrelationScan, correlationScan } from '@radloom/statistics';
import { judgedAnew } from './exact.js';

export interface CorrelationSettings {
  readonly threshold: number;
  readonly method: 'pearson' | 'spearman';
  readonly rule: 'fast' | 'exact';
}

/** What a rule found: columns that go, in its order, each with the column for which it goes. */
export interface Removal {
  readonly pairs: number;
  readonly removed: ReadonlyMap<number, number>;
}

/**
 * Thins out pairs above the threshold by one of two rules. Where at most one column varies, nothing goes.
 *
 * @throws `infinite-value` with column and row
 */
export function select(table: Table, { threshold, method, rule }: CorrelationSettings, ctx: Context): Selection {
  const names = predictorNames(table);
  refuseInfinite(table, names);
  const scan = correlationScan({ x: columnMajor(table, names), n: table.rows.length, p: names.length, threshold, method });
  if (scan.undefinedPairs > 0) ctx.warn('correlation-undefined', `${scan.undefinedPairs} pairs of columns have too few rows in common for a correlation; they are kept as if uncorrelated.`);
  if (scan.constant.length >= names.length - 1) return { selected: names, summary: { pairs: 0, removed: [], partners: [] } };
  const { pairs, removed } = rule === 'exact' ? judgedAnew(scan) : judgedAtOnce(scan);
  const order = [...removed.keys()];
  return {
    selected: names.filter((_, i) => !removed.has(i)),
    summary: { pairs, removed: order.map((i) => names[i]), partners: order.map((i) => names[removed.get(i)!]) },
  };
}

/**
 * Of every pair the column with the larger mean correlation goes, and of equal ones the earlier: the rule of recipes' step_corr (caret's
 * findCorrelation, not its exact form). All pairs are judged on the full table, so a pair counts even when one of its columns has gone
 * already.
 */
function judgedAtOnce(scan: CorrelationScan): Removal {
  // R compares means as text of 15 digits.
  const rounded = scan.meanAbsolute.map((value) => Number(value.toPrecision(15)));
  const later = new Map<number, number>();
  const earlier = new Map<number, number>();
  let pairs = 0;
  scan.forEachAbove((row, column) => {
    pairs++;
    const [gone, kept, by] = rounded[column] > rounded[row] ? [column, row, later] : [row, column, earlier];
    if (!by.has(gone)) by.set(gone, kept);
  });
  const partners = new Map([...earlier, ...later]);
  return { pairs, removed: new Map([...later.keys(), ...earlier.keys()].map((i) => [i, partners.get(i)!])) };
}

function refuseInfinite(table: Table, names: readonly string[]): void {
  for (const name of names) {
    const at = numbers(table, name).findIndex((value) => Math.abs(value) === Infinity);
    if (at < 0) continue;
    throw new RadloomError({ code: 'infinite-value', what: `Column ${name} has no correlation: the value of row ${table.rows[at].id} is infinite.`, where: { field: name }, fix: 'Drop the column, or correct the value.' });
  }
}
