import { type Fitted, type Model, numbers, predictorNames, RadloomError, type Table, withColumns } from '@radloom/core';
import { mean, median, nearestRows } from './kernel.js';

interface Settings {
  readonly method: 'median' | 'mean' | 'knn';
  readonly neighbours: number;
}

/**
 * Learns what to fill in.
 * @throws `all-missing` for a column without any value
 */
export function fit(table: Table, { method, neighbours }: Settings): Fitted {
  const names = predictorNames(table);
  for (const name of names) {
    if (numbers(table, name).every(Number.isNaN)) {
      throw new RadloomError({ code: 'all-missing', what: `Column ${name} has no value in the training rows.`, where: { field: name }, fix: 'Put zero-variance before impute under selection: it drops such columns.' });
    }
  }
  if (method === 'knn') return { predictors: names, state: { method, neighbours, rows: table.rows.length, training: Float64Array.from(names.flatMap((name) => Array.from(numbers(table, name)))) } };
  return { predictors: names, state: { method, values: Float64Array.from(names, (name) => (method === 'median' ? median : mean)(numbers(table, name))) } };
}

/** Fills the missing values of any rows; a filled value no longer has a reason for being missing. */
export function apply(model: Model, table: Table): Table {
  const names = model.predictors;
  const columns = names.map((name) => numbers(table, name));
  const filled = columns.map((values) => values.slice());
  if (model.state.method === 'knn') {
    const { training, rows, neighbours } = model.state as { training: Float64Array; rows: number; neighbours: number };
    const known = names.map((_, c) => training.subarray(c * rows, (c + 1) * rows));
    table.rows.forEach((_, row) => {
      columns.forEach((values, c) => {
        if (Number.isNaN(values[row])) filled[c][row] = mean(Float64Array.from(nearestRows(known, columns, row, c, neighbours), (donor) => known[c][donor]));
      });
    });
  } else {
    const { values } = model.state as { values: Float64Array };
    filled.forEach((own, c) => own.forEach((value, row) => Number.isNaN(value) && (own[row] = values[c])));
  }
  const changed = withColumns(table, names.map((name, c) => ({ kind: 'numeric', name, values: filled[c] })));
  return { ...changed, reasons: changed.reasons.filter(([, name]) => !names.includes(name)) };
}
