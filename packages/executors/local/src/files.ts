import { readFile } from 'node:fs/promises';
import { type InputFile, RadloomError } from '@radloom/core';
import type { FileRef } from '@radloom/engine';

/** Reads input files from disk; the order is kept. */
export async function readFiles(refs: readonly FileRef[]): Promise<InputFile[]> {
  const files: InputFile[] = [];
  for (const { name, locator } of refs) {
    try {
      files.push({ name, bytes: await readFile(locator) });
    } catch (error) {
      throw new RadloomError({ code: 'file-unreadable', what: `${name} cannot be read.`, deterministic: false, cause: error });
    }
  }
  return files;
}
