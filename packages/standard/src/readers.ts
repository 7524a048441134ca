import { type InputFile, RadloomError, type Volume } from '@radloom/core';

/** An image or a segmentation: already a volume, or the bytes of its files (one file, or the slices of a DICOM series). */
export type ImageInput = Volume | InputFile | readonly InputFile[];

const endings: readonly (readonly [ending: string, reader: string])[] = [
  ['.nii.gz', 'reader/nifti'], ['.nii', 'reader/nifti'], ['.hdr', 'reader/nifti'], ['.nrrd', 'reader/nrrd'], ['.nhdr', 'reader/nrrd'],
];

/** The reader for a file name: by its ending; DICOM slices have none that can be relied on. */
export function readerForName(name: string): string {
  return endings.find(([ending]) => name.toLowerCase().endsWith(ending))?.[1] ?? 'reader/dicom';
}

/** The reader that an input needs; undefined for a volume. @throws `no-files` */
export function readerOf(input: ImageInput): string | undefined {
  if (isVolume(input)) return undefined;
  const files = filesOf(input);
  if (files.length === 0) throw new RadloomError({ code: 'no-files', what: 'No file was given.' });
  return readerForName(files.length > 1 ? '' : files[0].name);
}

/** An input as a workflow takes it. */
export function sourceOf(input: ImageInput): readonly InputFile[] | Volume {
  return isVolume(input) ? input : filesOf(input);
}

function isVolume(input: ImageInput): input is Volume {
  return 'type' in input && input.type === 'volume';
}

function filesOf(input: InputFile | readonly InputFile[]): readonly InputFile[] {
  return Array.isArray(input) ? (input as readonly InputFile[]) : [input as InputFile];
}
