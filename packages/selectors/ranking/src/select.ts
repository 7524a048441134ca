import { bothOutcomesOf, type Context, numbers, predictorNames, RadloomError, type Selection, type Table } from '@radloom/core';
import { mannWhitneyTest, oneWayAnova, variance } from '@radloom/statistics';

export interface RankingSettings {
  readonly by: 'variance' | 'anova' | 'mann-whitney';
  readonly keep: number;
}

/** A column's place: `score` is what it is ranked by, larger first where it is a variance, smaller first where it is a P. */
export interface Ranked {
  readonly column: string;
  readonly score: number;
  /** Variance, F or U. */
  readonly statistic: number;
}

/**
 * The first columns of the ranking, best first; of equal ones the earlier. Missing values are left out, column by column. A column without a
 * score (one value, one empty group, fewer than two values) never stays; a warning names it.
 *
 * @throws `one-class` unless by variance, `infinite-value` with column and row
 */
export function select(table: Table, { by, keep }: RankingSettings, ctx: Context): Selection {
  const names = predictorNames(table);
  for (const name of names) refuseInfinite(table, name);
  const all = by === 'variance' ? names.map((name) => spread(table, name)) : between(table, names, by);
  const known = all.filter(({ score }) => !Number.isNaN(score));
  const unranked = all.filter(({ score }) => Number.isNaN(score)).map(({ column }) => column);
  if (unranked.length > 0) ctx.warn('not-ranked', `${unranked.length} columns cannot be ranked by ${by} and go: ${unranked.slice(0, 5).join(', ')}${unranked.length > 5 ? ' …' : ''}.`);
  // P may be 0 to the last digit; the statistic still tells such columns apart.
  const ranking = known.toSorted((a, b) => (by === 'variance' ? b.score - a.score : a.score - b.score || (by === 'anova' ? b.statistic - a.statistic : 0)));
  return { selected: ranking.slice(0, keep).map(({ column }) => column), summary: { by, ranking, unranked } };
}

function spread(table: Table, name: string): Ranked {
  const values = numbers(table, name).filter((value) => !Number.isNaN(value));
  const score = values.length < 2 ? NaN : variance(values);
  return { column: name, score, statistic: score };
}

/** Columns by how far rows with and without the event lie apart. */
function between(table: Table, names: readonly string[], by: 'anova' | 'mann-whitney'): Ranked[] {
  const event = bothOutcomesOf(table);
  return names.map((column): Ranked => {
    const values = numbers(table, column);
    const [other, own] = [0, 1].map((group) => values.filter((value, row) => event[row] === group && !Number.isNaN(value)));
    const first = own[0] ?? other[0];
    if (other.length === 0 || own.length === 0 || [...other, ...own].every((value) => value === first)) return { column, score: NaN, statistic: NaN };
    const { pValue, statistic } = by === 'anova' ? oneWayAnova([other, own]) : mannWhitneyTest(own, other);
    return { column, score: pValue, statistic };
  });
}

function refuseInfinite(table: Table, name: string): void {
  const at = numbers(table, name).findIndex((value) => Math.abs(value) === Infinity);
  if (at < 0) return;
  throw new RadloomError({ code: 'infinite-value', what: `Column ${name} is infinite in row ${table.rows[at].id}, so it cannot be ranked.`, where: { field: name }, fix: 'Drop the column, or correct the value.' });
}
