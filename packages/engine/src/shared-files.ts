import type { Digest, PortValue } from '@radloom/core';
import type { CaseInputs } from './case-inputs.js';

/** Which cases have the same files: only those are listed, so that files that change and stay apart change nothing. */
export function sharedFiles(cases: readonly CaseInputs[], sources: readonly string[]): PortValue {
  const byDigest = new Map<Digest, Set<string>>();
  for (const { id, sources: own } of cases) {
    for (const name of sources) {
      const found = own[name];
      if (found === undefined || 'failure' in found) continue;
      byDigest.set(found.digest, (byDigest.get(found.digest) ?? new Set()).add(id));
    }
  }
  const groups = [...byDigest].filter(([, ids]) => ids.size > 1).map(([digest, ids]) => [digest, [...ids].sort()] as const);
  return { type: 'data', value: { groups: groups.sort(([a], [b]) => (a < b ? -1 : 1)) } };
}
