import { readFileSync, statSync } from 'node:fs';
import { type Files, parseParams, type Volume } from '@radloom/core';
import { standardPlugin } from '@radloom/standard';
import { resolveInput } from './commands/extract-inputs.js';

/** Segmentations beyond this are not read to see what they hold. */
const mostBytes = 100e6;

/**
 * The label that stands for the region in all of some segmentations: 1 where all have it, else the smallest that all have.
 * Undefined where none can be read or they have none in common: the study's own default then holds.
 */
export async function commonLabel(paths: readonly string[]): Promise<{ readonly label: number; readonly seen: readonly number[] } | undefined> {
  const found: number[][] = [];
  for (const path of paths) {
    const labels = await labelsIn(path);
    if (labels !== undefined) found.push(labels);
  }
  const common = found.length === 0 ? [] : found[0].filter((label) => found.every((others) => others.includes(label)));
  if (common.length === 0) return undefined;
  return { label: common.includes(1) ? 1 : common[0], seen: [...new Set(found.flat())].sort((a, b) => a - b) };
}

async function labelsIn(path: string): Promise<number[] | undefined> {
  const input = resolveInput(path);
  if ('failure' in input || input.files.reduce((sum, { locator }) => sum + statSync(locator).size, 0) > mostBytes) return undefined;
  try {
    const plugin = await standardPlugin(input.reader);
    const read = await plugin.operations.read.load();
    const files: Files = { type: 'files', files: input.files.map(({ name, locator }) => ({ name, bytes: readFileSync(locator) })) };
    const { volume } = await read({ files }, parseParams(plugin.params, {}), { seed: [1, 2, 3, 4], at: {}, signal: new AbortController().signal, progress: () => {}, warn: () => {} });
    const labels = new Set<number>();
    for (const value of (volume as Volume).data) if (value !== 0) labels.add(value);
    return [...labels].sort((a, b) => a - b);
  } catch {
    // A run names what is wrong with the file; here it only says nothing about labels.
    return undefined;
  }
}
