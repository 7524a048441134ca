import { keepColumns, type Table } from '@radloom/core';

export interface Settings {
  readonly columns: readonly string[];
  readonly except: readonly string[];
  readonly set: string;
}

/**
 * The table with some of its predictors; the outcome stays.
 *
 * @throws `column-unknown` with the nearest name
 */
export function take({ table }: { readonly table: Table }, { columns, except }: Settings): { table: Table } {
  const all = table.columns.map(({ name }) => name);
  const gone = new Set(except);
  return { table: keepColumns(table, (columns.length === 0 ? all : columns).filter((name) => !gone.has(name))) };
}
