import type { Penalty } from '../predictor.js';
import type { Design } from '../standardise.js';

/** Columns that take part in a descent, shared by all predictors of a fit. */
export interface Roster {
  /** Those let in, ascending: a full sweep goes over them. */
  admitted: Int32Array;
  readonly inside: Uint8Array;
  /** Those that ever had a coefficient, in the order in which they got it: a short sweep goes over them. */
  readonly moved: Int32Array;
  movedCount: number;
  readonly everMoved: Uint8Array;
}

/** Unpenalised columns take part from the start. */
export function makeRoster({ p, usable }: Design, { factor }: Penalty): Roster {
  const roster: Roster = { admitted: new Int32Array(0), inside: new Uint8Array(p), moved: new Int32Array(p), movedCount: 0, everMoved: new Uint8Array(p) };
  const free = Int32Array.from({ length: p }, (_, j) => j).filter((j) => usable[j] === 1 && factor[j] === 0);
  admit(roster, free, free.length);
  return roster;
}

/** Lets in those of the first `count` of `columns` that are not in yet; how many they are. */
export function admit(roster: Roster, columns: Int32Array, count: number): number {
  const fresh = columns.subarray(0, count).filter((column) => roster.inside[column] === 0);
  if (fresh.length === 0) return 0;
  for (const column of fresh) roster.inside[column] = 1;
  const all = new Int32Array(roster.admitted.length + fresh.length);
  all.set(roster.admitted);
  all.set(fresh, roster.admitted.length);
  roster.admitted = all.sort();
  return fresh.length;
}
