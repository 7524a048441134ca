import { workerData } from 'node:worker_threads';
import type { Plugin } from '@radloom/core';
import type { ByteStore, StoreLocator } from '@radloom/engine';
import { useNativeCode } from './native.js';
import { unitWork } from './work.js';

useNativeCode();

// piscina hands `workerData` on as [its own, ours].
const { store } = (Array.isArray(workerData) ? workerData[1] : workerData) as { readonly store: StoreLocator };

/** Runs one unit in this thread. */
export default unitWork({
  store: import(store.module).then((module: { open(options: StoreLocator['options']): Promise<ByteStore> }) => module.open(store.options)),
  plugin: async (url) => ((await import(url)) as { default: Plugin }).default,
});
