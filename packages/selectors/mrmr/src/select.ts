import { bothOutcomesOf, type Context, numbers, predictorNames, RadloomError, type Selection, type Table } from '@radloom/core';
import { correlation, minimumRedundancy, mutualInformation, quantileGroups } from '@radloom/statistics';

export interface MrmrSettings {
  readonly keep: number;
  readonly information: 'correlation' | 'groups';
  readonly groups: number;
}

/** A correlation this close to 1 in square is perfect: beyond it its information has no bound. */
const PERFECT = 1 - Number.EPSILON;

/**
 * The first columns of the greedy order, most relevant first. Columns of one value carry no information and are left out, with a warning.
 *
 * @throws `one-class`, `missing-value` with column and row
 */
export function select(table: Table, settings: MrmrSettings, ctx: Context): Selection {
  const y = bothOutcomesOf(table);
  const names = predictorNames(table);
  const constant = names.filter((name) => isConstant(table, name));
  if (constant.length > 0) ctx.warn('constant-column', `${constant.length} columns have one value only and are left out: ${constant.slice(0, 5).join(', ')}${constant.length > 5 ? ' …' : ''}.`);
  const left = new Set(constant);
  const candidates = names.filter((name) => !left.has(name));
  const grouped = settings.information === 'groups';
  const columns = candidates.map((name) => (grouped ? quantileGroups(numbers(table, name), settings.groups) : numbers(table, name)));
  const chosen = minimumRedundancy(columns, y, settings.keep, grouped ? mutualInformation : byCorrelation);
  return {
    selected: chosen.map(({ index }) => candidates[index]),
    summary: { information: settings.information, chosen: chosen.map(({ index, score }) => ({ column: candidates[index], score })), constant },
  };
}

/** -1/2 log(1 - r²), bounded where the columns are the same. */
function byCorrelation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return -0.5 * Math.log(1 - Math.min(PERFECT, correlation(a, b) ** 2));
}

/** @throws `missing-value` with column and row */
function isConstant(table: Table, name: string): boolean {
  const values = numbers(table, name);
  const at = values.findIndex((value) => !Number.isFinite(value));
  if (at >= 0) {
    throw new RadloomError({ code: 'missing-value', what: `mRMR cannot use column ${name}: the value of row ${table.rows[at].id} is missing or infinite.`, where: { field: name }, fix: 'Put impute before mrmr under selection, or drop the column.' });
  }
  return values.every((value) => value === values[0]);
}
