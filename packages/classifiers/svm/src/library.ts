import type { Machine, Options } from 'libsvm-js';

type Library = new (options: Options) => Machine;

/** The part of Node's `process` that libsvm-js changes; absent in browsers. */
interface Host {
  readonly process?: {
    listeners?(event: string): readonly unknown[];
    removeListener?(event: string, listener: unknown): void;
  };
}

const EVENTS = ['unhandledRejection', 'uncaughtException'];
const NOISE = /^(wasm streaming compile failed|falling back to ArrayBuffer instantiation)/;

let loading: Promise<Library> | undefined;

/**
 * libsvm, loaded once.
 *
 * Loading it has two side effects, which are undone here: it reports through `console.warn` that its module is not fetched as a stream,
 * and it makes Node exit without a word on any unhandled rejection of the whole program.
 */
export function libsvm(): Promise<Library> {
  return (loading ??= load());
}

async function load(): Promise<Library> {
  const { process } = globalThis as Host;
  const before = EVENTS.map((event) => new Set(process?.listeners?.(event)));
  const warn = console.warn;
  // The library keeps the `console.warn` that it finds, so its two lines stay filtered; all others pass.
  console.warn = (...words: unknown[]) => {
    if (!NOISE.test(String(words[0]))) warn(...words);
  };
  try {
    return await build();
  } finally {
    console.warn = warn;
    EVENTS.forEach((event, i) => {
      for (const listener of process?.listeners?.(event) ?? []) if (!before[i].has(listener)) process?.removeListener?.(event, listener);
    });
  }
}

/**
 * The WebAssembly build. Its package exports a promise, and module runners that offer the members of a default export under the module
 * itself (vitest's) make the module look like a promise that cannot be awaited: there the asm.js build serves, which computes the same
 * bits at half the speed.
 */
async function build(): Promise<Library> {
  try {
    return await (await import('libsvm-js')).default;
  } catch {
    return (await import('libsvm-js/asm.js')).default;
  }
}
