import { type Context, type Fitted, type Model, numbers, predictorNames, RadloomError, type Table, withColumns } from '@radloom/core';
import { atLimit, bestPower, yeoJohnson } from './power.js';

export interface YeoJohnsonSettings {
  readonly columns: readonly string[];
  readonly lowest: number;
  readonly highest: number;
  readonly distinct: number;
}

/**
 * Learns the power of every column. A column with few distinct values, or whose best power lies at a limit, stays as it is (as recipes'
 * step_YeoJohnson does), with a warning for the latter.
 *
 * @throws `infinite-value` with column and row, `bad-setting` when lowest is not below highest
 */
export function fit(table: Table, { columns, lowest, highest, distinct }: YeoJohnsonSettings, ctx: Context): Fitted {
  if (!(lowest < highest)) throw new RadloomError({ code: 'bad-setting', what: `lowest is ${lowest} and highest ${highest}: there is no power between them.`, where: { field: 'lowest' } });
  const there = predictorNames(table);
  const absent = columns.filter((name) => !there.includes(name));
  if (absent.length > 0) ctx.warn('columns-absent', `${absent.slice(0, 6).join(', ')}${absent.length > 6 ? ' …' : ''} ${absent.length === 1 ? 'is' : 'are'} not in the table, or not numeric.`);
  const names = columns.length === 0 ? there : columns.filter((name) => there.includes(name));
  const few: string[] = [];
  const limited: string[] = [];
  const powers: Record<string, number> = {};
  for (const name of names) {
    const values = known(table, name);
    if (new Set(values).size < distinct) {
      few.push(name);
      continue;
    }
    const power = bestPower(values, lowest, highest);
    if (atLimit(power, lowest, highest)) limited.push(name);
    else powers[name] = power;
  }
  if (limited.length > 0) ctx.warn('power-at-limit', `The best power of ${limited.length} columns lies at ${lowest} or ${highest}; they stay as they are: ${limited.slice(0, 5).join(', ')}${limited.length > 5 ? ' …' : ''}.`);
  const changed = Object.keys(powers);
  return { predictors: changed, state: { lambda: Float64Array.from(changed, (name) => powers[name]) }, summary: { powers, fewValues: few, atLimit: limited } };
}

/** Transforms any rows by what was learned; missing values stay missing. */
export function apply(model: Model, table: Table): Table {
  const lambda = model.state.lambda as Float64Array;
  return withColumns(table, model.predictors.map((name, c) => ({ kind: 'numeric', name, values: numbers(table, name).map((value) => (Number.isNaN(value) ? value : yeoJohnson(value, lambda[c]))) })));
}

/** The values that are there. */
function known(table: Table, name: string): Float64Array {
  const values = numbers(table, name);
  const at = values.findIndex((value) => Math.abs(value) === Infinity);
  if (at >= 0) throw new RadloomError({ code: 'infinite-value', what: `Column ${name} is infinite in row ${table.rows[at].id}, so it has no best power.`, where: { field: name }, fix: 'Drop the column, or correct the value.' });
  return values.filter((value) => !Number.isNaN(value));
}
