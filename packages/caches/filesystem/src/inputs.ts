import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { appendFile, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { RadloomError } from '@radloom/core';
import type { InputFiles } from '@radloom/engine';

export interface InputFilesOptions {
  /** The cache folder in which digests are remembered; without one every file is read. */
  readonly folder?: string;
  /** Reads every file, whatever is remembered. */
  readonly verify?: boolean;
}

/** A file that was changed this recently may change again within the resolution of its time stamp. */
const settledAfterMilliseconds = 2000;
const entryLength = 64;

/**
 * Content digests of input files, remembered by (path, size, times, inode), so that a file is read once and only looked at afterwards.
 * The memory is a list of pairs of digests, 64 bytes each: of what identifies the file, and of its content. No path is kept readable.
 */
export async function openInputFiles(options: InputFilesOptions = {}): Promise<InputFiles> {
  const memory = options.folder === undefined ? undefined : join(options.folder, 'inputs');
  const known = new Map<string, string>();
  if (memory !== undefined && options.verify !== true) {
    const bytes = await readFile(memory).catch(() => Buffer.alloc(0));
    // A torn last entry, after a crash, is left out.
    for (let at = 0; at + entryLength <= bytes.length; at += entryLength) known.set(bytes.toString('hex', at, at + 32), bytes.toString('hex', at + 32, at + 64));
  }
  return {
    identify: async ({ name, locator }) => {
      let found;
      try {
        found = await stat(locator, { bigint: true });
      } catch (error) {
        throw unreadable(name, error);
      }
      const identity = createHash('sha256').update(`${locator}\n${found.size}\n${found.mtimeNs}\n${found.ctimeNs}\n${found.ino}`).digest('hex');
      const remembered = known.get(identity);
      const size = Number(found.size);
      if (remembered !== undefined) return { digest: remembered, size };
      const digest = await contentDigest(locator, name);
      const settled = Date.now() - Number(found.mtimeMs) > settledAfterMilliseconds && Date.now() - Number(found.ctimeMs) > settledAfterMilliseconds;
      if (settled) {
        known.set(identity, digest);
        if (memory !== undefined) await appendFile(memory, Buffer.from(identity + digest, 'hex'));
      }
      return { digest, size };
    },
  };
}

async function contentDigest(path: string, name: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  } catch (error) {
    throw unreadable(name, error);
  }
  return hash.digest('hex');
}

function unreadable(name: string, error: unknown): RadloomError {
  const absent = (error as { code?: string }).code === 'ENOENT';
  return new RadloomError({ code: absent ? 'file-missing' : 'file-unreadable', what: `${basename(name)} ${absent ? 'does not exist' : 'cannot be read'}.`, deterministic: false, cause: error });
}
