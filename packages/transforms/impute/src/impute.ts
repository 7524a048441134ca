import { type Context, type Fitted, type Model, numbers, predictorNames, RadloomError, type Table, withColumns } from '@radloom/core';
import { mean, median } from './centre.js';
import { type Donor, donorColumns, fillFromNearest } from './nearest.js';

interface Settings {
  readonly method: 'median' | 'mean' | 'knn';
  readonly neighbours: number;
}

/**
 * Learns what to fill in.
 * @throws `all-missing` for a column without any value; `infinite-value` with column and row
 */
export function fit(table: Table, { method, neighbours }: Settings): Fitted {
  const names = predictorNames(table);
  for (const name of names) {
    const values = numbers(table, name);
    if (values.every(Number.isNaN)) {
      throw new RadloomError({ code: 'all-missing', what: `Column ${name} has no value in the training rows.`, where: { field: name }, fix: 'Put zero-variance before impute under selection: it drops such columns.' });
    }
    const at = values.findIndex((value) => Math.abs(value) === Infinity);
    if (at < 0) continue;
    throw new RadloomError({ code: 'infinite-value', what: `Column ${name} is infinite in row ${table.rows[at].id}, so it has no mean.`, where: { field: name }, fix: 'Drop the column, or correct the value.' });
  }
  if (method === 'knn') {
    const donors = donorColumns(table);
    return { predictors: donors.map((donor) => donor.name), state: { method, neighbours, donors } };
  }
  return { predictors: names, state: { method, values: Float64Array.from(names, (name) => (method === 'median' ? median : mean)(numbers(table, name))) } };
}

/** Fills the missing values of any rows; a filled value no longer has a reason for being missing. */
export function apply(model: Model, table: Table, _settings: unknown, ctx: Context): Table {
  const filled = model.state.method === 'knn' ? fillFromNearest(model.state.donors as Donor[], table, model.state.neighbours as number) : fillFromCentres(model, table);
  const left = filled.filter((own) => (own.kind === 'numeric' ? own.values.some(Number.isNaN) : own.codes.includes(-1))).map((own) => own.name);
  if (left.length > 0) ctx.warn('impute-incomplete', `No nearest row has a value for some rows of ${left.slice(0, 5).join(', ')}${left.length > 5 ? ' …' : ''}; they stay missing.`);
  const changed = withColumns(table, filled);
  const done = new Set(filled.map((own) => own.name).filter((name) => !left.includes(name)));
  return { ...changed, reasons: changed.reasons.filter(([, name]) => !done.has(name)) };
}

function fillFromCentres({ predictors, state }: Model, table: Table): Donor[] {
  const values = state.values as Float64Array;
  return predictors.map((name, c) => ({ kind: 'numeric', name, values: numbers(table, name).map((value) => (Number.isNaN(value) ? values[c] : value)) }));
}
