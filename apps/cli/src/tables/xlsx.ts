import { RadloomError } from '@radloom/core';
import { readSheet } from 'read-excel-file/node';
import writeExcelFile from 'write-excel-file/node';
import type { InputTable } from './read.js';
import type { Cell, Table } from './table.js';

/** One sheet; numbers stay numbers to the last bit. */
export async function xlsxOf({ columns, rows }: Table): Promise<Uint8Array> {
  const header = columns.map(({ name }) => ({ value: name, fontWeight: 'bold' as const }));
  return withoutTimes(await writeExcelFile([header, ...rows.map((row) => row.map(sheetCell))], { sheet: 'features', stickyRowsCount: 1 }).toBuffer());
}

/** The same workbook with every file in it dated 1980-01-01: equal tables give equal bytes. */
function withoutTimes(zip: Uint8Array): Uint8Array {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  const earliest = 0x00210000;
  // The end of the directory (APPNOTE 4.3.16) has no comment here: it is the last 22 bytes.
  const end = zip.length - 22;
  let at = view.getUint32(end + 16, true);
  for (let files = view.getUint16(end + 10, true); files > 0; files--) {
    view.setUint32(at + 12, earliest, true);
    view.setUint32(view.getUint32(at + 42, true) + 10, earliest, true);
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return zip;
}

/** A spreadsheet has no infinity: it is written as text, as every other format reads it back. */
function sheetCell(cell: Cell): Cell {
  return typeof cell === 'number' && !Number.isFinite(cell) ? String(cell) : cell;
}

/** The first sheet, its first row as header. @throws `table-unreadable`, `table-empty` */
export async function readXlsx(bytes: Uint8Array, file: string): Promise<InputTable> {
  let sheet: readonly (readonly (string | number | boolean | Date | null)[])[];
  try {
    sheet = (await readSheet(Buffer.from(bytes))) as typeof sheet;
  } catch (cause) {
    throw new RadloomError({ code: 'table-unreadable', what: 'The file is not an XLSX workbook.', where: { file }, fix: 'Save it from the spreadsheet as .xlsx, or as CSV.', cause });
  }
  const rows = sheet.map((cells, i) => ({ cells: cells.map(inputCell), line: i + 1 })).filter(({ cells }) => cells.some((cell) => cell !== null));
  if (rows.length === 0) throw new RadloomError({ code: 'table-empty', what: 'The first sheet is empty.', where: { file } });
  const [header, ...body] = rows;
  const columns = header.cells.map((name) => String(name ?? '').trim());
  return { columns, rows: body.map(({ cells }) => columns.map((_, i) => cells[i] ?? null)), lines: body.map(({ line }) => line) };
}

function inputCell(cell: string | number | boolean | Date | null): Cell {
  if (cell instanceof Date) return cell.toISOString().replace(/T00:00:00\.000Z$/, '');
  if (typeof cell === 'string') return cell.trim() === '' ? null : cell.trim();
  return typeof cell === 'boolean' ? String(cell) : cell;
}
