import type { RadloomError } from '@radloom/core';
import type { Extraction, FeatureColumn } from '@radloom/standard';
import type { PyRadiomicsParams } from '@radloom/study';
import type { Cell, Column, Format } from '../tables/table.js';
import type { BatchCase } from './batch-cases.js';
import { added, type BatchTable } from './batch-rows.js';
import { put, reasonsFile, writeFeatures } from './extract-output.js';
import { jsonOf, measuredCells, measuredColumns, reasonColumns, reasonRows } from './extract-table.js';

/** Collects a batch's rows in the order of its table and writes them in one of the formats. */
export class BatchOutput {
  failed = 0;
  #done = 0;
  readonly #leading: readonly Column[];
  readonly #measured: readonly Column[];
  /** The same features without a value, so that every case of a JSON file has the same names. */
  readonly #noFeatures: Readonly<Record<string, null>>;
  readonly #rows: (readonly Cell[])[] = [];
  readonly #reasons: (readonly Cell[])[] = [];
  /** One case a line. */
  readonly #json: string[] = [];

  constructor(
    private readonly batch: BatchTable,
    private readonly params: PyRadiomicsParams,
    features: readonly FeatureColumn[],
    private readonly format: Format,
  ) {
    const own = batch.leading.map(({ name }) => name);
    this.#leading = [...batch.leading, ...added.filter((name) => !own.includes(name)).map((name): Column => ({ name, kind: name === 'Label' ? 'number' : 'text' }))];
    this.#measured = measuredColumns(params, features);
    this.#noFeatures = Object.fromEntries(features.map(({ name }) => [name, null]));
  }

  add(entry: BatchCase, extraction: Extraction): void {
    this.#done++;
    this.#reasons.push(...reasonRows(extraction, { image: entry.row.image, mask: entry.row.mask, label: entry.label }));
    this.#put(entry, { status: 'ok', reason: null, fix: null }, extraction);
  }

  addFailed(entry: BatchCase, error: RadloomError): void {
    this.failed++;
    this.#put(entry, { status: 'failed', reason: oneLine(error.what), fix: error.fix === undefined ? null : oneLine(error.fix) }, undefined);
  }

  #put(entry: BatchCase, outcome: Readonly<Record<string, Cell>>, extraction: Extraction | undefined): void {
    const { row, label, roi } = entry;
    const cells: Record<string, Cell> = {
      ...Object.fromEntries(this.batch.kept.map((name, i) => [name, row.kept[i]])),
      Image: row.image, Mask: row.mask, Label: row.labelUnreadable === true ? null : label, Label_channel: row.labelChannel ?? null, ROI: roi, ...outcome,
    };
    const leading = this.#leading.map(({ name }) => cells[name]);
    if (this.format === 'json') {
      const said = Object.fromEntries(this.#leading.map(({ name }, i) => [name, leading[i]]));
      this.#json.push(JSON.stringify({ case: row.image, ...said, ...(extraction === undefined ? { features: this.#noFeatures, reasons: {}, diagnostics: {} } : jsonOf(extraction)) }));
    } else this.#rows.push([...leading, ...(extraction === undefined ? this.#measured.map(() => null) : measuredCells(this.params, extraction))]);
  }

  async write(output: string | undefined): Promise<void> {
    if (this.format === 'json') put(`[\n${this.#json.join(',\n')}\n]\n`, output);
    else await writeFeatures({ columns: [...this.#leading, ...this.#measured], rows: this.#rows }, { columns: reasonColumns, rows: this.#reasons }, this.format, output);
  }

  /** What a person reads at the end. */
  summary(output: string | undefined): string {
    const lines = [`${this.#done} of ${this.#done + this.failed} regions extracted${this.failed === 0 ? '' : `, ${this.failed} failed: see the column reason`}`];
    if (this.#reasons.length > 0) lines.push(`${this.#reasons.length} values are not defined${output === undefined || this.format === 'json' ? '' : `: ${reasonsFile(output)} says why`}`);
    if (output !== undefined) lines.push(`written to ${output}`);
    return lines.join('\n');
  }
}

/** Messages of several lines in one cell: spreadsheets and line counts stay whole. */
function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, '; ');
}
