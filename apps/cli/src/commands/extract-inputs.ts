import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { type Look, lookAt } from '@radloom/cache-filesystem';
import type { Failure } from '@radloom/core';
import type { FileRef } from '@radloom/engine';
import { readerForName } from '@radloom/standard';

/** Files and the reader for them. */
export interface ResolvedFiles {
  readonly reader: string;
  readonly files: readonly FileRef[];
}

/** The files behind a path: one file, a detached header with its data, or every file of a folder as a DICOM series. Messages name no folder. */
export function resolveInput(path: string): ResolvedFiles | { readonly failure: Failure } {
  const name = basename(path);
  let found: Look | undefined;
  try {
    found = lookAt(path);
  } catch {
    return { failure: { code: 'file-unreadable', message: `${name} cannot be looked at.`, fix: 'Check the permissions of its folder.' } };
  }
  if (found === undefined) return { failure: { code: 'file-missing', message: `${name} does not exist.`, fix: 'Correct the path in the table; it is seen from the folder of the table.' } };
  if (found.directory) {
    const names = readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isFile() && !entry.name.startsWith('.')).map((entry) => entry.name).sort();
    if (names.length === 0) return { failure: { code: 'folder-empty', message: `The folder ${name} holds no files.`, fix: 'A DICOM series needs its slices in the folder.' } };
    return { reader: 'reader/dicom', files: names.map((file) => ({ name: file, locator: resolve(path, file) })) };
  }
  const beside = besides(path).map((file) => ({ name: basename(file), locator: resolve(file) }));
  const reader = readerForName(name);
  if (reader === 'reader/dicom' && !isDicom(path)) {
    return { failure: { code: 'format-unknown', message: `${name} is in no format that is read here.`, fix: 'Images are .nii, .nii.gz, .nrrd, .nhdr files, DICOM files, or folders of DICOM slices: convert it first.' } };
  }
  return { reader, files: [{ name, locator: isAbsolute(path) ? path : resolve(path), seen: { size: found.size, stamp: found.stamp } }, ...beside] };
}

/** True for the mark of a DICOM file, behind its first 128 bytes. */
function isDicom(path: string): boolean {
  const mark = new Uint8Array(4);
  const file = openSync(path, 'r');
  try {
    readSync(file, mark, 0, 4, 128);
  } finally {
    closeSync(file);
  }
  return String.fromCharCode(...mark) === 'DICM';
}

/** Data files of a detached header: `x.hdr` with `x.img`, `x.nhdr` with the file that its header names. */
function besides(path: string): string[] {
  const lower = path.toLowerCase();
  if (lower.endsWith('.hdr')) return [`${path.slice(0, -4)}.img`, `${path.slice(0, -4)}.img.gz`].filter((file) => existsSync(file)).slice(0, 1);
  if (!lower.endsWith('.nhdr')) return [];
  const data = /^data ?file:\s*(.+)$/im.exec(readFileSync(path, 'latin1'))?.[1].trim();
  return data === undefined || !existsSync(join(dirname(path), data)) ? [] : [join(dirname(path), data)];
}
