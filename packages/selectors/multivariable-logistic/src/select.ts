import { bothOutcomesOf, type Context, numbers, predictorNames, RadloomError, type Selection, type Table } from '@radloom/core';
import { type Design, designOfColumns } from '@radloom/statistics';
import { type Coefficients, fitted } from './fit.js';

export interface MultivariableSettings {
  readonly columns: readonly string[];
  readonly alpha: number;
  readonly firth: 'never' | 'if-separated' | 'always';
  readonly interval: 'wald' | 'profile';
  readonly level: number;
}

/** Events (or rows without, if fewer) per column below which coefficients are biased away from 0 (Peduzzi et al. 1996). */
const EVENTS_PER_COLUMN = 10;

/**
 * Columns whose coefficient is significant beside the others', and all that are not in the model. A column that depends on those before it
 * has no coefficient and goes, with a warning.
 *
 * @throws `one-class`, `missing-value` with column and row, `too-few-rows`, `separation` by column, `column-not-numeric`
 */
export function select(table: Table, settings: MultivariableSettings, ctx: Context): Selection {
  const event = bothOutcomesOf(table);
  const { names, absent } = modelColumns(table, settings.columns);
  if (absent.length > 0) ctx.warn('columns-absent', `${absent.join(', ')} ${absent.length === 1 ? 'is' : 'are'} not in the table: dropped by an earlier step.`);
  const outcome = table.outcome?.column;
  const everything = table.columns.map(({ name }) => name).filter((name) => name !== outcome);
  if (names.length === 0) {
    ctx.warn('multivariable-nothing-given', 'No column is left for the logistic regression; the others stay as they are.');
    return { selected: everything, summary: { terms: [], absent, alpha: settings.alpha } };
  }
  checkRows(table, names, event);
  const events = event.reduce((sum, value) => sum + value, 0);
  const fewer = Math.min(events, event.length - events);
  if (fewer < EVENTS_PER_COLUMN * names.length) ctx.warn('events-per-column', `${fewer} ${events <= event.length - events ? 'events' : 'rows without the event'} for ${names.length} columns: with fewer than ${EVENTS_PER_COLUMN} a column coefficients are unreliable.`);
  const found = fitted(design(table, names), event, settings);
  for (const { code, text } of found.notes) ctx.warn(code, text);
  const gone = new Set(names.filter((name) => !keeps(found, name, settings.alpha)));
  if (gone.size === names.length) ctx.warn('multivariable-nothing-kept', `None of the ${names.length} columns has a P below ${settings.alpha} beside the others.`);
  return {
    selected: everything.filter((name) => !gone.has(name)),
    summary: { ...found, rows: event.length, events, kept: names.filter((name) => !gone.has(name)), absent, alpha: settings.alpha, level: settings.level },
  };
}

function modelColumns(table: Table, asked: readonly string[]): { names: string[]; absent: string[] } {
  if (asked.length === 0) return { names: predictorNames(table), absent: [] };
  const outcome = table.outcome?.column;
  if (outcome !== undefined && asked.includes(outcome)) throw new RadloomError({ code: 'model-outcome', what: `${outcome} is the outcome; it cannot predict itself.`, where: { field: 'columns' } });
  const there = new Set(table.columns.map(({ name }) => name));
  return { names: asked.filter((name) => there.has(name)), absent: asked.filter((name) => !there.has(name)) };
}

function checkRows(table: Table, names: readonly string[], event: Uint8Array): void {
  for (const name of names) {
    const at = numbers(table, name).findIndex((value) => !Number.isFinite(value));
    if (at < 0) continue;
    throw new RadloomError({ code: 'missing-value', what: `The logistic regression cannot use column ${name}: the value of row ${table.rows[at].id} is missing or infinite.`, where: { field: name }, fix: 'Put impute before multivariable-logistic under selection, or leave the column out.' });
  }
  if (event.length > names.length + 1) return;
  throw new RadloomError({
    code: 'too-few-rows',
    what: `${event.length} rows cannot carry a logistic regression of ${names.length} columns and a constant.`,
    where: { field: 'columns' },
    fix: 'Name fewer columns, or choose among them first (univariate, lasso).',
    data: { rows: event.length, parameters: names.length + 1 },
  });
}

const design = (table: Table, names: readonly string[]): Design => designOfColumns(names, names.map((name) => numbers(table, name)));

/** At alpha 1 all that have a coefficient stay. */
function keeps({ terms }: Coefficients, name: string, alpha: number): boolean {
  const found = terms.find(({ term }) => term === name);
  return found !== undefined && (alpha === 1 || found.pValue < alpha);
}
