import { readFileSync } from 'node:fs';
import { RadloomError } from '@radloom/core';

/** Bytes of a file that the user named. @throws `file-missing`, `file-unreadable` */
export function bytesOf(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (cause) {
    const absent = (cause as { code?: string }).code === 'ENOENT';
    throw new RadloomError({
      code: absent ? 'file-missing' : 'file-unreadable',
      what: absent ? 'The file does not exist.' : 'The file cannot be read.',
      where: { file: path },
      fix: absent ? 'Check the spelling, and that the path is right as seen from this folder.' : 'Check the permissions.',
      deterministic: false,
      cause,
    });
  }
}

/** The same as text in UTF-8. @throws as `bytesOf` */
export function readText(path: string): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytesOf(path));
}
