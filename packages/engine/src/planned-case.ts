import { type Digest, digestOf, type Failure } from '@radloom/core';
import type { CaseInputs } from './case-inputs.js';
import type { CaseSlice, Gather } from './case-slice.js';
import type { StoredOutput } from './record.js';
import type { Cache } from './store.js';

/** How a node of a case stands before the run. */
export type NodeState = 'cached' | 'execute' | 'rematerialise' | 'idle' | 'failed' | 'skipped';

/** What a case gives to the cohort: where the value of an output is, or why there is none. */
export type CaseOutput = { readonly stored: StoredOutput; readonly record: Digest } | { readonly failure: Failure };

/** One case as a plan knows it. */
export interface PlannedCase {
  readonly slice: CaseSlice;
  readonly inputs: CaseInputs;
  /** True when nothing of it has to run. */
  readonly complete: boolean;
  /** Of each step of the slice. */
  readonly states: readonly NodeState[];
  /** One digest of all that a port of the cohort takes from it. */
  gathered(gather: Gather): Digest;
  /** Where those values are. */
  outputs(ends: Gather['ends'], cache: Cache): Promise<CaseOutput[]>;
  /** First causes only: the step where each failure happened. */
  failures(): ReadonlyMap<string, Failure>;
}

/** One digest of what a port takes from a case, its failures among it. */
export function gatheredDigest(outputs: readonly CaseOutput[]): Digest {
  return digestOf(outputs.map((found) => ('failure' in found ? `failed:${found.failure.code}:${found.failure.step ?? ''}:${found.failure.message}` : found.stored.digest)));
}

/** How many cases stand how, per step of the slice. Cases that are finished in every step are counted once, not step by step. */
export function tally(slice: CaseSlice, cases: readonly PlannedCase[]): Record<NodeState, number>[] {
  const counts = slice.steps.map((): Record<NodeState, number> => ({ cached: 0, execute: 0, rematerialise: 0, idle: 0, failed: 0, skipped: 0 }));
  const open = cases.filter(({ states }) => states !== slice.allCached);
  for (const { states } of open) for (const [i, state] of states.entries()) counts[i][state]++;
  for (const count of counts) count.cached += cases.length - open.length;
  return counts;
}
