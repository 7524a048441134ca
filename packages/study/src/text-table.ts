import { RadloomError } from '@radloom/core';
import Papa from 'papaparse';

/** A table as text, whatever it was written in. */
export interface TextTable {
  readonly columns: readonly string[];
  /** As many cells a row as there are columns. */
  readonly rows: readonly (readonly string[])[];
  /** Line of the file, or row of the sheet, of each row. */
  readonly lines: readonly number[];
}

/** Reads a table with a header line, its cells separated by that of comma, semicolon and tab which the header has most of. @throws `table-empty`, `table-unreadable` */
export function csvTable(text: string, file: string): TextTable {
  const plain = text.replace(/^\uFEFF/, '');
  const { data, errors } = Papa.parse<string[]>(plain, { skipEmptyLines: false, delimiter: separatorOf(plain) });
  const problem = errors.find(({ type }) => type === 'Quotes');
  if (problem !== undefined) throw new RadloomError({ code: 'table-unreadable', what: `${problem.message}.`, where: { file, line: (problem.row ?? 0) + 1 }, fix: 'A cell that holds a quotation mark needs it doubled, and the cell quoted.' });
  const lines = data.map((cells, i) => ({ cells: cells.map((cell) => cell.trim()), line: i + 1 })).filter(({ cells }) => cells.some((cell) => cell !== ''));
  if (lines.length === 0) throw new RadloomError({ code: 'table-empty', what: 'The table is empty.', where: { file } });
  const [header, ...body] = lines;
  for (const { cells, line } of body) {
    if (cells.length === header.cells.length) continue;
    throw new RadloomError({ code: 'table-unreadable', what: `The row has ${cells.length} cells, the header ${header.cells.length}.`, where: { file, line }, fix: 'Each row needs as many cells as the header; a cell with a comma needs quotation marks.' });
  }
  return checkedTable({ columns: header.cells, rows: body.map(({ cells }) => cells), lines: body.map(({ line }) => line) }, file);
}

function separatorOf(text: string): string {
  const header = (/^\s*(\S.*)$/m.exec(text)?.[1] ?? '').replaceAll(/"[^"]*"/g, '');
  const count = (sign: string): number => header.split(sign).length;
  return [',', ';', '\t'].reduce((most, sign) => (count(sign) > count(most) ? sign : most));
}

/**
 * The table with every column named once; nameless columns without a value are left out.
 *
 * @throws `column-duplicate`, `column-unnamed` with the first row that has a value there
 */
export function checkedTable({ columns, rows, lines }: TextTable, file: string): TextTable {
  const duplicate = columns.find((name, c) => name !== '' && columns.indexOf(name) !== c);
  if (duplicate !== undefined) throw new RadloomError({ code: 'column-duplicate', what: `Two columns are called ${duplicate}.`, where: { file, field: duplicate }, fix: 'Give each column a name of its own.' });
  const named = columns.map((name, c) => {
    if (name !== '') return true;
    const row = rows.findIndex((cells) => cells[c] !== '');
    if (row >= 0) throw new RadloomError({ code: 'column-unnamed', what: `Column ${c + 1} has no name, and "${rows[row][c]}" in it.`, where: { file, line: lines[row] }, fix: 'Name the column in the first row, or empty it.' });
    return false;
  });
  if (named.every(Boolean)) return { columns, rows, lines };
  const kept = <T>(cells: readonly T[]): T[] => cells.filter((_, c) => named[c]);
  return { columns: kept(columns), rows: rows.map(kept), lines };
}
