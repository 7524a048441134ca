import { type Context, type Inputs, type Params, type Plain, RadloomError, refuseShared, type RowSource, type Table, takeRows } from '@radloom/core';
import type { Sample } from './run.js';

/**
 * Both sides of one sample. A row drawn again is a row of its own, `P017~2`, of the same patient: whatever divides the training rows
 * further keeps it with the first.
 *
 * @throws `fold-unknown`, `row-unknown`
 */
export function take(inputs: Inputs, _params: Params, ctx: Context): { training: Table; test: Table } {
  const table = inputs.table as Table;
  const { folds } = (inputs.folds as Plain).value as { readonly folds: readonly Sample[] };
  const fold = folds.find(({ id }) => id === ctx.at.fold);
  if (fold === undefined) throw new RadloomError({ code: 'fold-unknown', what: `There is no fold ${ctx.at.fold}.`, deterministic: false });
  const place = new Map(table.rows.map((row, i) => [row.id, i]));
  const placeOf = (id: string): number => {
    const found = place.get(id);
    if (found !== undefined) return found;
    throw new RadloomError({ code: 'row-unknown', what: `The fold ${fold.id} names the row ${id}, which the table does not have.`, deterministic: false });
  };
  const sides = { training: drawn(table, fold.training.map(placeOf), fold.id), test: takeRows(table, fold.test.map(placeOf), 'test', fold.id) };
  refuseShared(sides.training, sides.test);
  return sides;
}

/** Rows in the given order, those that come again under names of their own. */
function drawn(table: Table, places: readonly number[], fold: string): Table {
  const times = new Map<number, number>();
  const renamed: RowSource[] = [];
  for (const at of places) {
    const count = (times.get(at) ?? 0) + 1;
    times.set(at, count);
    const row = table.rows[at];
    renamed.push(count === 1 ? row : { ...row, id: `${row.id}~${count}`, patient: row.patient ?? row.id, copyOf: row.id });
  }
  const columns = table.columns.map((column) => (column.kind === 'numeric' ? { ...column, values: Float64Array.from(places, (at) => column.values[at]) } : { ...column, codes: Int32Array.from(places, (at) => column.codes[at]) }));
  const reasons = places.flatMap((at, i) => table.reasons.filter(([id]) => id === table.rows[at].id).map(([, name, reason]) => [renamed[i].id, name, reason] as const));
  return takeRows({ ...table, rows: renamed, columns, reasons }, renamed.map((_, i) => i), 'training', fold);
}
