import type { Inputs } from '@radloom/core';

/** One call of an operation that must work. */
export interface Example {
  readonly operation: string;
  /** Fresh inputs on every call. */
  inputs(): Inputs | Promise<Inputs>;
  readonly params?: Readonly<Record<string, unknown>>;
  /** The element that a scattering operation is run for. */
  readonly at?: Readonly<Record<string, string>>;
}

export interface ContractOptions {
  /** `import.meta.url` of the test in the package's `src`. */
  readonly from: string;
  readonly examples: readonly Example[];
}

/** The promises of the contract by name, each with what breaks it. */
export const checks = {
  manifest: 'there is no plugin, or its kind, name, summary or operations are not as they must be',
  settings: 'a setting has no default, or unknown ones are accepted',
  examples: 'an operation has no example, or one that is refused',
  'built-code': 'the built code imports a module of Node, or uses one of its globals',
  'input-changed': 'the operation wrote to its input',
  'output-missing': 'an output that the manifest names is missing, or one is there that it does not name',
  'not-repeatable': 'two calls with the same inputs give different bytes',
  'remembers-calls': 'a call gives what an earlier one gave, or depends on it',
  'order-dependent': 'gathered inputs or rows in another order give other values',
  chance: 'it draws numbers from elsewhere than ctx.seed',
  clock: 'it asks for the time',
  'feature-names': 'features are missing, beyond the manifest, or differ with what else is asked for',
  'nan-without-reason': 'a number is not there and nothing says why',
  'learns-in-apply': 'a row comes out differently when other rows are left out',
  'bare-error': 'something else than a RadloomError was thrown',
} as const;

export type CheckName = keyof typeof checks;

/** A promise that is broken, and how. */
export interface Problem {
  readonly check: CheckName;
  readonly text: string;
}
