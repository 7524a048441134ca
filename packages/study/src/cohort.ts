import { type Failure, makeTable, nearestName, RadloomError, type RowSource, type Table } from '@radloom/core';
import { missingWords, numberOf, plainCell } from './cells.js';
import { nameAndSettings, type Study } from './schema.js';
import { checkedTable, csvTable, type TextTable } from './text-table.js';
import { readVariable, type ReadVariable, type Variable } from './variables.js';

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

/**
 * The cohort from a table of text cells, or from CSV text with a header line.
 *
 * @throws `table-empty`, `table-unreadable`, `column-duplicate`, `column-unnamed`, `column-unknown`, `case-unnamed`, `case-duplicate`
 */
export function readCohort(given: string | TextTable, file: string, idColumn: string): Cohort {
  const { columns, rows: cells, lines } = typeof given === 'string' ? csvTable(given, file) : checkedTable(given, file);
  if (cells.length === 0) throw new RadloomError({ code: 'table-empty', what: 'The table has no rows.', where: { file } });
  requireColumn(columns, idColumn, file);
  const idAt = columns.indexOf(idColumn);
  const seen = new Map<string, number>();
  const rows = cells.map((row, i) => {
    const line = lines[i];
    const id = row[idAt].trim();
    if (id === '') throw new RadloomError({ code: 'case-unnamed', what: `The row has no ${idColumn}.`, where: { file, line, field: idColumn } });
    const earlier = seen.get(id);
    if (earlier !== undefined) {
      throw new RadloomError({ code: 'case-duplicate', what: `Case ${id} stands twice: on line ${earlier} and on line ${line}.`, where: { file, line, field: idColumn }, fix: 'Give each case an id of its own; name the patient in another column (cohort: patient).' });
    }
    seen.set(id, line);
    return { id, line, cells: Object.fromEntries(columns.map((name, c) => [name, row[c].trim()])) };
  });
  return { columns, rows };
}

/** @throws `column-unknown` with the nearest name */
export function requireColumn(columns: readonly string[], name: string, file: string): void {
  if (columns.includes(name)) return;
  const near = nearestName(name, columns);
  throw new RadloomError({ code: 'column-unknown', what: `The table has no column ${name}.`, where: { file, field: name }, fix: near === undefined ? `Its columns are ${columns.join(', ')}.` : `Did you mean ${near}?` });
}

/** Columns that the study reads values of: outcome, clinical ones, and those that only the baseline table describes. */
function namedColumns({ cohort, evaluation }: Study): string[] {
  const described = evaluation.map(nameAndSettings).flatMap(({ name, settings }) => (name === 'baseline-table' && Array.isArray(settings.columns) ? (settings.columns as string[]) : []));
  return [...new Set([cohort.outcome.column, ...cohort.clinical, ...described])];
}

/** A column by its declared type, or by the one that its cells suggest. */
function read(cohort: Cohort, study: Study, name: string, file: string): ReadVariable {
  requireColumn(cohort.columns, name, file);
  const cells = cohort.rows.map((row) => ({ text: row.cells[name], id: row.id, line: row.line }));
  return readVariable({ name, cells, file }, study.cohort.types[name], study.cohort.missing);
}

export interface ClinicalPart {
  readonly table: Table;
  /** How the columns were understood, outcome first: for `radloom plan` and the report. */
  readonly variables: readonly Variable[];
}

/**
 * The clinical part of the cohort: outcome and named predictors, one row a case. Columns that nobody named are not read further: names and
 * birth dates stay where they are.
 *
 * @throws `cell-unreadable` and `column-empty`, naming case, line and column; `outcome-one-class` when only one outcome occurs, `outcome-levels`
 *         when more than two do; `patient-missing`, `patient-spellings`; `identifier-column` for the id or the patient among the predictors
 */
export function clinicalPart(cohort: Cohort, study: Study, file: string): ClinicalPart {
  const { outcome, patient, types } = study.cohort;
  for (const name of [...Object.keys(types), ...(patient === undefined ? [] : [patient])]) requireColumn(cohort.columns, name, file);
  for (const name of study.cohort.clinical) if (name === patient || name === study.cohort.id) throw identifies(name, file);
  const found = namedColumns(study).map((name) => read(cohort, study, name, file));
  const event = eventOf(found[0], study, file);
  const rows = cohort.rows.map(({ id, line, cells }): RowSource => {
    if (patient === undefined) return { id };
    if (cells[patient] === '') throw new RadloomError({ code: 'patient-missing', what: `Case ${id} has no ${patient}: whose it is decides which rows stay together.`, where: { file, line, field: patient }, fix: 'Fill in the patient, with the id of the case where there is one case only.' });
    return { id, patient: cells[patient] };
  });
  if (patient !== undefined) refuseTwoSpellings(rows, patient, file);
  const table = makeTable({ rows, columns: found.map(({ column }) => column), outcome: { column: outcome.column, event } });
  return { table, variables: found.map(({ variable }) => variable) };
}

