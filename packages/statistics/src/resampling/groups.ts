import { column, type Table } from '@radloom/core';

/** Per row id the value of a column as text, categories and numbers alike; rows without a value are left out. */
export function valuesByRow(table: Table, name: string): ReadonlyMap<string, string> {
  const found = column(table, name);
  const text = (row: number) => (found.kind === 'categorical' ? found.levels[found.codes[row]] : Number.isNaN(found.values[row]) ? undefined : String(found.values[row]));
  return new Map(table.rows.flatMap(({ id }, row) => (text(row) === undefined ? [] : [[id, text(row)!] as const])));
}
