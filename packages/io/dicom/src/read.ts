import { type InputFile, makeVolume, RadloomError, type Read } from '@radloom/core';
import { acquisitionOf } from './acquisition.js';
import { type Header, isDicom, parseHeader, PIXEL_DATA, text } from './dataset.js';
import { gridOf } from './grid.js';
import { allocate, writeValues } from './pixels.js';
import { type Choice, chooseSeries, names, type Warn } from './series.js';
import { describeSlice, type Slice } from './slice.js';
import { stack } from './stack.js';

type Params = Choice & { readonly spacingTolerance: number };

/** Reads one series from its files; files that are no images are left out, and said. */
export const read: Read<Params> = async ({ files }, params, ctx) => {
  const warn: Warn = (code, sentence, data) => ctx.warn(code, sentence, data);
  const headers = chooseSeries(await imagesAmong(files, warn), params, warn);
  const images = headers.map(describeSlice);
  warnAboutValues(images, warn);
  const ordered = stack(images, warn);
  const geometry = gridOf(ordered, params.spacingTolerance, warn);
  const { slices } = ordered;
  const perSlice = geometry.size[0] * geometry.size[1];
  const data = allocate(slices, perSlice * slices.length);
  slices.forEach((slice, k) => writeValues(slice, data, k * perSlice));
  return makeVolume(geometry, data, { acquisition: acquisitionOf(slices.map((slice) => slice.header)) });
};

/**
 * Headers of the files that are images.
 *
 * @throws `not-dicom` or `dicom-no-pixels` when none is; whatever `parseHeader` says of a damaged DICOM file
 */
async function imagesAmong(files: readonly InputFile[], warn: Warn): Promise<Header[]> {
  const images: Header[] = [];
  const others: InputFile[] = [];
  for (const file of files) {
    const header = isDicom(file.bytes) ? await parseHeader(file) : undefined;
    if (header?.elements.elements[PIXEL_DATA] === undefined) others.push(file);
    else images.push(header);
  }
  if (images.length === 0) throw noImage(others);
  if (others.length > 0) warn('files-ignored', `${others.length === 1 ? 'a file that is no image was' : `${others.length} files that are no images were`} left out: ${names(others)}.`);
  return images;
}

function noImage(files: readonly InputFile[]): RadloomError {
  const [first] = files;
  if (first === undefined) return new RadloomError({ code: 'file-missing', what: 'No file was given.' });
  const alone = files.length === 1;
  const where = alone ? { file: first.name } : {};
  const who = alone ? 'The file' : `Each of the ${files.length} files (${names(files)})`;
  if (files.every((file) => file.bytes.length === 0)) return new RadloomError({ code: 'file-empty', what: `${who} is empty (0 bytes).`, where, fix: 'Copy it again from its source.' });
  if (files.some((file) => isDicom(file.bytes))) return new RadloomError({ code: 'dicom-no-pixels', what: `${who} holds no image: there is no PixelData.`, where });
  return new RadloomError({
    code: 'not-dicom',
    what: `${alone ? 'This is not a DICOM file' : `None of the ${files.length} files (${names(files)}) is a DICOM file`}: the mark "DICM" after the first 128 bytes is missing.`,
    where,
    fix: 'Check that the path leads to the folder with the images and that the download was complete.',
  });
}

function warnAboutValues(images: readonly Slice[], warn: Warn): void {
  const bare = images.filter((slice) => !slice.rescaled && text(slice.header, 'x00080060') === 'CT');
  if (bare.length > 0) warn('dicom-rescale-missing', `RescaleSlope and RescaleIntercept are missing in ${names(bare)}: the values may not be Hounsfield units.`);
  const overlong = images.filter((slice) => slice.overlong);
  if (overlong.length > 0) warn('dicom-pixels-overlong', `PixelData claims more bytes than the file has in ${names(overlong)}; those that are there suffice.`);
}
