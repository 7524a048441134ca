import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Column, column, type Document, isRadloomError, type Metrics, type Plain, type PortValue, type Predictions, type Table } from '@radloom/core';
import type { RunResult } from '@radloom/engine';
import { MadeFiles } from './made-files.js';
import { openPictures, type Pictures } from './pictures.js';
import { tableBytes } from './tables/write.js';

export interface Written {
  readonly report: string | undefined;
  readonly files: readonly string[];
  readonly figures: number;
  readonly tables: number;
  /** What became of the pictures of the figures. */
  readonly pictures: Pictures | undefined;
}

interface FigureData {
  readonly name: string;
  readonly svg: string;
}

interface TableData {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/**
 * Writes the report, its figures (SVG, PNG) and tables (CSV, XLSX), the feature table and all predictions. What could not be computed is not
 * written; figures and tables that are there already are not made again.
 */
export async function writeOutputs(folder: string, result: RunResult): Promise<Written> {
  await mkdir(folder, { recursive: true });
  const files: string[] = [];
  const write = async (name: string, content: string | Uint8Array): Promise<string> => {
    const path = join(folder, name);
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(path, content);
    files.push(path);
    return path;
  };
  let report: string | undefined;
  const document = await optionalOutput(result, 'report', 'report');
  if (document !== undefined) report = await write((document as Document).name, (document as Document).bytes);
  const figures = listOf<FigureData>(await optionalOutput(result, 'report', 'figures'));
  const tables = listOf<TableData>(await optionalOutput(result, 'report', 'tables'));
  const made = new MadeFiles(folder);
  const pictures = await writeFiguresAndTables(made, figures, tables);
  // The largest file of a large cohort: known by the digest of the table, which is read only when the file has to be written.
  const stored = result.cohort.find(({ step }) => step.step.id === 'table')?.outputs.table;
  if (stored !== undefined) {
    await made.make('features.csv', stored.digest, async () => tableRows((await result.output('table', 'table')) as Table));
    files.push(join(folder, 'features.csv'));
  }
  made.close();
  const predictions = await allPredictions(result);
  if (predictions.length > 0) await write('predictions.csv', predictionsCsv(predictions));
  const metrics = await optionalOutput(result, 'discrimination', 'metrics');
  if (metrics !== undefined) await write('metrics.csv', metricsCsv(metrics as Metrics));
  await write('cases.csv', casesCsv(result));
  return { report, files, figures: figures.length, tables: tables.length, pictures };
}

async function writeFiguresAndTables(made: MadeFiles, figures: readonly FigureData[], tables: readonly TableData[]): Promise<Pictures | undefined> {
  const pictures = await openPictures();
  for (const { name, svg } of figures) {
    await made.make(`figures/${name}.svg`, svg, () => svg);
    if (pictures !== undefined) await made.make(`figures/${name}.png`, `${pictures.version}\n${svg}`, () => pictures.png(svg));
  }
  for (const { name, columns, rows } of tables) {
    const text = csv([columns, ...rows]);
    await made.make(`tables/${name}.csv`, text, () => text);
    const typed = columns.map((column, i) => ({ name: column, kind: rows.every((row) => typeof row[i] !== 'string') ? ('number' as const) : ('text' as const) }));
    await made.make(`tables/${name}.xlsx`, `xlsx\n${text}`, () => tableBytes({ columns: typed, rows }, 'xlsx'));
  }
  return pictures;
}

/** The value of an output; undefined where it could not be computed. */
export async function optionalOutput(result: RunResult, step: string, output: string, at?: Readonly<Record<string, string>>): Promise<PortValue | undefined> {
  try {
    return await result.output(step, output, at);
  } catch (error) {
    if (isRadloomError(error) && error.code === 'no-output') return undefined;
    throw error;
  }
}

function listOf<T>(value: PortValue | undefined): readonly T[] {
  return value === undefined ? [] : ((value as Plain).value as readonly T[]);
}

/** The predictions that the report is given, each fold's: not those of candidates, of controls, or of rows made up to explain a model. */
async function allPredictions(result: RunResult): Promise<{ fold: string; value: Predictions }[]> {
  const given = [result.cohort.find(({ step }) => step.step.id === 'report')?.step.step.inputs.predictions ?? []].flat();
  const reported = new Map(given.map((ref) => [ref.step, ref.output]));
  const found: { fold: string; value: Predictions }[] = [];
  for (const node of result.cohort) {
    const { step, at } = node;
    const output = reported.get(step.step.id);
    if (output === undefined || node.outputs[output] === undefined) continue;
    found.push({ fold: at.fold ?? '', value: (await result.output(step.step.id, output, at)) as Predictions });
  }
  return found;
}

/** Numbers as JavaScript prints them: the shortest text that reads back to the same bits. */
function csv(rows: readonly (readonly unknown[])[]): string {
  return rows.map(csvLine).join('');
}

function csvLine(row: readonly unknown[]): string {
  return `${row.map((value) => cell(value)).join(',')}\n`;
}

function cell(value: unknown): string {
  const text = value === undefined || value === null || (typeof value === 'number' && Number.isNaN(value)) ? '' : String(value as string | number);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Row by row: all rows of ten thousand cases are more than one text should hold. */
function* tableRows(table: Table): Iterable<string> {
  const columns = table.columns.map((entry) => column(table, entry.name));
  const value = (found: Column, row: number): unknown => (found.kind === 'numeric' ? found.values[row] : (found.levels[found.codes[row]] ?? ''));
  yield csvLine(['case', ...columns.map(({ name }) => name)]);
  for (const [i, { id }] of table.rows.entries()) yield csvLine([id, ...columns.map((found) => value(found, i))]);
}

function predictionsCsv(all: readonly { fold: string; value: Predictions }[]): string {
  const rows = all.flatMap(({ fold, value }) => value.rows.map((id, i) => [value.model, value.role, fold, id, value.outcome[i], value.probability[i], value.thresholds?.[i] ?? value.threshold]));
  return csv([['model', 'role', 'fold', 'case', 'outcome', 'probability', 'threshold'], ...rows]);
}

function metricsCsv(metrics: Metrics): string {
  const rows = metrics.entries.flatMap((entry) => entry.metrics.map((metric) => [entry.model, entry.role, entry.rows, entry.events, metric.name, metric.value, metric.lower, metric.upper, metric.interval, metric.reason?.text]));
  return csv([['model', 'role', 'rows', 'events', 'metric', 'value', 'lower', 'upper', 'interval', 'reason'], ...rows]);
}

/** Messages of several lines in one cell: spreadsheets and line counts stay whole. */
function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, '; ');
}

/** One row a case, whatever happened: ok, or the step that failed first, why, and the way out. */
function casesCsv(result: RunResult): string {
  const rows = result.plan.cases.map(({ inputs: { id } }) => {
    const [failure] = result.failedCases.get(id)?.values() ?? [];
    return failure === undefined ? [id, 'ok', '', '', '', ''] : [id, 'failed', failure.step, failure.code, oneLine(failure.message), oneLine(failure.fix ?? '')];
  });
  return csv([['case', 'status', 'step', 'code', 'reason', 'fix'], ...rows]);
}

