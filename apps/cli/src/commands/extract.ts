import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { isRadloomError, RadloomError } from '@radloom/core';
import { useNativeCode } from '@radloom/executor-local';
import { type Extraction, extractWith, standardParams } from '@radloom/standard';
import type { PyRadiomicsParams } from '@radloom/study';
import { type Format } from '../tables/table.js';
import { type ResolvedFiles, resolveInput } from './extract-inputs.js';
import { formatOf, prepareOutput, put, writeFeatures } from './extract-output.js';
import { jsonOf, measuredCells, measuredColumns, reasonColumns, reasonRows } from './extract-table.js';

/** Where an extraction's image and segmentation lie. */
export interface ExtractionFiles {
  readonly image: ResolvedFiles;
  readonly segmentation: ResolvedFiles;
}

export interface ExtractCommandOptions {
  readonly params?: string;
  readonly label?: number;
  /** Volume of a four-dimensional image, counted from 0. */
  readonly volume?: number;
  readonly format?: Format;
  readonly output?: string;
  /** The program's own, for the record. */
  readonly version: string;
}

/** How one region is extracted: straight through, or by way of a cache. */
export type Extractor = (params: PyRadiomicsParams, files: ExtractionFiles, options: { readonly volume?: number; readonly version: string }) => Promise<Extraction>;

/** Extracts the features of one region and prints them. */
export async function extractOne(image: string, mask: string, options: ExtractCommandOptions, extractor: Extractor = straightThrough): Promise<void> {
  useNativeCode();
  const { params: file, label, output } = options;
  const params = file === undefined ? standardParams(undefined, label) : (await import('./extract-params.js')).paramsOf(file, label);
  const format = formatOf(options.format, output);
  const files = { image: inputAt(image), segmentation: inputAt(mask) };
  prepareOutput(output);
  const extraction = await extractor(params, files, options).catch((error: unknown) => {
    throw named(error, image, mask);
  });
  for (const { step, text } of extraction.warnings) process.stderr.write(`radloom: ${step}: ${text}\n`);
  if (format === 'json') {
    put(`${JSON.stringify({ case: basename(image), ...jsonOf(extraction) }, null, 2)}\n`, output);
    return;
  }
  const [imageName, maskName] = [basename(image), basename(mask)];
  const columns = [{ name: 'Image', kind: 'text' } as const, { name: 'Mask', kind: 'text' } as const, ...measuredColumns(params, extraction.features)];
  const missing = extraction.features.filter(({ reason }) => reason !== undefined);
  for (const text of new Set(missing.map(({ reason }) => reason!.text))) {
    const these = missing.filter(({ reason }) => reason!.text === text);
    process.stderr.write(`radloom: no value for ${these[0].name}${these.length === 1 ? '' : ` and ${these.length - 1} more`}: ${text}\n`);
  }
  const reasons = reasonRows(extraction, { image: imageName, mask: maskName, label: params.label });
  await writeFeatures({ columns, rows: [[imageName, maskName, ...measuredCells(params, extraction)]] }, { columns: reasonColumns, rows: reasons }, format, output);
}

/** In this thread; nothing is kept. */
const straightThrough: Extractor = async (params, { image, segmentation }, { volume, version }) => {
  const read = ({ files }: ResolvedFiles) => files.map(({ name, locator }) => ({ name, bytes: readFileSync(locator) }));
  return extractWith(params, { image: read(image), mask: read(segmentation), imageReader: image.reader, segmentationReader: segmentation.reader, volume, version });
};

/** Steps that fail on account of the segmentation. */
const ofMask: ReadonlySet<string | undefined> = new Set(['segmentation', 'mask', 'diagnostics']);

/** A failure with the file that it is about, in place of the step; problems of the parameter file say so themselves. */
function named(error: unknown, image: string, mask: string): unknown {
  if (!isRadloomError(error) || error.where.file !== undefined || error.where.step === undefined) return error;
  const { code, what, fix, data, deterministic, cause, where } = error;
  return new RadloomError({ code, what, fix, data, deterministic, cause, where: { ...where, step: undefined, file: ofMask.has(where.step) && code !== 'image-not-finite' ? mask : image } });
}

function inputAt(path: string): ResolvedFiles {
  const found = resolveInput(path);
  if ('failure' in found) throw new RadloomError({ code: found.failure.code, what: found.failure.message, where: { file: path }, fix: found.failure.code === 'file-missing' ? 'Check the spelling, and that the path is right as seen from this folder.' : found.failure.fix });
  return found;
}
