import { columnMajor, constantNames, type Context, numbers, outcomeOf, predictorNames, RadloomError, type Selection, type Table } from '@radloom/core';
import { eliminate, schedule } from './eliminate.js';
import { dealFolds } from './folds.js';
import { chosenSize, lossBySize } from './size.js';

export interface EliminationSettings {
  readonly order: readonly string[];
  readonly drop: number;
  readonly smallest: number;
  readonly largest: number;
  readonly folds: number;
  readonly loss: 'deviance' | 'auc';
  readonly rule: 'best' | 'one-standard-error';
  readonly penalty: number;
}

/**
 * The columns left at the cross-validated size, in the table's order.
 *
 * @throws `missing-value` with column and row, `one-class`, `too-few-rows`, `bad-setting` when smallest exceeds largest
 */
export function select(table: Table, settings: EliminationSettings, ctx: Context): Selection {
  if (settings.smallest > settings.largest) throw new RadloomError({ code: 'bad-setting', what: `smallest is ${settings.smallest} and largest ${settings.largest}: no number of columns is allowed.`, where: { field: 'smallest' } });
  const names = predictorNames(table);
  refuseMissing(table, names);
  const constant = constantNames(table, names);
  if (constant.length > 0) ctx.warn('constant-column', `${constant.length} columns have one value only and cannot be chosen: ${constant.slice(0, 5).join(', ')}${constant.length > 5 ? ' …' : ''}.`);
  const folds = dealFolds(table, settings.folds, ctx.seed);
  const ranking = settings.order.length === 0 ? undefined : rankingOf(settings.order, names, ctx);
  const start = ranking ?? names.map((_, c) => c);
  if (start.length === 0) {
    ctx.warn('elimination-nothing-given', 'No column is left to eliminate from.');
    return { selected: [], summary: { losses: [], order: [] } };
  }
  const candidates = { x: columnMajor(table, names), rows: table.rows.length, y: outcomeOf(table) };
  const sizes = schedule(start.length, settings.drop, Math.min(settings.smallest, start.length));
  const losses = lossBySize(candidates, { start, sizes, penalty: settings.penalty, ranking, folds, loss: settings.loss, onFold: (done, total) => ctx.progress(done, total) });
  const allowed = losses.filter(({ size }) => size <= settings.largest);
  // A large step may jump over all allowed sizes but the smallest, which is always there.
  const { size } = chosenSize(allowed, settings.loss, settings.rule);
  const rounds = [...eliminate(candidates, start, sizes, settings.penalty, ranking)];
  const left = new Set(rounds[sizes.indexOf(size)].columns);
  return {
    selected: names.filter((_, c) => left.has(c)),
    summary: { loss: settings.loss, rule: settings.rule, losses, size, order: eliminationOrder(rounds.map(({ columns }) => columns)).map((c) => names[c]) },
  };
}

/** Columns by how long they stayed, longest first; those of one round in the order in which that round ranked them. */
function eliminationOrder(rounds: readonly (readonly number[])[]): number[] {
  return [...new Set(rounds.toReversed().flat())];
}

function rankingOf(order: readonly string[], names: readonly string[], ctx: Context): number[] {
  const absent = order.filter((name) => !names.includes(name));
  if (absent.length > 0) ctx.warn('columns-absent', `${absent.slice(0, 6).join(', ')}${absent.length > 6 ? ' …' : ''} of the ranking ${absent.length === 1 ? 'is' : 'are'} not in the table: dropped by an earlier step.`);
  const known = order.map((name) => names.indexOf(name)).filter((column) => column >= 0);
  return [...new Set(known)];
}

function refuseMissing(table: Table, names: readonly string[]): void {
  for (const name of names) {
    const at = numbers(table, name).findIndex((value) => !Number.isFinite(value));
    if (at < 0) continue;
    throw new RadloomError({ code: 'missing-value', what: `Recursive elimination cannot use column ${name}: the value of row ${table.rows[at].id} is missing or infinite.`, where: { field: name }, fix: 'Put impute before recursive-elimination under selection, or drop the column.' });
  }
}
