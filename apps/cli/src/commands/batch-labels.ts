import { readFileSync } from 'node:fs';
import { isRadloomError, RadloomError, type Volume } from '@radloom/core';
import { readFiles } from '@radloom/executor-local';
import { standardPlugin } from '@radloom/standard';
import type { ResolvedFiles } from './extract-inputs.js';

/** Which labels of a mask are extracted: each row's own (or the parameters'), all that occur, or these. */
export type LabelChoice = 'own' | 'all' | readonly number[];

/** What a segmentation holds: labels that occur, and the names that its file gives them. */
export interface MaskLabels {
  readonly labels: readonly number[];
  readonly names: ReadonlyMap<number, string>;
}

/** @throws `bad-labels` */
export function readLabelChoice(text: string | undefined): LabelChoice {
  if (text === undefined) return 'own';
  if (text === 'all') return 'all';
  const labels = [...new Set(text.split(',').map((part) => (part.trim() === '' ? NaN : Number(part))))];
  if (labels.every((label) => Number.isInteger(label) && label > 0)) return labels;
  throw new RadloomError({ code: 'bad-labels', what: `--labels ${text} is neither "all" nor a list of whole numbers above 0.`, fix: 'Write --labels all or --labels 1,2,3.' });
}

/** More labels than this are no labels: a segmentation with as many parts does not exist, an image taken for one does. */
const mostLabels = 1000;

const nothing: MaskLabels = { labels: [], names: new Map() };

/**
 * Looks into segmentations for their labels and names, each file once. A file that cannot be read, and one with values that are no labels,
 * holds nothing here: the extraction meets the same and says what is wrong.
 *
 * @param needed `labels`: those that occur; `names`: names only, so files that name nothing are not read
 */
export function maskLabels(needed: 'labels' | 'names'): (files: ResolvedFiles, labelChannel: number | undefined) => Promise<MaskLabels> {
  const found = new Map<string, Promise<MaskLabels>>();
  return (files, labelChannel) => {
    const key = `${labelChannel ?? ''} ${files.files.map(({ locator }) => locator).join('\n')}`;
    if (!found.has(key)) found.set(key, needed === 'labels' || namesSegments(files) ? look(files, labelChannel) : Promise.resolve(nothing));
    return found.get(key)!;
  };
}

/** True when a file's header names segments, as 3D Slicer's do. */
function namesSegments({ reader, files }: ResolvedFiles): boolean {
  if (reader !== 'reader/nrrd') return false;
  try {
    return files.some(({ locator }) => /^Segment\d+_Name:=/m.test(readFileSync(locator).subarray(0, 1 << 16).toString('latin1')));
  } catch {
    return false;
  }
}

async function look({ reader, files }: ResolvedFiles, labelChannel: number | undefined): Promise<MaskLabels> {
  try {
    const plugin = await standardPlugin(reader);
    const read = await plugin.operations.read.load();
    const settings = reader === 'reader/nrrd' && labelChannel !== undefined ? { layer: labelChannel } : {};
    const context = { seed: [0, 0, 0, 0] as const, at: {}, signal: new AbortController().signal, progress: () => {}, warn: () => {} };
    const { volume } = await read({ files: { type: 'files', files: await readFiles(files) } }, plugin.params.parse(settings), context);
    const { segments = [] } = volume as Volume;
    return { labels: occurring(volume as Volume), names: new Map(segments.map(({ label, name }) => [label, name])) };
  } catch (error) {
    if (isRadloomError(error)) return nothing;
    throw error;
  }
}

/** Labels that occur, ascending; none when the values are no labels. */
function occurring({ data }: Volume): number[] {
  const labels = new Set<number>();
  let last = 0;
  for (const value of data) {
    // Most voxels repeat the one before.
    if (value === last) continue;
    last = value;
    if (value === 0) continue;
    if (!Number.isInteger(value) || labels.size > mostLabels) return [];
    labels.add(value);
  }
  return [...labels].filter((label) => label > 0).sort((a, b) => a - b);
}
