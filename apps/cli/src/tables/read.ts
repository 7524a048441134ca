import { RadloomError } from '@radloom/core';
import { bytesOf } from '../read-file.js';
import type { Cell } from './table.js';
import { decodeText } from './text.js';

/** A table as it was read: text from CSV, typed cells from the other formats. */
export interface InputTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** Line, or row of the sheet, of each row; counted from 1, the header included. */
  readonly lines: readonly number[];
}

/**
 * Reads a table by its ending: `.xlsx`, `.parquet`, `.json`, and everything else as separated text.
 *
 * @throws `file-missing`, `file-unreadable`, `table-unreadable`, `table-empty`, `text-undecodable`
 */
export async function readTable(path: string, { encoding }: { readonly encoding?: string } = {}): Promise<InputTable> {
  const bytes = bytesOf(path);
  const ending = /\.[a-z]+$/i.exec(path)?.[0].toLowerCase();
  if (ending === '.xlsx') return (await import('./xlsx.js')).readXlsx(bytes, path);
  if (ending === '.parquet') return (await import('./parquet.js')).readParquet(bytes, path);
  if (ending === '.xls') throw new RadloomError({ code: 'table-unreadable', what: 'Workbooks of Excel 97 (.xls) are not read.', where: { file: path }, fix: 'Save it as .xlsx, or as CSV.' });
  const text = decodeText(bytes, path, encoding);
  if (ending === '.json' || ending === '.ndjson') return (await import('./json.js')).readJsonTable(text, path);
  return (await import('./read-csv.js')).readCsv(text, path);
}
