import { makeTable, RadloomError, type Table } from '@radloom/core';

/**
 * The predictors of both tables, those of `table` first. Rows and outcome are those of `table`; a column that both have is taken once.
 *
 * @throws `rows-differ` when the tables are not of the same rows in the same order
 */
export function join({ table, other }: { readonly table: Table; readonly other: Table }): { table: Table } {
  const at = table.rows.findIndex((row, i) => row.id !== other.rows[i]?.id);
  if (at >= 0 || table.rows.length !== other.rows.length || table.partition.role !== other.partition.role) {
    throw new RadloomError({ code: 'rows-differ', what: `Sets of predictors are joined row by row, and these are of different rows${at >= 0 ? `: ${table.rows[at].id} in one is ${other.rows[at]?.id ?? 'nothing'} in the other` : ''}.`, fix: 'Join sets of the same side of the same split.', deterministic: false });
  }
  const known = new Set(table.columns.map(({ name }) => name));
  const added = other.columns.filter(({ name }) => !known.has(name));
  const names = new Set(added.map(({ name }) => name));
  const { role, fold } = table.partition;
  return { table: makeTable({ ...table, role, fold, columns: [...table.columns, ...added], reasons: [...table.reasons, ...other.reasons.filter(([, name]) => names.has(name))] }) };
}
