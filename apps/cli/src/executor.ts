import { availableParallelism } from 'node:os';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createRequire } from 'node:module';
import type { FilesystemStore } from '@radloom/cache-filesystem';
import { type Cache, type Executor, inlineExecutor, type Registry } from '@radloom/engine';
import { localExecutor, readFiles } from '@radloom/executor-local';
import { standardPlugins } from '@radloom/standard';
import type { WorkSetup } from './work.js';

/** Works in this thread, without waiting for others to start, with the plugins that are already loaded. */
export function inThisThread({ cache, registry }: { readonly cache: Cache; readonly registry: Registry }): Executor {
  const plugins = new Map(registry.all().map(({ url, plugin }) => [url, plugin]));
  return inlineExecutor({ cache, files: readFiles, now: () => performance.now(), plugin: async (url) => plugins.get(url)! });
}

/** As many worker threads as are asked for, by default one a processor; one case alone needs none. */
export function executorFor(cases: number, { jobs = availableParallelism(), cache, store, registry }: { readonly jobs?: number; readonly cache: Cache; readonly store: FilesystemStore; readonly registry: Registry }): Executor {
  if (cases === 1) return inThisThread({ cache, registry });
  return localExecutor({ jobs, store, worker: { file: fileURLToPath(new URL('./worker.js', import.meta.url)), data: setup(store.folder, registry) } });
}

/** Kinds of plugins whose code the smaller bundle holds: workers have them at hand, and load the others when a unit needs one. */
const imaging = /^(reader|preprocess|filter|features)\//;

function setup(folder: string, registry: Registry): WorkSetup {
  const ids = new Map(Object.entries(standardPlugins).filter(([id]) => imaging.test(id)).map(([id, { package: name }]) => [name, id]));
  const atHand = registry.all().flatMap(({ url, packageName }) => (ids.has(packageName) ? [[url, ids.get(packageName)!]] : []));
  return { folder, atHand: Object.fromEntries(atHand) as Record<string, string>, executor: pathToFileURL(createRequire(import.meta.url).resolve('@radloom/executor-local')).href };
}
