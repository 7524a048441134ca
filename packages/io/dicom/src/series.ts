import { RadloomError } from '@radloom/core';
import { decimal, type Header, text } from './dataset.js';

/** Tells a person something that does not stop the reading. */
export type Warn = (code: string, text: string, data?: Readonly<Record<string, unknown>>) => void;

export interface Choice {
  readonly seriesInstanceUID: string | null;
  readonly acquisitionNumber: number | null;
  readonly echoTime: number | null;
}

interface Series {
  readonly uid: string;
  readonly images: readonly Header[];
}

/**
 * The images of the one series to read.
 *
 * Localizers are left out, and so are lone images (scouts, screenshots) beside one real series; both are said. Several real series
 * are refused with what was found.
 *
 * @throws `dicom-series-several`, `dicom-series-absent`, `dicom-selection-empty`
 */
export function chooseSeries(images: readonly Header[], choice: Choice, warn: Warn): readonly Header[] {
  const all = bySeries(images);
  const picked = choice.seriesInstanceUID === null ? theOne(all, warn) : named(all, choice.seriesInstanceUID);
  let chosen = picked.images;
  for (const [tag, keyword, wanted] of [['x00200012', 'AcquisitionNumber', choice.acquisitionNumber], ['x00180081', 'EchoTime', choice.echoTime]] as const) {
    if (wanted === null) continue;
    const values = [...new Set(chosen.map((header) => decimal(header, tag)))];
    chosen = chosen.filter((header) => decimal(header, tag) === wanted);
    if (chosen.length === 0) throw new RadloomError({ code: 'dicom-selection-empty', what: `No image of the series has the ${keyword} ${wanted}.`, fix: `Found: ${values.map((value) => value ?? 'none').join(', ')}.` });
  }
  return chosen;
}

function bySeries(images: readonly Header[]): Series[] {
  const groups = new Map<string, Header[]>();
  for (const header of images) {
    const uid = text(header, 'x0020000e') ?? 'none';
    const group = groups.get(uid);
    if (group === undefined) groups.set(uid, [header]);
    else group.push(header);
  }
  return [...groups].map(([uid, group]) => ({ uid, images: group }));
}

function named(all: readonly Series[], uid: string): Series {
  const found = all.find((series) => series.uid === uid);
  if (found !== undefined) return found;
  throw new RadloomError({ code: 'dicom-series-absent', what: 'No image has the SeriesInstanceUID that was asked for.', fix: `Found: ${all.map(describe).join('; ')}.`, data: { series: all.map((series) => series.uid) } });
}

function theOne(all: readonly Series[], warn: Warn): Series {
  const isLocalizer = (header: Header) => /LOCALIZER/i.test(text(header, 'x00080008') ?? '');
  const real = all.map((series) => ({ ...series, images: series.images.filter((header) => !isLocalizer(header)) })).filter((series) => series.images.length > 0);
  // Localizers alone are read as what they are.
  if (real.length === 0) return several(all);
  const localizers = all.flatMap((series) => series.images.filter(isLocalizer));
  if (localizers.length > 0) warn('dicom-localizer', `${localizers.length === 1 ? 'a localizer (ImageType LOCALIZER) is' : `${localizers.length} localizers (ImageType LOCALIZER) are`} left out: ${names(localizers)}.`);
  if (real.length === 1) return real[0];
  const stacks = real.filter((series) => series.images.length > 1);
  if (stacks.length !== 1) return several(real);
  const others = real.filter((series) => series !== stacks[0]);
  warn('dicom-series-left-out', `${others.length === 1 ? 'a series of one image is' : `${others.length} series of one image are`} left out: ${names(others.flatMap((series) => series.images))}.`);
  return stacks[0];
}

function several(all: readonly Series[]): Series {
  if (all.length === 1) return all[0];
  throw new RadloomError({
    code: 'dicom-series-several',
    what: `The files hold ${all.length} series: ${all.map(describe).join('; ')}.`,
    fix: 'Give the files of one series, or choose one: seriesInstanceUID.',
    data: { series: all.map((series) => series.uid) },
  });
}

function describe({ uid, images }: Series): string {
  const [first] = images;
  const size = `${first.elements.uint16('x00280011') ?? '?'} x ${first.elements.uint16('x00280010') ?? '?'}`;
  return `${text(first, 'x00080060') ?? 'unknown modality'}, ${images.length} ${images.length === 1 ? 'image' : 'images'} of ${size}, ${uid}`;
}

/** File names for a message, the first five. */
export function names(files: readonly { readonly name: string }[]): string {
  const shown = files.slice(0, 5).map((file) => file.name).join(', ');
  return files.length > 5 ? `${shown} and ${files.length - 5} more` : shown;
}
