import { digestPort, type Inputs, type Params, type Plugin, type Predictions, type Table, takeRows } from '@radloom/core';
import { call } from './calls.js';
import type { Example, Problem } from './problem.js';

/** Operations that treat each row by itself, given what was learned. */
const perRow: Readonly<Record<string, readonly string[]>> = { transform: ['apply'], selector: ['apply'], classifier: ['predict'] };

/** What is applied to a row must depend neither on the other rows nor on where the row stands. */
export async function rowProblems(plugin: Plugin, example: Example, settings: Params, whole: Table | Predictions): Promise<Problem[]> {
  const fresh = (await example.inputs()) as { readonly table?: Table };
  if (perRow[plugin.kind]?.includes(example.operation) !== true || fresh.table === undefined || fresh.table.rows.length < 3) return [];
  const indices = fresh.table.rows.map((_, i) => i);
  // The first rows without the last: whoever only looks at where a row stands, or at rows before it, gives the same.
  const alone = await differs(plugin, example, settings, whole, indices.slice(0, Math.ceil(indices.length / 2)));
  if (alone !== undefined) return [{ check: 'learns-in-apply', text: `on the first half of the rows ${alone}: what is learned belongs in fit` }];
  const backwards = await differs(plugin, example, settings, whole, [...indices].reverse());
  return backwards === undefined ? [] : [{ check: 'order-dependent', text: `with the rows in another order ${backwards}` }];
}

/** Applies to some rows in some order: how they come out otherwise than among the whole, or undefined. */
async function differs(plugin: Plugin, example: Example, settings: Params, whole: Table | Predictions, indices: readonly number[]): Promise<string | undefined> {
  const inputs = (await example.inputs()) as { readonly table: Table };
  const some = (table: Table): Table => takeRows(table, indices, table.partition.role, table.partition.fold);
  const found = await call(plugin, example, { ...inputs, table: some(inputs.table) } as Inputs, settings);
  if ('problem' in found) return `it fails (${found.problem.text})`;
  if ('refused' in found) return `it refuses them (${found.refused.what})`;
  const bytes = (table: Table): string => digestPort('table', { ...table, reasons: [] });
  const same =
    whole.type === 'table'
      ? bytes(found.outputs.table as Table) === bytes(some(whole))
      : (found.outputs.predictions as Predictions).probability.every((value, i) => Object.is(value, whole.probability[indices[i]]));
  return same ? undefined : 'a row comes out differently';
}
