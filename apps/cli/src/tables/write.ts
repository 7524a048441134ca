import { csvOf } from './csv.js';
import type { Format, Table } from './table.js';

/** The bytes of a table in a format that holds one. */
export async function tableBytes(table: Table, format: Exclude<Format, 'json'>): Promise<string | Uint8Array> {
  switch (format) {
    case 'parquet':
      return (await import('./parquet.js')).parquetOf(table);
    case 'xlsx':
      return (await import('./xlsx.js')).xlsxOf(table);
    default:
      return csvOf(table);
  }
}
