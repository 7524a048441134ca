import { type Context, type Fitted, type Model, numbers, predictorNames, RadloomError, type Table, withColumns } from '@radloom/core';
import { extremes, meanAndDeviation } from './kernel.js';

type Method = 'z-score' | 'range';

/**
 * Learns centre and width of every predictor. A column of one value gets the width 1, with a warning.
 * @throws `all-missing` for a column without any value; `infinite-value` with column and row
 */
export function fit(table: Table, { method }: { readonly method: Method }, ctx: Context): Fitted {
  const names = predictorNames(table);
  const centre = new Float64Array(names.length);
  const width = new Float64Array(names.length);
  const constant: string[] = [];
  names.forEach((name, i) => {
    checkValues(table, name);
    const [low, spread] = method === 'range' ? extremes(numbers(table, name)) : meanAndDeviation(numbers(table, name));
    centre[i] = low;
    width[i] = spread > 0 ? spread : 1;
    if (!(spread > 0)) constant.push(name);
  });
  if (constant.length > 0) ctx.warn('constant-column', `${constant.length} columns have one value only and are centred, not scaled: ${constant.slice(0, 5).join(', ')}${constant.length > 5 ? ' …' : ''}.`);
  return { predictors: names, state: { method, centre, width } };
}

/** Applies what was learned to any rows; missing values stay missing. */
export function apply(model: Model, table: Table): Table {
  const { method, centre, width } = model.state as { method: Method; centre: Float64Array; width: Float64Array };
  return withColumns(
    table,
    model.predictors.map((name, i) => ({
      kind: 'numeric',
      name,
      values: numbers(table, name).map((value) => {
        const scaled = (value - centre[i]) / width[i];
        return method === 'range' ? Math.min(1, Math.max(0, scaled)) : scaled;
      }),
    })),
  );
}

function checkValues(table: Table, name: string): void {
  const values = numbers(table, name);
  if (values.every(Number.isNaN)) {
    throw new RadloomError({ code: 'all-missing', what: `Column ${name} has no value in the training rows.`, where: { field: name }, fix: 'Put zero-variance before scale under selection: it drops such columns.' });
  }
  const at = values.findIndex((value) => Math.abs(value) === Infinity);
  if (at >= 0) throw new RadloomError({ code: 'infinite-value', what: `Column ${name} is infinite in row ${table.rows[at].id}, so it has no scale.`, where: { field: name }, fix: 'Drop the column, or correct the value.' });
}
