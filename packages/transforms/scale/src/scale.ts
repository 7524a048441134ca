import { type Context, type Fitted, type Model, numbers, predictorNames, type Table, withColumns } from '@radloom/core';
import { extremes, meanAndDeviation } from './kernel.js';

type Method = 'z-score' | 'range';

/** Learns centre and width of every predictor. A column of one value gets the width 1, with a warning. */
export function fit(table: Table, { method }: { readonly method: Method }, ctx: Context): Fitted {
  const names = predictorNames(table);
  const centre = new Float64Array(names.length);
  const width = new Float64Array(names.length);
  const constant: string[] = [];
  names.forEach((name, i) => {
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
