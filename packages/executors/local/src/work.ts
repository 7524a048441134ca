import type { Plugin } from '@radloom/core';
import { type ByteStore, Cache, cacheHost, executeUnit, type Unit, type UnitResult } from '@radloom/engine';
import { readFiles } from './files.js';

export interface WorkOptions {
  /** The cache, opened for this thread. */
  readonly store: Promise<ByteStore>;
  /** The plugin of a module. */
  plugin(url: string): Promise<Plugin>;
}

/** What a worker does with a unit. */
export function unitWork({ store, plugin }: WorkOptions): (unit: Unit) => Promise<UnitResult> {
  return async (unit) => {
    const host = cacheHost({ cache: new Cache(await store), plugin, files: readFiles, now: () => performance.now() }, new AbortController().signal);
    return executeUnit(unit, host);
  };
}
