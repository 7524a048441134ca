import { type Digest, RadloomError } from '@radloom/core';
import type { UnitResult } from './unit.js';

/** A unit that could not be done because a stored value is gone is no result. */
export function raiseLost(result: UnitResult): void {
  const lost = result.nodes.find((node) => node.failure?.code === 'cache-lost')?.failure;
  if (lost !== undefined) throw new RadloomError({ code: 'cache-lost', what: lost.message, data: lost.data ?? {}, deterministic: false });
}

/** The error that a host gives when a stored value cannot be had. */
export function cacheLost(digest: Digest, record: Digest | undefined): RadloomError {
  return new RadloomError({ code: 'cache-lost', what: 'A stored value is lost or damaged.', fix: 'Run the study again: it will be computed anew.', data: { digest, ...(record === undefined ? {} : { record }) }, deterministic: false });
}
