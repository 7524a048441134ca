import { openFilesystemStore } from '@radloom/cache-filesystem';
import type { Plugin } from '@radloom/core';
import type { Unit, UnitResult } from '@radloom/engine';
import { unitWork, useNativeCode } from '@radloom/executor-local';
import { standardPlugin } from '@radloom/standard';

export interface WorkSetup {
  /** The cache folder. */
  readonly folder: string;
  /** Plugins that this program has at hand: ids of the standard set by the url of their package. */
  readonly atHand: Readonly<Record<string, string>>;
  /** Url of the executor's package as the other plugins see it. */
  readonly executor: string;
}

/** What a worker of this program does with a unit. */
export function workOn({ folder, atHand, executor }: WorkSetup): (unit: Unit) => Promise<UnitResult> {
  useNativeCode();
  // Other plugins bring their own core with them, when this one comes out of a bundle.
  let native: Promise<void> | undefined;
  const installed = async (url: string): Promise<Plugin> => {
    await (native ??= import(executor).then((module: { useNativeCode(): void }) => module.useNativeCode()));
    return ((await import(url)) as { default: Plugin }).default;
  };
  return unitWork({ store: openFilesystemStore(folder), plugin: (url) => (atHand[url] === undefined ? installed(url) : standardPlugin(atHand[url])) });
}
