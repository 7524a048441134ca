import { RadloomError } from '@radloom/core';
import { parquetMetadata, parquetReadObjects, parquetSchema } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import type { InputTable } from './read.js';
import type { Cell, Table } from './table.js';

/** Numbers as DOUBLE, text as UTF-8 STRING; nothing is null. */
export function parquetOf({ columns, rows }: Table): Uint8Array {
  const columnData = columns.map(({ name, kind }, i) => ({
    name,
    type: kind === 'number' ? ('DOUBLE' as const) : ('STRING' as const),
    nullable: true,
    data: rows.map((row) => (kind === 'text' && row[i] !== null ? String(row[i]) : row[i])),
  }));
  return new Uint8Array(parquetWriteBuffer({ columnData, createdBy: 'radloom' }));
}

/** @throws `table-unreadable` */
export async function readParquet(bytes: Uint8Array, file: string): Promise<InputTable> {
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  try {
    const columns = parquetSchema(parquetMetadata(buffer)).children.map(({ element }) => element.name);
    const objects = await parquetReadObjects({ file: buffer });
    return { columns, rows: objects.map((object) => columns.map((name) => inputCell(object[name]))), lines: objects.map((_, i) => i + 1) };
  } catch (cause) {
    throw new RadloomError({ code: 'table-unreadable', what: 'The file is not a Parquet file that can be read.', where: { file }, fix: 'Write it again with the program that made it.', cause });
  }
}

function inputCell(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') return Number.isNaN(value) ? null : value;
  return typeof value === 'bigint' ? Number(value) : value instanceof Date ? value.toISOString() : typeof value === 'string' ? value : JSON.stringify(value);
}
