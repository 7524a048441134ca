import { workerData } from 'node:worker_threads';
import type { Plugin } from '@radloom/core';
import { Cache, cacheHost, executeUnit, type ByteStore, type StoreLocator, type Unit, type UnitResult } from '@radloom/engine';
import { readFiles } from './files.js';
import { useNativeCode } from './native.js';

/** What a worker is told when it starts. */
export interface WorkerSetup {
  readonly store: StoreLocator;
}

useNativeCode();

// piscina hands `workerData` on as [its own, ours].
const setup = (Array.isArray(workerData) ? workerData[1] : workerData) as WorkerSetup;
const opened = import(setup.store.module).then((module: { open(options: StoreLocator['options']): Promise<ByteStore> }) => module.open(setup.store.options));

async function plugin(url: string): Promise<Plugin> {
  return ((await import(url)) as { default: Plugin }).default;
}

/** Runs one unit in this thread. */
export default async function work(unit: Unit): Promise<UnitResult> {
  const cache = new Cache(await opened);
  const host = cacheHost({ cache, plugin, files: readFiles, now: () => performance.now() }, new AbortController().signal);
  return executeUnit(unit, host);
}
