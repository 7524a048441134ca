import type { Digest, InputFile, Plugin } from '@radloom/core';
import type { Executor } from './executor.js';
import { cacheLost } from './lost.js';
import type { RecordView } from './record.js';
import type { Cache } from './store.js';
import { executeUnit, type UnitHost } from './unit.js';
import type { FileRef } from './workflow.js';

export interface InlineOptions {
  readonly cache: Cache;
  plugin(url: string): Promise<Plugin>;
  files(refs: readonly FileRef[]): Promise<readonly InputFile[]>;
  now?(): number;
}

/** A host that works from a cache in the same process. */
export function cacheHost(options: InlineOptions, signal: AbortSignal): UnitHost {
  // Values of a case are asked for one after the other: its record is read once for all of them.
  let last: { readonly id: Digest; readonly record: RecordView | undefined } | undefined;
  const recordOf = async (id: Digest): Promise<RecordView | undefined> => {
    if (last?.id !== id) last = { id, record: await options.cache.readRecord(id) };
    return last.record;
  };
  return {
    plugin: options.plugin,
    files: options.files,
    stored: async (digest, record) => {
      const found = record === undefined ? undefined : await recordOf(record);
      const bytes = found?.inline(digest) ?? (await options.cache.readBlob(digest));
      if (bytes === undefined) throw cacheLost(digest, record);
      return bytes;
    },
    keep: (digest, bytes) => options.cache.writeBlob(digest, bytes),
    now: options.now ?? (() => 0),
    signal,
  };
}

/** Runs units one by one in the calling thread: one small case needs no worker, and a browser page has its own. */
export function inlineExecutor(options: InlineOptions): Executor {
  return {
    concurrency: 1,
    run: (unit, { signal, onNode }) => executeUnit(unit, { ...cacheHost(options, signal), ...(onNode === undefined ? {} : { finished: onNode }) }),
    close: async () => {},
  };
}
