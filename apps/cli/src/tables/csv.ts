import { type Cell, cellText, type Table } from './table.js';

/** Comma-separated, one header line, quoted where needed (RFC 4180), lines ended by a line feed. */
export function csvOf({ columns, rows }: Table): string {
  return [columns.map(({ name }) => name), ...rows].map((row) => `${row.map(quoted).join(',')}\n`).join('');
}

function quoted(cell: Cell): string {
  const text = cellText(cell);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
