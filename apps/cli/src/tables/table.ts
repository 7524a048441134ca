/** What stands in one place of a table; null for nothing. */
export type Cell = string | number | null;

/** A table in memory: cells row by row, in the order of the columns. */
export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

/** A column keeps one kind of value, so that typed formats can say which. */
export interface Column {
  readonly name: string;
  readonly kind: 'text' | 'number';
}

export const formats = ['csv', 'json', 'parquet', 'xlsx'] as const;
export type Format = (typeof formats)[number];

/** Text of a cell: numbers as the shortest that reads back to the same bits. */
export function cellText(cell: Cell): string {
  return cell === null ? '' : String(cell);
}

/** Any value as a cell: numbers as they are, lists as PyRadiomics prints them, objects as JSON. */
export function cellOf(value: unknown): Cell {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number') return Number.isNaN(value) ? null : value;
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? `(${value.join(', ')})` : JSON.stringify(value);
}
