import { type Inputs, isRadloomError, type Outputs, type Params, type Plugin, type RadloomError } from '@radloom/core';
import { testContext } from './examples.js';
import type { Example, Problem } from './problem.js';

/** What became of a call: outputs, a promise broken, or an error as plugins may throw them. */
export type Called = { readonly outputs: Outputs } | { readonly problem: Problem } | { readonly refused: RadloomError };

/** Runs an operation with chance and clock turned into errors. */
export async function call(plugin: Plugin, example: Pick<Example, 'operation' | 'at'>, inputs: Inputs, settings: Params): Promise<Called> {
  const watch = new Watch();
  try {
    const found = await unwatchedCall(plugin, example, inputs, settings);
    // What it did with the error is its own affair: it may have caught it.
    return watch.touched === undefined ? found : { problem: watch.touched };
  } finally {
    watch.end();
  }
}

/** The first call of an operation: libraries that it loads may look at the clock while they set themselves up. */
export async function unwatchedCall(plugin: Plugin, { operation, at }: Pick<Example, 'operation' | 'at'>, inputs: Inputs, settings: Params): Promise<Called> {
  try {
    const run = await plugin.operations[operation].load();
    return { outputs: await run(inputs, settings, testContext(undefined, at)) };
  } catch (error) {
    if (!isRadloomError(error)) return { problem: { check: 'bare-error', text: `it threw an error that is no RadloomError: ${String(error)}` } };
    if (error.code === 'nan-without-reason') return { problem: { check: 'nan-without-reason', text: error.what } };
    if (error.code === 'feature-missing' || error.code === 'feature-unknown') return { problem: { check: 'feature-names', text: error.what } };
    return { refused: error };
  }
}

/** While it lives, whoever asks for the time or for a random number gets an error; the test runner, which goes on beside it, gets an answer. */
class Watch {
  touched: Problem | undefined;
  readonly #restore: (() => void)[] = [];

  constructor() {
    const { random } = Math;
    const { now } = performance;
    const { getRandomValues, randomUUID } = crypto;
    const RealDate = Date;
    const dateNow = Date.now;
    this.#replace(Math, 'random', () => this.#asked('chance', 'Math.random') ?? random());
    this.#replace(crypto, 'getRandomValues', (array: Uint8Array<ArrayBuffer>) => this.#asked('chance', 'crypto.getRandomValues') ?? getRandomValues.call(crypto, array));
    this.#replace(crypto, 'randomUUID', () => this.#asked('chance', 'crypto.randomUUID') ?? randomUUID.call(crypto));
    this.#replace(performance, 'now', () => this.#asked('clock', 'performance.now') ?? now.call(performance));
    this.#replace(RealDate, 'now', () => this.#asked('clock', 'Date.now') ?? dateNow());
    const watched = new Proxy(RealDate, {
      apply: () => this.#asked('clock', 'Date()') ?? RealDate(),
      construct: (_, args, target) => (args.length === 0 ? this.#asked('clock', 'new Date()') : undefined) ?? (Reflect.construct(RealDate, args, target) as Date),
    });
    this.#replace(globalThis, 'Date', watched);
  }

  end(): void {
    for (const restore of this.#restore) restore();
  }

  /** @throws unless the test runner asks */
  #asked(check: 'chance' | 'clock', name: string): undefined {
    const text = check === 'chance' ? `it uses ${name}: use ctx.seed` : `it uses ${name}: a result must not depend on when it was made`;
    const error = new Error(text);
    if (byTestRunner(error.stack ?? '')) return undefined;
    this.touched ??= { check, text };
    throw error;
  }

  #replace(owner: object, key: string, value: unknown): void {
    const before = Object.getOwnPropertyDescriptor(owner, key);
    Object.defineProperty(owner, key, { configurable: true, writable: true, value });
    this.#restore.push(() => (before === undefined ? Reflect.deleteProperty(owner, key) : Object.defineProperty(owner, key, before)));
  }
}

/** True when the nearest caller outside this file is vitest: it stamps what is printed, whenever that reaches it. */
function byTestRunner(stack: string): boolean {
  const caller = stack.split('\n').slice(1).find((frame) => !/[\\/]calls\.[jt]s/.test(frame)) ?? '';
  return /node_modules[\\/]@?vitest[\\/]/.test(caller);
}
