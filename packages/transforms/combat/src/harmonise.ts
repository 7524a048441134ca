import { type Context, type Fitted, type Model, numbers, predictorNames, RadloomError, type Table, withColumns } from '@radloom/core';
import { applyCombat, type CombatModel, fitCombat } from '@radloom/statistics';
import { batchesOf, checkBatches } from './batches.js';
import { averageBatch } from './unseen.js';

export interface CombatSettings {
  readonly batch: string;
  readonly columns: readonly string[];
  readonly leave: readonly string[];
  readonly covariates: readonly string[];
  readonly meanOnly: boolean;
  readonly reference: string | null;
  readonly unseen: 'refuse' | 'reference' | 'pooled';
}

interface State {
  readonly combat: CombatModel;
  readonly columns: readonly string[];
  readonly covariates: readonly string[];
}

/** With the batch in the table itself. */
export const fit = (table: Table, settings: CombatSettings, ctx: Context): Fitted => learn(table, table, settings, ctx);
export const apply = (model: Model, table: Table, settings: CombatSettings): Table => adjust(model, table, table, settings);

/**
 * Learns shift and scale of every batch.
 *
 * @param holder table with the batch column; rows are matched by id
 * @throws `batch-missing`, `batch-single`, `missing-value` with column and row, `covariate-outcome`, `combat-features`, and what fitCombat throws
 */
export function learn(table: Table, holder: Table, settings: CombatSettings, ctx: Context): Fitted {
  const batch = batchesOf(table, holder, settings.batch);
  checkBatches(table, batch, settings);
  const columns = adjustedColumns(table, settings);
  const { covariates } = settings;
  if (table.outcome !== undefined && covariates.includes(table.outcome.column)) {
    throw new RadloomError({ code: 'covariate-outcome', what: `${table.outcome.column} is the outcome: new rows would have to be adjusted by what is to be predicted of them.`, where: { field: 'covariates' }, fix: 'Leave it out of covariates.' });
  }
  if (columns.length < 2) throw new RadloomError({ code: 'combat-features', what: `ComBat learns from many features together, and there are ${columns.length} to adjust.`, where: { field: 'columns' }, fix: 'Leave fewer columns alone, or scale instead.' });
  for (const name of [...columns, ...covariates]) refuseMissing(table, name);
  const reference = settings.reference === null ? {} : { reference: settings.reference };
  const combat = fitCombat(columns.map((name) => numbers(table, name)), batch, covariates.map((name) => numbers(table, name)), { meanOnly: settings.meanOnly, covariateNames: covariates, ...reference });
  refuseUndefined(combat, columns);
  const constant = columns.filter((_, c) => !combat.adjusted[c]);
  if (constant.length > 0) ctx.warn('constant-in-batch', `${constant.length} features have one value only in some batch and stay as they are: ${constant.slice(0, 5).join(', ')}${constant.length > 5 ? ' …' : ''}.`);
  const sizes = Object.fromEntries(combat.batches.map((name) => [name, batch.filter((own) => own === name).length]));
  const state: State = { combat, columns, covariates };
  return { predictors: [...columns, ...covariates], state: { ...state }, summary: { batch: settings.batch, sizes, adjusted: columns.length - constant.length, constant, left: predictorNames(table).filter((name) => !columns.includes(name)), covariates, meanOnly: settings.meanOnly, reference: settings.reference, unseen: settings.unseen } };
}

/**
 * Adjusts any rows by what was learned, each by its own batch.
 *
 * @throws `combat-batch-unknown` for a row of an unseen batch when these are refused, `batch-missing`, `missing-value`
 */
export function adjust(model: Model, table: Table, holder: Table, settings: CombatSettings): Table {
  const { combat, columns, covariates } = model.state as unknown as State;
  const batch = batchesOf(table, holder, settings.batch);
  for (const name of covariates) refuseMissing(table, name);
  const known = new Set(combat.batches);
  const unseen = batch.findIndex((own) => !known.has(own));
  if (unseen >= 0 && settings.unseen === 'refuse') {
    throw new RadloomError({
      code: 'combat-batch-unknown',
      what: `Row ${table.rows[unseen].id} is of batch ${batch[unseen]}; the training rows had ${combat.batches.join(', ')}.`,
      where: { field: settings.batch },
      fix: 'Split so that every batch has training rows, or say unseen: reference or pooled.',
      data: { batch: batch[unseen], known: [...combat.batches] },
    });
  }
  const [extended, names] = settings.unseen === 'pooled' ? averageBatch(combat, batch) : [combat, batch];
  const given = columns.map((name) => numbers(table, name));
  // A row of an unseen batch that stays as it is takes any batch's place, and its own values back.
  const places = names.map((own) => (known.has(own) || settings.unseen === 'pooled' ? own : combat.batches[0]));
  const adjusted = applyCombat(extended, given, places, covariates.map((name) => numbers(table, name)));
  if (settings.unseen === 'reference') batch.forEach((own, row) => !known.has(own) && adjusted.forEach((values, c) => (values[row] = given[c][row])));
  return withColumns(table, columns.map((name, c) => ({ kind: 'numeric', name, values: adjusted[c] })));
}

/** Columns to adjust, in the table's order where none are named. */
function adjustedColumns(table: Table, { batch, columns, leave, covariates }: CombatSettings): string[] {
  const apart = new Set([batch, ...leave, ...covariates]);
  if (columns.length > 0) {
    for (const name of columns) numbers(table, name);
    return columns.filter((name) => !apart.has(name));
  }
  // A flag has no scale that a scanner could change.
  return predictorNames(table).filter((name) => !apart.has(name) && new Set(numbers(table, name)).size > 2);
}

function refuseMissing(table: Table, name: string): void {
  const at = numbers(table, name).findIndex((value) => !Number.isFinite(value));
  if (at < 0) return;
  throw new RadloomError({ code: 'missing-value', what: `ComBat cannot use column ${name}: the value of row ${table.rows[at].id} is missing or infinite.`, where: { field: name }, fix: 'Put impute before combat under selection, or leave the column alone.' });
}

/** @throws `combat-undefined` when the priors cannot be estimated */
function refuseUndefined({ batches, shift, scale }: CombatModel, columns: readonly string[]): void {
  batches.forEach((name, b) => {
    const at = columns.findIndex((_, c) => !Number.isFinite(shift[b][c]) || !(scale[b][c] > 0));
    if (at >= 0) throw new RadloomError({ code: 'combat-undefined', what: `The adjustment of ${columns[at]} in batch ${name} cannot be estimated: the features hardly differ in spread.`, fix: 'Adjust more features together, or say meanOnly: true.' });
  });
}
