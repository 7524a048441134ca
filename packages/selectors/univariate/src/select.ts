import { bothOutcomesOf, column, type Context, numbers, predictorNames, RadloomError, type Selection, type Table } from '@radloom/core';
import { type Adjustment, adjustPValues, compareColumn, type ComparisonRules } from '@radloom/statistics';

export interface UnivariateSettings extends ComparisonRules {
  readonly columns: readonly string[];
  readonly alpha: number;
  readonly adjust: 'none' | Adjustment;
}

/** One column's test, for the report. */
export interface Screened {
  readonly column: string;
  readonly test: string;
  readonly pValue: number;
  /** P after adjustment; the same without one. */
  readonly adjusted: number;
  readonly variants: Readonly<Record<string, number>>;
  readonly variantsDisagree: boolean;
  readonly missing: number;
  readonly kept: boolean;
  /** Why there is no P. */
  readonly reason?: string;
}

/**
 * Columns whose P is below alpha, and all that were not screened. A column without a P (one value only, one empty group) goes, with a
 * warning. A column to be screened that is not in the table, since an earlier step dropped it, is passed over with a warning.
 *
 * @throws `one-class`, `screened-outcome`, `infinite-value` with column and row
 */
export function select(table: Table, settings: UnivariateSettings, ctx: Context): Selection {
  const event = bothOutcomesOf(table);
  const { names, absent } = screenedColumns(table, settings.columns);
  if (absent.length > 0) ctx.warn('columns-absent', `${listed(absent)} ${absent.length === 1 ? 'is' : 'are'} not in the table: dropped by an earlier step.`);
  const found = names.map((name) => {
    refuseInfinite(table, name);
    return compareColumn(column(table, name), event, settings);
  });
  const pValues = found.map(({ pValue }) => pValue);
  const adjusted = settings.adjust === 'none' ? pValues : adjustPValues(pValues, settings.adjust);
  const tests = found.map(({ test, pValue, variants, variantsDisagree, missing, reason }, i): Screened => ({
    column: names[i], test, pValue, adjusted: adjusted[i], variants, variantsDisagree, missing: missing[0] + missing[1], kept: adjusted[i] < settings.alpha, ...(reason === undefined ? {} : { reason }),
  }));
  warn(tests, settings, ctx);
  const gone = new Set(tests.filter(({ kept }) => !kept).map((test) => test.column));
  const outcome = table.outcome?.column;
  return {
    selected: table.columns.map(({ name }) => name).filter((name) => name !== outcome && !gone.has(name)),
    summary: { tests, screened: tests.length, kept: tests.length - gone.size, absent, alpha: settings.alpha, adjust: settings.adjust },
  };
}

function screenedColumns(table: Table, asked: readonly string[]): { names: string[]; absent: string[] } {
  if (asked.length === 0) return { names: predictorNames(table), absent: [] };
  const outcome = table.outcome?.column;
  if (outcome !== undefined && asked.includes(outcome)) throw new RadloomError({ code: 'screened-outcome', what: `${outcome} is the outcome; it cannot be screened against itself.`, where: { field: 'columns' } });
  const there = new Set(table.columns.map(({ name }) => name));
  return { names: asked.filter((name) => there.has(name)), absent: asked.filter((name) => !there.has(name)) };
}

function refuseInfinite(table: Table, name: string): void {
  if (column(table, name).kind !== 'numeric') return;
  const at = numbers(table, name).findIndex((value) => Math.abs(value) === Infinity);
  if (at < 0) return;
  throw new RadloomError({ code: 'infinite-value', what: `Column ${name} is infinite in row ${table.rows[at].id}, so it cannot be tested.`, where: { field: name }, fix: 'Drop the column, or correct the value.' });
}

/** Says what the choice of test decided, and what could not be tested. */
function warn(tests: readonly Screened[], { alpha, adjust }: UnivariateSettings, ctx: Context): void {
  const untested = tests.filter(({ reason }) => reason !== undefined);
  if (untested.length > 0) ctx.warn('not-tested', `Dropped without a test: ${listed(untested.map((test) => `${test.column} (${test.reason})`))}.`);
  const open = tests.filter(({ variantsDisagree }) => variantsDisagree);
  if (open.length > 0 && adjust === 'none') {
    ctx.warn('test-variant-decides', `Whether P is below ${alpha} depends on the test for ${listed(open.map((test) => test.column))}; see the variants of each.`, { columns: open.map((test) => test.column) });
  }
  if (tests.length > 0 && tests.every(({ kept }) => !kept)) ctx.warn('univariate-nothing-kept', `None of the ${tests.length} screened columns has a P below ${alpha}.`);
}

const listed = (names: readonly string[]): string => `${names.slice(0, 6).join(', ')}${names.length > 6 ? ` and ${names.length - 6} more` : ''}`;
