import { RadloomError } from '@radloom/core';
import Papa from 'papaparse';
import type { InputTable } from './read.js';

/** Reads comma, semicolon or tab separated text with a header line; every cell as text. @throws `table-unreadable`, `table-empty` */
export function readCsv(text: string, file: string): InputTable {
  const { data, errors } = Papa.parse<string[]>(text, { skipEmptyLines: false });
  const problem = errors.find(({ type }) => type === 'Quotes');
  if (problem !== undefined) throw new RadloomError({ code: 'table-unreadable', what: `${problem.message}.`, where: { file, line: (problem.row ?? 0) + 1 }, fix: 'A cell that holds a quotation mark needs it doubled, and the cell quoted.' });
  const lines = data.map((cells, i) => ({ cells, line: i + 1 })).filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  if (lines.length === 0) throw new RadloomError({ code: 'table-empty', what: 'The table is empty.', where: { file } });
  const [header, ...body] = lines;
  const columns = header.cells.map((name) => name.trim());
  for (const { cells, line } of body) {
    if (cells.length === columns.length) continue;
    throw new RadloomError({ code: 'table-unreadable', what: `The row has ${cells.length} cells, the header ${columns.length}.`, where: { file, line }, fix: 'Each row needs as many cells as the header; a cell with a comma needs quotation marks.' });
  }
  return { columns, rows: body.map(({ cells }) => cells.map((cell) => cell.trim())), lines: body.map(({ line }) => line) };
}
