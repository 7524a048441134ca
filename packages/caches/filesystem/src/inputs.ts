import * as crypto from 'node:crypto';
import { createReadStream } from 'node:fs';
import { appendFile, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { RadloomError } from '@radloom/core';
import type { FileContent, InputFiles } from '@radloom/engine';
import { type Look, lookAt } from './look.js';

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
  /** Both digests as 32 characters of one byte. */
  const known = new Map<string, string>();
  if (memory !== undefined && options.verify !== true) {
    const bytes = await readFile(memory).catch(() => Buffer.alloc(0));
    // A torn last entry, after a crash, is left out.
    for (let at = 0; at + entryLength <= bytes.length; at += entryLength) known.set(bytes.toString('latin1', at, at + 32), bytes.toString('latin1', at + 32, at + 64));
  }
  const remembered = (locator: string, { stamp, size }: Pick<Look, 'stamp' | 'size'>): FileContent | undefined => {
    const digest = known.get(identity(locator, stamp));
    return digest === undefined ? undefined : { digest: Buffer.from(digest, 'latin1').toString('hex'), size };
  };
  return {
    remembered: ({ locator, seen }) => (seen === undefined ? undefined : remembered(locator, seen)),
    identify: async ({ name, locator, seen }) => {
      const before = remembered(locator, seen ?? look(locator, name));
      if (before !== undefined) return before;
      // Content is remembered under a look that came before it was read: a change in between is seen the next time.
      const { stamp, size, changed } = look(locator, name);
      const digest = await contentDigest(locator, name);
      if (Date.now() - changed > settledAfterMilliseconds) {
        const entry = identity(locator, stamp) + Buffer.from(digest, 'hex').toString('latin1');
        known.set(entry.slice(0, 32), entry.slice(32));
        if (memory !== undefined) await appendFile(memory, entry, 'latin1');
      }
      return { digest, size };
    },
  };
}

function look(locator: string, name: string): Look {
  let found: Look | undefined;
  try {
    found = lookAt(locator);
  } catch (error) {
    throw unreadable(name, error);
  }
  if (found === undefined) throw unreadable(name, { code: 'ENOENT' });
  return found;
}

function identity(locator: string, stamp: string): string {
  return sha256(`${locator}\n${stamp}`);
}

/** In one call where this Node has it. */
const sha256: (text: string) => string = 'hash' in crypto ? (text) => crypto.hash('sha256', text, 'binary') : (text) => crypto.createHash('sha256').update(text).digest('binary');

async function contentDigest(path: string, name: string): Promise<string> {
  const hash = crypto.createHash('sha256');
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