function identifies(name: string, file: string): RadloomError {
  return new RadloomError({ code: 'identifier-column', what: `${name} says which case or patient a row is; models could learn from it how the table was put together, and nothing of other patients.`, where: { file, field: name }, fix: 'Leave it out of cohort: clinical.' });
}

/** A name as it is told from others: without regard to case, width of letters, spaces, and zeros before a number. */
const spelling = (patient: string): string => patient.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, '').replaceAll(/\d+/g, (digits) => String(BigInt(digits)));

/** @throws `patient-spellings` for a patient who is written in two ways: the rows would part, and stand on both sides of a split */
function refuseTwoSpellings(rows: readonly RowSource[], column: string, file: string): void {
  const known = new Map<string, string>();
  for (const { id, patient = id } of rows) {
    const other = known.get(spelling(patient));
    if (other !== undefined && other !== patient) throw new RadloomError({ code: 'patient-spellings', what: `The patients ${other} and ${patient} differ in spelling alone: the cases of one patient would be divided as those of two.`, where: { file, case: id, field: column }, fix: 'Write a patient in one way; give two patients names that differ by more.' });
    known.set(spelling(patient), patient);
  }
}

/** The event as the outcome column holds it. Two values are needed: a third would be counted as no event unseen. */
function eventOf({ column, canonical }: ReadVariable, study: Study, file: string): string {
  const { column: name, event } = study.cohort.outcome;
  const values = column.kind === 'numeric' ? [...new Set(column.values)].filter((value) => !Number.isNaN(value)).sort((a, b) => a - b).map(String) : column.levels;
  const known = canonical(String(event));
  const where = { file, field: name };
  if (known === undefined || !values.includes(known)) {
    throw new RadloomError({ code: 'outcome-one-class', what: `No case has the outcome ${name} = ${event}; found: ${values.slice(0, 6).join(', ')}.`, where, fix: 'A model needs cases with and without the event: check cohort: outcome: event.' });
  }
  if (values.length < 2) throw new RadloomError({ code: 'outcome-one-class', what: `Every case has the outcome ${name} = ${event}.`, where, fix: 'A model needs cases with and without the event: check cohort: outcome: event.' });
  if (values.length === 2) return known;
  throw new RadloomError({
    code: 'outcome-levels',
    what: `The outcome ${name} has ${values.length} values (${values.slice(0, 6).join(', ')}${values.length > 6 ? ' …' : ''}) where two are needed.`,
    where,
    fix: 'Make a column of two values from it, or leave the cases of the others empty.',
    data: { values: values.slice(0, 100) },
  });
}

/**
 * One column of the cohort, by which rows are divided: a centre, a scanner. It is no predictor, so it stands apart from the clinical table.
 * Numbers stay numbers, everything else is text as written.
 *
 * @throws `column-unknown`, `column-empty`
 */
export function groupTable(cohort: Cohort, study: Study, name: string, file: string): Table {
  requireColumn(cohort.columns, name, file);
  const cells = cohort.rows.map((row) => ({ text: row.cells[name], id: row.id, line: row.line }));
  const numeric = cells.every(({ text }) => missingWords.has(plainCell(text).toLowerCase()) || numberOf(plainCell(text)) !== undefined);
  const { column } = readVariable({ name, cells, file }, study.cohort.types[name] ?? (numeric ? 'number' : 'category'), study.cohort.missing);
  return makeTable({ rows: cohort.rows.map(({ id }) => ({ id })), columns: [column] });
}

/** The exclusion log as reasons and counts: columns reason and count, or one row an excluded candidate. @throws `cell-unreadable` for a count that is no number */
export function readExclusions(given: string | TextTable, file: string): { readonly reason: string; readonly count: number }[] {
  const { columns, rows, lines } = typeof given === 'string' ? csvTable(given, file) : checkedTable(given, file);
  requireColumn(columns, 'reason', file);
  const [reasonAt, countAt] = [columns.indexOf('reason'), columns.indexOf('count')];
  const counts = new Map<string, number>();
  rows.forEach((row, i) => {
    const reason = row[reasonAt].trim();
    if (reason === '') return;
    const count = countAt < 0 ? 1 : numberOf(plainCell(row[countAt]));
    if (count === undefined) throw new RadloomError({ code: 'cell-unreadable', what: `The count of "${reason}" is "${row[countAt]}", which is no number.`, where: { file, line: lines[i], field: 'count' } });
    counts.set(reason, (counts.get(reason) ?? 0) + count);
  });
  return [...counts].map(([reason, count]) => ({ reason, count }));
}

export function missingCell(row: CohortRow, column: string): Failure | undefined {
  return missingWords.has((row.cells[column] ?? '').toLowerCase()) ? { code: 'input-missing', message: `The row has no ${column}.`, fix: `Fill in the column ${column} of the cohort table.` } : undefined;
}
