import { basename, dirname, isAbsolute, join } from 'node:path';
import { type Failure, nearestName, RadloomError } from '@radloom/core';
import { readTable } from '../tables/read.js';
import type { Cell, Column } from '../tables/table.js';
import { type ResolvedFiles, resolveInput } from './extract-inputs.js';

/** One row of the table of cases, its files found. */
export interface BatchRow {
  /** Row of the sheet, or line of the text, that it stands in. */
  readonly line: number;
  readonly image: Cell;
  readonly mask: Cell;
  readonly imageFiles: ResolvedFiles | { readonly failure: Failure };
  readonly maskFiles: ResolvedFiles | { readonly failure: Failure };
  /** The row's own, where it has one. */
  readonly label?: number;
  readonly labelChannel?: number;
  /** True when its cell holds something that is no label. */
  readonly labelUnreadable?: boolean;
  /** Cells of the columns that are copied through. */
  readonly kept: readonly Cell[];
}

export interface BatchTable {
  /** Names in front of the output, in the order of the table: Image, Mask, Label, and what is kept. */
  readonly leading: readonly Column[];
  /** Those of `leading` that are copied through, in order. */
  readonly kept: readonly string[];
  readonly rows: readonly BatchRow[];
}

/** What PyRadiomics reads of a table of cases. */
const known = ['Image', 'Mask', 'Label', 'Label_channel'];
/** What stands beside them in the output. */
export const added = ['Label', 'ROI', 'status', 'reason', 'fix'];

/**
 * Reads a table of cases as PyRadiomics' command line does: columns Image and Mask, and Label and Label_channel where rows differ; paths are
 * relative to the table. Other columns are not copied unless they are named, so that names and birth dates stay where they are.
 *
 * @throws `column-unknown`, `column-duplicate`, `column-clash`, and what a table that cannot be read throws
 */
export async function readBatch(path: string, { keep, encoding }: { readonly keep: readonly string[]; readonly encoding?: string }): Promise<BatchTable> {
  const table = await readTable(path, { encoding });
  for (const name of ['Image', 'Mask']) requireColumn(name, table.columns, path);
  const twice = known.find((name) => table.columns.indexOf(name) !== table.columns.lastIndexOf(name));
  if (twice !== undefined) throw new RadloomError({ code: 'column-duplicate', what: `Two columns are called ${twice}.`, where: { file: path, field: twice }, fix: 'Give each column a name of its own.' });
  const all = keep.length === 1 && keep[0] === 'all';
  if (!all) for (const name of keep) requireColumn(name, table.columns, path);
  const kept = table.columns.filter((name) => !known.includes(name) && name !== '' && (all || keep.includes(name)));
  const clash = kept.find((name) => added.includes(name));
  if (clash !== undefined) throw new RadloomError({ code: 'column-clash', what: `The column ${clash} would stand twice in the output.`, where: { file: path, field: clash }, fix: 'Give it another name in the table, or leave it out of --keep.' });
  if (table.rows.length === 0) throw new RadloomError({ code: 'table-empty', what: 'The table has no rows.', where: { file: path } });
  const at = (name: string): number => table.columns.indexOf(name);
  const rows = table.rows.map((cells, i): BatchRow => {
    const cell = (name: string): Cell => (at(name) < 0 || cells[at(name)] === '' ? null : cells[at(name)]);
    const label = wholeNumber(cell('Label'), 'Label', 1);
    const channel = wholeNumber(cell('Label_channel'), 'Label_channel', 0);
    const failure = [label, channel].find((found) => typeof found === 'object');
    const maskFiles = typeof failure === 'object' ? { failure } : filesAt(cell('Mask'), 'Mask', path);
    return {
      line: table.lines[i],
      image: cell('Image'),
      mask: cell('Mask'),
      imageFiles: filesAt(cell('Image'), 'Image', path),
      maskFiles,
      ...(typeof label === 'number' ? { label } : {}),
      ...(typeof label === 'object' ? { labelUnreadable: true } : {}),
      ...(typeof channel === 'number' ? { labelChannel: channel } : {}),
      kept: kept.map(cell),
    };
  });
  const leading = table.columns.filter((name) => known.includes(name) || kept.includes(name));
  return { leading: leading.map((name) => ({ name, kind: kindOf(name, table.rows.map((cells) => cells[at(name)])) })), kept, rows };
}

/** An image and its mask as a table of one row; their folders are not named in the output. */
export function oneRow(image: string, mask: string): BatchTable {
  const column = (name: string): Column => ({ name, kind: 'text' });
  return { leading: [column('Image'), column('Mask')], kept: [], rows: [{ line: 1, image: basename(image), mask: basename(mask), imageFiles: resolveInput(image), maskFiles: resolveInput(mask), kept: [] }] };
}

/** @throws `column-unknown` with the nearest name */
function requireColumn(name: string, columns: readonly string[], file: string): void {
  if (columns.includes(name)) return;
  const near = nearestName(name, columns);
  throw new RadloomError({ code: 'column-unknown', what: `The table has no column ${name}.`, where: { file, field: name }, fix: near === undefined ? `Its columns are ${columns.join(', ')}.` : `Did you mean ${near}?` });
}

function kindOf(name: string, cells: readonly Cell[]): Column['kind'] {
  if (name === 'Label' || name === 'Label_channel') return 'number';
  return cells.some((cell) => typeof cell === 'number') && cells.every((cell) => cell === null || typeof cell === 'number') ? 'number' : 'text';
}

function wholeNumber(cell: Cell, name: string, least: number): number | Failure | undefined {
  if (cell === null) return undefined;
  const value = Number(cell);
  if (Number.isInteger(value) && value >= least) return value;
  return { code: 'label-unreadable', message: `${name} is "${cell}", and a whole number of at least ${least} is needed.`, fix: `Correct the cell in the column ${name}, or leave it empty.` };
}

function filesAt(cell: Cell, name: string, table: string): ResolvedFiles | { readonly failure: Failure } {
  if (cell === null) return { failure: { code: 'input-missing', message: `The row has no ${name}.`, fix: `Fill in the column ${name}.` } };
  const path = String(cell);
  return resolveInput(isAbsolute(path) ? path : join(dirname(table), path));
}
