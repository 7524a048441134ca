import { RadloomError } from '@radloom/core';
import type { InputTable } from './read.js';
import { type Cell, cellOf } from './table.js';

type Entry = Readonly<Record<string, unknown>>;

/**
 * Reads cases from JSON: what `radloom extract --format json` writes (one case or a list), or flat objects of names and values (a list, or one
 * object a line), as PyRadiomics writes them.
 *
 * @throws `table-unreadable`
 */
export function readJsonTable(text: string, file: string): InputTable {
  const rows = entries(text, file).map(flat);
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return { columns, rows: rows.map((row) => columns.map((name): Cell => cellOf(row[name]))), lines: rows.map((_, i) => i + 1) };
}

function entries(text: string, file: string): Entry[] {
  const unreadable = (cause: unknown) => new RadloomError({ code: 'table-unreadable', what: 'The file is not JSON.', where: { file }, fix: 'A list of cases is needed, or one case a line.', cause });
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (whole) {
    try {
      parsed = text.split('\n').filter((line) => line.trim() !== '').map((line) => JSON.parse(line) as unknown);
    } catch {
      throw unreadable(whole);
    }
  }
  const list = Array.isArray(parsed) ? parsed : [parsed];
  if (!list.every((entry) => typeof entry === 'object' && entry !== null && !Array.isArray(entry))) throw unreadable(undefined);
  return list as Entry[];
}

/** Our own nesting put side by side; other objects are flat already. */
function flat(entry: Entry): Entry {
  const { features, diagnostics, reasons, ...more } = entry;
  if (typeof features !== 'object' || features === null) return entry;
  void reasons;
  return { ...more, ...(diagnostics as Entry | undefined), ...(features as Entry) };
}
