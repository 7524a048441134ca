import { type Context, numbers, predictorNames, RadloomError, type Selection, type Table } from '@radloom/core';
import { type IccForm, intraclassCorrelation } from '@radloom/statistics';

export interface IccSettings {
  readonly form: 'ICC(1,1)' | 'ICC(2,1)' | 'ICC(3,1)' | 'ICC(1,k)' | 'ICC(2,k)' | 'ICC(3,k)';
  readonly threshold: number;
  readonly bound: 'lower' | 'estimate';
  readonly level: number;
}

/** One feature's agreement, for the report. */
export interface Agreement {
  readonly column: string;
  readonly icc: number;
  readonly lower: number;
  readonly upper: number;
  /** Cases with both readings. */
  readonly rows: number;
  readonly kept: boolean;
}

/** Cases below which limits are too wide to be of use (Koo & Li 2016). */
const FEW = 30;
const FEWEST = 3;

const models: Readonly<Record<string, Pick<IccForm, 'model' | 'type'>>> = { 1: { model: 'one-way' }, 2: { model: 'two-way', type: 'agreement' }, 3: { model: 'two-way', type: 'consistency' } };

/** Without a second reader there is nothing to compare. @throws `second-reader-missing` */
export function select(table: Table, settings: IccSettings, ctx: Context): Selection {
  return agreeing(table, undefined, settings, ctx);
}

/**
 * Features whose agreement reaches the threshold, and all columns that the second reader's table does not have (clinical ones). Only training
 * rows are compared. A feature with fewer than three cases with both values, or without any variation, has no agreement and goes; a warning
 * names it.
 *
 * @param second the same features from the second reader's segmentations, rows by case id
 * @throws `second-reader-missing`, `second-reader-columns`, `too-few-rows`, `infinite-value` with column and row
 */
export function agreeing(table: Table, second: Table | undefined, settings: IccSettings, ctx: Context): Selection {
  if (second === undefined) {
    throw new RadloomError({ code: 'second-reader-missing', what: 'ICC compares two readings of the same cases, and there is no second one.', where: { field: 'selection' }, fix: 'Name the second reader’s segmentations under cohort: second, or leave icc out.' });
  }
  const pairs = readings(table, second);
  const names = compared(table, second);
  const found = names.map((column): Agreement => {
    const both = values(table, second, pairs, column);
    const rows = both[0].length;
    const { icc, lower, upper } = rows < FEWEST ? { icc: NaN, lower: NaN, upper: NaN } : correlationOf(both, settings);
    return { column, icc, lower, upper, rows, kept: (settings.bound === 'lower' ? lower : icc) >= settings.threshold };
  });
  const undefinedOnes = found.filter(({ icc }) => Number.isNaN(icc)).map(({ column }) => column);
  if (undefinedOnes.length > 0) ctx.warn('icc-undefined', `${undefinedOnes.length} features have no ICC (no variation, or fewer than ${FEWEST} cases with both values) and go: ${undefinedOnes.slice(0, 5).join(', ')}${undefinedOnes.length > 5 ? ' …' : ''}.`);
  if (pairs.length < FEW) ctx.warn('icc-few-rows', `The ICC rests on ${pairs.length} cases; with fewer than ${FEW} its limits are wide.`);
  const gone = new Set(found.filter(({ kept }) => !kept).map(({ column }) => column));
  const outcome = table.outcome?.column;
  return {
    selected: table.columns.map(({ name }) => name).filter((name) => name !== outcome && !gone.has(name)),
    summary: { form: settings.form, bound: settings.bound, threshold: settings.threshold, level: settings.level, rows: pairs.length, compared: names.length, kept: names.length - gone.size, agreement: found },
  };
}

/** Rows of both tables of the same case: [training row, second reader's row]. */
function readings(table: Table, second: Table): (readonly [number, number])[] {
  const position = new Map(second.rows.map(({ id }, row) => [id, row]));
  const pairs = table.rows.flatMap(({ id }, row) => (position.has(id) ? [[row, position.get(id)!] as const] : []));
  if (pairs.length >= FEWEST) return pairs;
  throw new RadloomError({
    code: 'too-few-rows',
    what: `${pairs.length} of the ${table.rows.length} training cases have a second reading; the ICC needs at least ${FEWEST}.`,
    fix: 'Have more cases segmented by the second reader, and check that their ids are those of the cohort.',
    data: { both: pairs.length, training: table.rows.length },
  });
}

/** Columns that both tables have. */
function compared(table: Table, second: Table): string[] {
  const known = new Set(predictorNames(second));
  const names = predictorNames(table).filter((name) => known.has(name));
  if (names.length > 0) return names;
  throw new RadloomError({ code: 'second-reader-columns', what: 'The second reader’s table has none of the features of the first.', fix: 'Extract both with the same settings.' });
}

/** Both readers' values of the cases in which both are defined. */
function values(table: Table, second: Table, pairs: readonly (readonly [number, number])[], column: string): [Float64Array, Float64Array] {
  const [a, b] = [numbers(table, column), numbers(second, column)];
  for (const [row, other] of pairs) {
    if (Math.abs(a[row]) === Infinity || Math.abs(b[other]) === Infinity) throw new RadloomError({ code: 'infinite-value', what: `Column ${column} is infinite in row ${table.rows[row].id}, so it has no ICC.`, where: { field: column }, fix: 'Drop the column, or correct the value.' });
  }
  const known = pairs.filter(([row, other]) => !Number.isNaN(a[row]) && !Number.isNaN(b[other]));
  return [Float64Array.from(known, ([row]) => a[row]), Float64Array.from(known, ([, other]) => b[other])];
}

/** Readings without any disagreement have an ICC of 1 and an infinite F, from which no limits follow: they are 1 too. */
function correlationOf(both: readonly [Float64Array, Float64Array], settings: IccSettings): { icc: number; lower: number; upper: number } {
  const { icc, lower, upper } = intraclassCorrelation(both, formOf(settings), { level: settings.level });
  return { icc, lower, upper };
}

function formOf({ form }: IccSettings): IccForm {
  return { ...models[form[4]], unit: form[6] === 'k' ? 'average' : 'single' };
}
