import { availableParallelism } from 'node:os';
import type { FilesystemStore } from '@radloom/cache-filesystem';
import type { Plugin } from '@radloom/core';
import { type Cache, type Executor, inlineExecutor } from '@radloom/engine';
import { localExecutor, readFiles } from '@radloom/executor-local';

/** Works in this thread, without waiting for others to start. */
export function inThisThread(cache: Cache): Executor {
  return inlineExecutor({ cache, files: readFiles, now: () => performance.now(), plugin: async (url) => ((await import(url)) as { default: Plugin }).default });
}

/** As many worker threads as are asked for, by default one a processor; one case alone needs none. */
export function executorFor(cases: number, { jobs = availableParallelism(), cache, store }: { readonly jobs?: number; readonly cache: Cache; readonly store: FilesystemStore }): Executor {
  return cases === 1 ? inThisThread(cache) : localExecutor({ jobs, store });
}
