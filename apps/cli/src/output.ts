import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { column, type Document, isRadloomError, type Metrics, type Plain, type PortValue, type Predictions, type Table } from '@radloom/core';
import type { RunResult } from '@radloom/engine';

export interface Written {
  readonly report: string | undefined;
  readonly files: readonly string[];
}

/** Writes the report, its figures and tables, the feature table and all predictions. What could not be computed is not written. */
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
  const document = await optional(result, 'report', 'report');
  if (document !== undefined) report = await write((document as Document).name, (document as Document).bytes);
  for (const figure of listOf<{ name: string; svg: string }>(await optional(result, 'report', 'figures'))) await write(`figures/${figure.name}.svg`, figure.svg);
  for (const table of listOf<{ name: string; columns: readonly string[]; rows: readonly (readonly unknown[])[] }>(await optional(result, 'report', 'tables'))) {
    await write(`tables/${table.name}.csv`, csv([table.columns, ...table.rows]));
  }
  const table = await optional(result, 'table', 'table');
  if (table !== undefined) await write('features.csv', tableCsv(table as Table));
  const predictions = await allPredictions(result);
  if (predictions.length > 0) await write('predictions.csv', predictionsCsv(predictions));
  const metrics = await optional(result, 'discrimination', 'metrics');
  if (metrics !== undefined) await write('metrics.csv', metricsCsv(metrics as Metrics));
  await write('cases.csv', casesCsv(result));
  return { report, files };
}

async function optional(result: RunResult, step: string, output: string): Promise<PortValue | undefined> {
  try {
    return await result.output(step, output);
  } catch (error) {
    if (isRadloomError(error) && error.code === 'no-output') return undefined;
    throw error;
  }
}

function listOf<T>(value: PortValue | undefined): readonly T[] {
  return value === undefined ? [] : ((value as Plain).value as readonly T[]);
}

async function allPredictions(result: RunResult): Promise<{ fold: string; value: Predictions }[]> {
  const found: { fold: string; value: Predictions }[] = [];
  for (const node of result.cohort) {
    const { step, at } = node;
    if (node.outputs.predictions === undefined || step.step.operation === 'cross-fit') continue;
    found.push({ fold: at.fold ?? '', value: (await result.output(step.step.id, 'predictions', at)) as Predictions });
  }
  return found;
}

/** Numbers as JavaScript prints them: the shortest text that reads back to the same bits. */
function csv(rows: readonly (readonly unknown[])[]): string {
  return rows.map((row) => `${row.map((value) => cell(value)).join(',')}\n`).join('');
}

function cell(value: unknown): string {
  const text = value === undefined || value === null || (typeof value === 'number' && Number.isNaN(value)) ? '' : String(value as string | number);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function tableCsv(table: Table): string {
  const values = table.columns.map((entry) => {
    const found = column(table, entry.name);
    return found.kind === 'numeric' ? Array.from(found.values) : Array.from(found.codes, (code) => (code < 0 ? '' : found.levels[code]));
  });
  return csv([['case', ...table.columns.map((entry) => entry.name)], ...table.rows.map((row, i) => [row.id, ...values.map((list) => list[i])])]);
}

function predictionsCsv(all: readonly { fold: string; value: Predictions }[]): string {
  const rows = all.flatMap(({ fold, value }) => value.rows.map((id, i) => [value.model, value.role, fold, id, value.outcome[i], value.probability[i], value.threshold]));
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

