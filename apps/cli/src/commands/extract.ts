import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { RadloomError } from '@radloom/core';
import { extract, type Extraction } from '@radloom/standard';
import { readText, resolveInput } from '../host.js';

export interface ExtractCommandOptions {
  readonly params?: string;
  readonly label?: number;
  readonly format: 'csv' | 'json';
  readonly output?: string;
  readonly cache?: string;
}

/** Extracts the features of one region and prints them. */
export async function extractOne(image: string, mask: string, options: ExtractCommandOptions): Promise<void> {
  const result = await extract({
    image: filesAt(image),
    mask: filesAt(mask),
    ...(options.params === undefined ? {} : { params: readText(options.params) }),
    ...(options.label === undefined ? {} : { label: options.label }),
  });
  for (const warning of result.warnings) process.stderr.write(`radloom: ${warning.step}: ${warning.text}\n`);
  const text = options.format === 'json' ? asJson(basename(image), result) : asCsv(basename(image), basename(mask), result);
  if (options.output === undefined) process.stdout.write(text);
  else writeFileSync(options.output, text);
}

function filesAt(path: string): { name: string; bytes: Uint8Array }[] {
  const found = resolveInput(path);
  if ('failure' in found) throw new RadloomError({ code: found.failure.code, what: found.failure.message, where: { file: path }, fix: 'Check the spelling, and that the path is right as seen from this folder.' });
  return found.files.map(({ name, locator }) => ({ name, bytes: readFileSync(locator) }));
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
