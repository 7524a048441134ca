import { type Column, type Failure, makeTable, nearestName, RadloomError, type RowSource, type Table } from '@radloom/core';
import Papa from 'papaparse';
import type { Study } from './schema.js';

/** One row of the cohort table: the cell of every column. */
export interface CohortRow {
  readonly id: string;
  /** Line in the file. */
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

export interface Cohort {
  readonly columns: readonly string[];
  readonly rows: readonly CohortRow[];
}

/** Reads a table of text cells: CSV with a header line, comma, semicolon or tab. @throws `table-empty`, `table-unreadable`, `case-duplicate`, `column-unknown` */
export function readCohort(text: string, file: string, idColumn: string): Cohort {
  const { data, meta, errors } = Papa.parse<Record<string, string>>(text.replace(/^\uFEFF/, ''), { header: true, skipEmptyLines: 'greedy', transformHeader: (name) => name.trim() });
  const columns = meta.fields ?? [];
  const problem = errors.find((error) => error.type !== 'Delimiter');
  if (problem !== undefined) {
    throw new RadloomError({ code: 'table-unreadable', what: `${problem.message}.`, where: { file, line: (problem.row ?? 0) + 2 }, fix: 'Each row needs as many cells as the header.' });
  }
  if (data.length === 0) throw new RadloomError({ code: 'table-empty', what: 'The table has no rows.', where: { file } });
  requireColumn(columns, idColumn, file);
  const seen = new Map<string, number>();
  const rows = data.map((cells, i) => {
    const line = i + 2;
    const id = cells[idColumn].trim();
    if (id === '') throw new RadloomError({ code: 'case-unnamed', what: `The row has no ${idColumn}.`, where: { file, line, field: idColumn } });
    const earlier = seen.get(id);
    if (earlier !== undefined) {
      throw new RadloomError({ code: 'case-duplicate', what: `Case ${id} stands twice: on line ${earlier} and on line ${line}.`, where: { file, line, field: idColumn }, fix: 'Give each case an id of its own; name the patient in another column (cohort: patient).' });
    }
    seen.set(id, line);
    return { id, line, cells: Object.fromEntries(Object.entries(cells).map(([name, cell]) => [name, cell.trim()])) };
  });
  return { columns, rows };
}

/** @throws `column-unknown` with the nearest name */
export function requireColumn(columns: readonly string[], name: string, file: string): void {
  if (columns.includes(name)) return;
  const near = nearestName(name, columns);
  throw new RadloomError({ code: 'column-unknown', what: `The table has no column ${name}.`, where: { file, field: name }, fix: near === undefined ? `Its columns are ${columns.join(', ')}.` : `Did you mean ${near}?` });
}

const missing = new Set(['', 'NA', 'NaN', 'nan', 'N/A', 'null', '.']);

/**
 * The clinical part of the cohort: outcome and named predictors, one row a case. Columns that nobody named are not read further: names and
 * birth dates stay where they are.
 *
 * @throws `cell-unreadable` when a column of numbers holds text somewhere, `outcome-one-class` when only one outcome occurs
 */
export function clinicalTable(cohort: Cohort, study: Study, file: string): Table {
  const { outcome, clinical, patient } = study.cohort;
  for (const name of [outcome.column, ...clinical, ...(patient === undefined ? [] : [patient])]) requireColumn(cohort.columns, name, file);
  const names = [outcome.column, ...clinical.filter((name) => name !== outcome.column)];
  const columns = names.map((name) => columnOf(cohort, name, file));
  const found = new Set(cohort.rows.map((row) => row.cells[outcome.column]).filter((cell) => !missing.has(cell)));
  const event = String(outcome.event);
  if (!found.has(event) || found.size < 2) {
    throw new RadloomError({
      code: 'outcome-one-class',
      what: found.has(event) ? `Every case has the outcome ${outcome.column} = ${event}.` : `No case has the outcome ${outcome.column} = ${event}; found: ${[...found].sort().slice(0, 6).join(', ')}.`,
      where: { file, field: outcome.column },
      fix: 'A model needs cases with and without the event: check cohort: outcome: event.',
    });
  }
  const rows = cohort.rows.map((row): RowSource => (patient === undefined ? { id: row.id } : { id: row.id, patient: row.cells[patient] }));
  return makeTable({ rows, columns, outcome: { column: outcome.column, event } });
}

/**
 * One column of the cohort, by which rows are divided: a centre, a cohort. It is no predictor, so it stands apart from the clinical table.
 *
 * @throws `column-unknown`
 */
export function groupTable(cohort: Cohort, name: string, file: string): Table {
  requireColumn(cohort.columns, name, file);
  return makeTable({ rows: cohort.rows.map(({ id }) => ({ id })), columns: [columnOf(cohort, name, file)] });
}

/** A column of numbers where every cell is one, of categories where none is. */
function columnOf(cohort: Cohort, name: string, file: string): Column {
  const cells = cohort.rows.map((row) => row.cells[name]);
  const present = cells.filter((cell) => !missing.has(cell));
  const numeric = present.filter((cell) => Number.isFinite(Number(cell)));
  if (numeric.length === present.length) return { kind: 'numeric', name, values: Float64Array.from(cells, (cell) => (missing.has(cell) ? NaN : Number(cell))) };
  if (numeric.length > present.length / 2) {
    const row = cohort.rows.find(({ cells: own }) => !missing.has(own[name]) && !Number.isFinite(Number(own[name])))!;
    throw new RadloomError({ code: 'cell-unreadable', what: `Case ${row.id} has "${row.cells[name]}" in ${name}, where the others have numbers.`, where: { file, line: row.line, field: name }, fix: 'Correct the cell, or leave it empty.' });
  }
  const levels = [...new Set(present)].sort();
  return { kind: 'categorical', name, levels, codes: Int32Array.from(cells, (cell) => levels.indexOf(cell)) };
}

/** The exclusion log as reasons and counts: columns reason and count, or one row an excluded candidate. */
export function readExclusions(text: string, file: string): { readonly reason: string; readonly count: number }[] {
  const { data, meta } = Papa.parse<Record<string, string>>(text.replace(/^\uFEFF/, ''), { header: true, skipEmptyLines: 'greedy' });
  requireColumn(meta.fields ?? [], 'reason', file);
  const counts = new Map<string, number>();
  for (const row of data) {
    const reason = row.reason.trim();
    if (reason !== '') counts.set(reason, (counts.get(reason) ?? 0) + (row.count === undefined ? 1 : Number(row.count)));
  }
  return [...counts].map(([reason, count]) => ({ reason, count }));
}

export function missingCell(row: CohortRow, column: string): Failure | undefined {
  return missing.has(row.cells[column] ?? '') ? { code: 'input-missing', message: `The row has no ${column}.`, fix: `Fill in the column ${column} of the cohort table.` } : undefined;
}
