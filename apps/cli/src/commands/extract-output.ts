import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, extname } from 'node:path';
import { RadloomError } from '@radloom/core';
import { csvOf } from '../tables/csv.js';
import { type Format, formats, type Table } from '../tables/table.js';
import { tableBytes } from '../tables/write.js';

/** The format that is asked for, by name or by the output's ending. @throws `output-needed` where a format cannot be printed */
export function formatOf(asked: Format | undefined, output: string | undefined): Format {
  const ending = output === undefined ? '' : extname(output).slice(1).toLowerCase();
  const format = asked ?? formats.find((name) => name === ending) ?? 'csv';
  if (output === undefined && (format === 'parquet' || format === 'xlsx')) {
    throw new RadloomError({ code: 'output-needed', what: `A table in the format ${format} is not printed.`, fix: `Name a file: --output features.${format}` });
  }
  return format;
}

/** Makes the folder of an output before any work is done. @throws `output-unwritable` */
export function prepareOutput(output: string | undefined): void {
  if (output !== undefined) attempt(output, () => mkdirSync(dirname(output), { recursive: true }));
}

/** Writes the table, and beside a file why values are missing: `features.csv` and `features.reasons.csv`. */
export async function writeFeatures(table: Table, reasons: Table, format: Exclude<Format, 'json'>, output: string | undefined): Promise<void> {
  put(await tableBytes(table, format), output);
  if (output !== undefined) put(csvOf(reasons), reasonsFile(output));
}

export function reasonsFile(output: string): string {
  return `${output.slice(0, output.length - extname(output).length)}.reasons.csv`;
}

export function put(content: string | Uint8Array, output: string | undefined): void {
  if (output === undefined) process.stdout.write(content);
  else attempt(output, () => writeFileSync(output, content));
}

function attempt(file: string, write: () => void): void {
  try {
    write();
  } catch (cause) {
    throw new RadloomError({ code: 'output-unwritable', what: `The output cannot be written: ${(cause as Error).message}.`, where: { file }, fix: 'Check the folder, its permissions and the space left.', deterministic: false, cause });
  }
}
