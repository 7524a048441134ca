import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, open as openFile, readdir, readFile, rename, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isRadloomError, RadloomError } from '@radloom/core';
import type { ByteStore, Space, StoreLocator } from '@radloom/engine';
import { lookAt } from './look.js';

/** A store in a folder: `records/ab/abcd…`, `blobs/ab/abcd…`, `rows/ab/abcd…`, `runs/…`, with `tmp` for what is being written and `quarantine` for what was damaged. */
export interface FilesystemStore extends ByteStore {
  readonly folder: string;
  readonly locator: StoreLocator;
}

/**
 * Opens (and makes) a cache folder. Several processes may use one folder at once: every file is written under a temporary name, flushed and
 * renamed, so a reader sees a whole file or none.
 */
export async function openFilesystemStore(folder: string): Promise<FilesystemStore> {
  for (const name of ['records', 'blobs', 'runs', 'rows', 'tmp', 'quarantine']) {
    await mkdir(join(folder, name), { recursive: true }).catch((error: unknown) => {
      throw explain(error, folder, 0);
    });
  }
  /** @throws `cache-id` for a name that could leave the folder */
  const path = (space: Space, id: string): string => (space === 'runs' ? join(folder, space, checked(id)) : join(folder, space, checked(id).slice(0, 2), id));
  return {
    folder,
    locator: { module: import.meta.url, options: { folder } },
    read: async (space, id) => {
      try {
        return await readFile(path(space, id));
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return undefined;
        // A record that cannot be read is a miss; the run goes on and says so.
        if (codeOf(error) === 'EISDIR' || codeOf(error) === 'EIO') return new Uint8Array();
        throw explain(error, folder, 0);
      }
    },
    write: async (space, id, bytes) => {
      const target = path(space, id);
      // What is addressed by its content is already right when it is there.
      if (space === 'blobs' && (await size(target)) === bytes.length) return;
      const temporary = join(folder, 'tmp', `${process.pid}-${randomBytes(8).toString('hex')}`);
      try {
        const file = await openFile(temporary, 'wx');
        try {
          await file.writeFile(bytes);
          await file.sync();
        } finally {
          await file.close();
        }
        await mkdir(join(target, '..'), { recursive: true });
        await rename(temporary, target);
      } catch (error) {
        await unlink(temporary).catch(() => {});
        throw explain(error, folder, bytes.length);
      }
    },
    quarantine: async (space, id, reason) => {
      const aside = join(folder, 'quarantine', `${space}-${id}`);
      try {
        await rm(aside, { recursive: true, force: true });
        await rename(path(space, id), aside);
        await writeFile(`${aside}.reason`, `${reason}\n`);
      } catch (error) {
        if (codeOf(error) !== 'ENOENT') throw explain(error, folder, 0);
      }
    },
    remove: async (space, id) => {
      await unlink(path(space, id)).catch((error: unknown) => {
        if (codeOf(error) !== 'ENOENT') throw explain(error, folder, 0);
      });
    },
    // Entries are replaced by renaming, so another content has another inode and another time.
    stamps: async (space, ids) => {
      try {
        return ids.map((id) => lookAt(path(space, id))?.stamp);
      } catch (error) {
        throw explain(error, folder, 0);
      }
    },
    async *list(space) {
      const top = join(folder, space);
      for (const entry of await readdir(top, { withFileTypes: true })) {
        const names = entry.isDirectory() ? (await readdir(join(top, entry.name))).map((name) => join(top, entry.name, name)) : [join(top, entry.name)];
        for (const file of names) {
          const found = await stat(file).catch(() => undefined);
          if (found !== undefined) yield { id: file.slice(file.lastIndexOf('/') + 1), size: found.size, modified: found.mtimeMs };
        }
      }
    },
  };
}

/** What a store locator names: workers open the same folder. */
export function open(options: Readonly<Record<string, unknown>>): Promise<FilesystemStore> {
  return openFilesystemStore(String(options.folder));
}

function checked(id: string): string {
  if (/^[\w.-]+$/.test(id) && !id.startsWith('.')) return id;
  throw new RadloomError({ code: 'cache-id', what: `${id} cannot name a cache entry.`, deterministic: false });
}

async function size(path: string): Promise<number | undefined> {
  try {
    await access(path, constants.R_OK);
    return (await stat(path)).size;
  } catch {
    return undefined;
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as { code?: string } | null)?.code;
}

function explain(error: unknown, folder: string, bytes: number): RadloomError {
  if (isRadloomError(error)) return error;
  const code = codeOf(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new RadloomError({
      code: 'disk-full',
      what: `The disk of the cache folder ${folder} is full: ${bytes} more bytes were needed.`,
      fix: 'Free some space (radloom cache gc), or choose another folder with --cache, and run the same command again: finished work is kept.',
      deterministic: false,
      cause: error,
    });
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new RadloomError({ code: 'cache-not-writable', what: `The cache folder ${folder} cannot be written.`, fix: 'Choose another folder with --cache.', deterministic: false, cause: error });
  }
  return new RadloomError({ code: 'cache-io', what: `The cache folder ${folder} cannot be used: ${error instanceof Error ? error.message : String(error)}`, deterministic: false, cause: error });
}
