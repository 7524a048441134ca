import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { RadloomError, useNativeDigest } from '@radloom/core';
import { type Extraction, extractionParams, extractWith } from '@radloom/standard';
import type { PyRadiomicsParams } from '@radloom/study';
import { readText, type ResolvedFiles, resolveInput } from '../host.js';

/** Where an extraction's image and segmentation lie. */
export interface ExtractionFiles {
  readonly image: ResolvedFiles;
  readonly segmentation: ResolvedFiles;
}

export interface ExtractCommandOptions {
  readonly params?: string;
  readonly label?: number;
  readonly format: 'csv' | 'json';
  readonly output?: string;
  readonly cache?: string;
}

/** Extracts the features of one region and prints them. */
export async function extractOne(image: string, mask: string, options: ExtractCommandOptions): Promise<void> {
  useNativeDigest((bytes) => createHash('sha256').update(bytes).digest('hex'), (bytes) => createHash('sha1').update(bytes).digest('hex'));
  const params = extractionParams(options.params === undefined ? undefined : readText(options.params), options.label, options.params);
  const files = { image: inputAt(image), segmentation: inputAt(mask) };
  const result = options.cache === undefined ? await now(params, files) : await (await import('./cached-extraction.js')).cachedExtraction(params, files, options.cache);
  for (const warning of result.warnings) process.stderr.write(`radloom: ${warning.step}: ${warning.text}\n`);
  const text = options.format === 'json' ? asJson(basename(image), result) : asCsv(basename(image), basename(mask), result);
  if (options.output === undefined) process.stdout.write(text);
  else writeFileSync(options.output, text);
}

/** Straight through, in this thread: nothing is kept. */
async function now(params: PyRadiomicsParams, files: ExtractionFiles): Promise<Extraction> {
  const read = ({ files: refs }: ResolvedFiles) => refs.map(({ name, locator }) => ({ name, bytes: readFileSync(locator) }));
  return extractWith(params, { image: read(files.image), mask: read(files.segmentation), imageReader: files.image.reader, segmentationReader: files.segmentation.reader });
}

function inputAt(path: string): ResolvedFiles {
  const found = resolveInput(path);
  if ('failure' in found) throw new RadloomError({ code: found.failure.code, what: found.failure.message, where: { file: path }, fix: 'Check the spelling, and that the path is right as seen from this folder.' });
  return found;
}

function asJson(name: string, { features, diagnostics }: Extraction): string {
  const reasons = features.filter((feature) => feature.reason !== undefined).map((feature) => [feature.name, feature.reason]);
  return `${JSON.stringify({ case: name, features: Object.fromEntries(features.map((feature) => [feature.name, Number.isFinite(feature.value) ? feature.value : null])), reasons: Object.fromEntries(reasons), diagnostics }, null, 2)}\n`;
}

/** One header line and one row, in PyRadiomics' column order. */
function asCsv(image: string, mask: string, { features, diagnostics }: Extraction): string {
  const columns: [string, unknown][] = [['Image', image], ['Mask', mask], ...Object.entries(diagnostics), ...features.map((feature): [string, unknown] => [feature.name, Number.isNaN(feature.value) ? '' : feature.value])];
  return `${columns.map(([name]) => cell(name)).join(',')}\n${columns.map(([, value]) => cell(value)).join(',')}\n`;
}

function cell(value: unknown): string {
  const text = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : Array.isArray(value) ? `(${value.join(', ')})` : JSON.stringify(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
