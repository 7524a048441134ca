import { csvTable, type TextTable } from '@radloom/study';
import { bytesOf } from '../read-file.js';
import { readTable } from './read.js';
import { cellText } from './table.js';
import { decodeText } from './text.js';

/** The endings of tables that are no text. */
const typed = /\.(xlsx|xls|parquet|json|ndjson)$/i;

/**
 * A table as text cells: a workbook or another typed format, or CSV in UTF-8 or GB 18030. Dates of a workbook are written year first.
 *
 * @throws what readTable throws
 */
export async function readTextTable(path: string): Promise<TextTable> {
  if (typed.test(path)) {
    const { columns, rows, lines } = await readTable(path);
    return { columns, rows: rows.map((cells) => cells.map(cellText)), lines };
  }
  return csvTable(decodeText(bytesOf(path), path), path);
}
