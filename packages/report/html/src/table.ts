import { none, type NumberFormat } from './numbers.js';

/** A number with its bounds. */
export interface Estimate {
  readonly value: number;
  readonly lower?: number;
  readonly upper?: number;
  /** Why `value` is NaN, in words. */
  readonly reason?: string;
}

/** Sections of this report, as links; `title` is the page's to fill in. */
export interface Places {
  readonly places: readonly { readonly section: string; readonly title?: string }[];
}

export type Cell = string | number | Estimate | Places | undefined;

export interface TableColumn {
  readonly label: string;
  /**
   * `text` as it is; `name` a feature's or a case's name, in a fixed-width face; `count`, `decimal`, `significant`, `pValue` numbers in that form;
   * `estimate` value with bounds; `interval` bounds alone.
   */
  readonly form: 'text' | 'name' | 'count' | 'decimal' | 'significant' | 'pValue' | 'estimate' | 'interval';
  /** Heads the column on the page, where the label is too wide for what stands below it. */
  readonly head?: string;
  /** In the written file alone: what the page says in other columns, or is too wide for it. */
  readonly fileOnly?: boolean;
}

export interface TableRow {
  readonly cells: readonly Cell[];
  /** Rows of one group stand under its name. */
  readonly group?: string;
}

/** A table as the page prints it and as the app writes it beside the report. */
export interface ReportTable {
  /** File name without ending: `performance`. */
  readonly name: string;
  readonly title: string;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableRow[];
  /** What the groups are: heads their column in the written file. */
  readonly groups?: string;
  /** Lines below the table. */
  readonly notes?: readonly string[];
  /** Print at most so many rows; the written file has them all. */
  readonly limit?: number;
  /** Printed instead of the rows, with a line that says so; the written file has the rows. */
  readonly brief?: { readonly rows: readonly TableRow[]; readonly note: string };
}

export function isEstimate(cell: Cell): cell is Estimate {
  return typeof cell === 'object' && 'value' in cell;
}

export function isPlaces(cell: Cell): cell is Places {
  return typeof cell === 'object' && 'places' in cell;
}

/** The title of each place, or the section's id where it has none. */
export function placeTitles({ places }: Places): string[] {
  return places.map(({ section, title }) => title ?? section);
}

/** A cell in words. */
export function cellText(cell: Cell, form: TableColumn['form'], numbers: NumberFormat): string {
  if (cell === undefined) return none;
  if (typeof cell === 'string') return cell;
  if (isPlaces(cell)) return cell.places.length === 0 ? none : placeTitles(cell).join('; ');
  if (isEstimate(cell)) {
    if (form === 'pValue') return numbers.pValue(cell.value);
    if (form !== 'interval') return numbers.estimate(cell.value, cell.lower, cell.upper);
    return cell.lower === undefined || cell.upper === undefined ? none : numbers.interval(cell.lower, cell.upper);
  }
  return form === 'count' || form === 'significant' || form === 'pValue' ? numbers[form](cell) : numbers.decimal(cell);
}

/** A table for a file: full precision, an estimate as three columns (one where no row has bounds), null where there is no value. */
export interface TableData {
  readonly name: string;
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

export function tableData(table: ReportTable, bounds: { readonly lower: string; readonly upper: string }): TableData {
  const bounded = table.columns.map(({ form }, i) => form === 'interval' || (form === 'estimate' && table.rows.some(({ cells }) => isEstimate(cells[i]) && cells[i].lower !== undefined)));
  const heads = table.columns.flatMap(({ label, form }, i) => [...(form === 'interval' ? [] : [label]), ...(bounded[i] ? [`${label} ${bounds.lower}`, `${label} ${bounds.upper}`] : [])]);
  const rows = table.rows.map(({ cells, group }) => {
    const values = cells.flatMap((cell, i) => {
      const { value, lower, upper } = isEstimate(cell) ? cell : { value: isPlaces(cell) ? placeTitles(cell).join('; ') : cell };
      return [...(table.columns[i].form === 'interval' ? [] : [plain(value)]), ...(bounded[i] ? [plain(lower), plain(upper)] : [])];
    });
    return table.groups === undefined ? values : [group ?? null, ...values];
  });
  return { name: table.name, title: table.title, columns: table.groups === undefined ? heads : [table.groups, ...heads], rows };
}

const plain = (value: string | number | undefined) => (value === undefined || Number.isNaN(value) ? null : value);
