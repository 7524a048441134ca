import { type Digest, digestBytes } from '@radloom/core';
import { rowsAreWhole } from './case-rows.js';
import { decodeRecord } from './record.js';
import type { RunManifest } from './manifest.js';
import type { ByteStore, Space } from './store.js';

export interface CacheStatistics {
  readonly records: { readonly count: number; readonly bytes: number };
  readonly blobs: { readonly count: number; readonly bytes: number };
  readonly runs: { readonly count: number; readonly bytes: number };
  readonly rows: { readonly count: number; readonly bytes: number };
}

export async function cacheStatistics(store: ByteStore): Promise<CacheStatistics> {
  const sum = async (space: Space): Promise<{ count: number; bytes: number }> => {
    let [count, bytes] = [0, 0];
    for await (const { size } of store.list(space)) {
      count++;
      bytes += size;
    }
    return { count, bytes };
  };
  return { records: await sum('records'), blobs: await sum('blobs'), runs: await sum('runs'), rows: await sum('rows') };
}

export interface DamagedEntry {
  readonly space: 'records' | 'blobs' | 'rows';
  readonly id: string;
  readonly reason: string;
}

/**
 * Reads everything in a cache and checks it against its digests.
 * @param repair moves what is damaged to quarantine, where it is a miss for every run
 */
export async function verifyCache(store: ByteStore, repair: boolean): Promise<{ readonly checked: number; readonly damaged: readonly DamagedEntry[] }> {
  const damaged: DamagedEntry[] = [];
  let checked = 0;
  const blobs = new Set<string>();
  for await (const { id } of store.list('blobs')) {
    checked++;
    const bytes = await store.read('blobs', id);
    if (bytes === undefined || digestBytes(bytes) !== id) damaged.push({ space: 'blobs', id, reason: 'the content does not match its digest' });
    else blobs.add(id);
  }
  for await (const { id } of store.list('records')) {
    checked++;
    const reason = await recordProblem(store, id, blobs);
    if (reason !== undefined) damaged.push({ space: 'records', id, reason });
  }
  for await (const { id } of store.list('rows')) {
    checked++;
    if (!(await rowsAreWhole(store, id))) damaged.push({ space: 'rows', id, reason: 'it does not match its own digest' });
  }
  if (repair) for (const { space, id, reason } of damaged) await store.quarantine(space, id, reason);
  return { checked, damaged };
}

async function recordProblem(store: ByteStore, id: string, blobs: ReadonlySet<string>): Promise<string | undefined> {
  const bytes = await store.read('records', id);
  if (bytes === undefined) return undefined;
  try {
    for (const { outputs } of decodeRecord(bytes).nodes().values()) {
      for (const { digest, inline } of Object.values(outputs)) {
        if (inline === undefined ? !blobs.has(digest) : digestBytes(inline) !== digest) return inline === undefined ? 'a blob that it names is gone' : 'a value in it does not match its digest';
      }
    }
    return undefined;
  } catch {
    return 'it does not match its own digest';
  }
}

export interface CollectOptions {
  /** The runs to keep; what they reach is never removed. */
  readonly keep: readonly RunManifest[];
  /** Unreachable entries go, oldest first, until the cache is no larger; without it all of them go. */
  readonly maximumBytes?: number;
  /** Unreachable entries younger than this stay (milliseconds since the epoch). */
  readonly olderThan?: number;
  /** Names of records that a study running at this moment has planned on, and when the oldest such run began. */
  readonly active?: { readonly records: ReadonlySet<string>; readonly since: number };
  /** Removes; otherwise only says what would go. */
  readonly remove: boolean;
}

/** Spaces that are cleaned; manifests of runs are few and say what was done. */
type Collectable = 'records' | 'blobs' | 'rows';

export interface Collected {
  readonly kept: { readonly count: number; readonly bytes: number };
  readonly removed: { readonly count: number; readonly bytes: number };
  readonly entries: readonly { readonly space: Collectable; readonly id: string; readonly size: number }[];
}

/**
 * Removes what no kept run reaches. Records go before the blobs that they name, so that a record never outlives its values; a study that
 * runs meanwhile keeps what it planned on and everything written since it began, and computes anew what it finds gone all the same.
 */
export async function collectGarbage(store: ByteStore, options: CollectOptions): Promise<Collected> {
  const roots = new Set<string>(options.active?.records);
  for (const run of options.keep) {
    for (const { inputs } of run.cases) roots.add(inputs);
    for (const { key } of run.cohort) if (key !== undefined) roots.add(key);
    if (run.slice !== undefined) roots.add(run.slice);
  }
  const reachable = new Set<Digest>();
  const records: { id: string; size: number; modified: number }[] = [];
  let kept = { count: 0, bytes: 0 };
  const keepEntry = (size: number): void => void (kept = { count: kept.count + 1, bytes: kept.bytes + size });
  for await (const entry of store.list('records')) {
    if (roots.has(entry.id) || isYoung(entry.modified, options)) {
      keepEntry(entry.size);
      for (const digest of await blobsOf(store, entry.id)) reachable.add(digest);
    } else records.push(entry);
  }
  const blobs: typeof records = [];
  for await (const entry of store.list('blobs')) {
    if (reachable.has(entry.id) || isYoung(entry.modified, options)) keepEntry(entry.size);
    else blobs.push(entry);
  }
  const rows: typeof records = [];
  for await (const entry of store.list('rows')) {
    if (roots.has(entry.id) || isYoung(entry.modified, options)) keepEntry(entry.size);
    else rows.push(entry);
  }
  const candidates = Object.entries({ records, blobs, rows }).flatMap(([space, entries]) => entries.map((entry) => ({ ...entry, space: space as Collectable })));
  const { going, staying } = withinBytes(candidates, options.maximumBytes, kept.bytes);
  for (const entry of staying) keepEntry(entry.size);
  if (options.remove) for (const { space, id } of going) await store.remove(space, id);
  return { kept, removed: { count: going.length, bytes: going.reduce((sum, entry) => sum + entry.size, 0) }, entries: going };
}

function isYoung(modified: number, { olderThan, active }: CollectOptions): boolean {
  return modified >= Math.min(olderThan ?? Infinity, active?.since ?? Infinity);
}

/** Which candidates go: all, or the oldest until what stays is small enough; records first, then blobs. */
function withinBytes<T extends { readonly size: number; readonly modified: number; readonly space: Collectable }>(candidates: readonly T[], maximum: number | undefined, kept: number): { going: T[]; staying: T[] } {
  const order = [...candidates].sort((a, b) => a.modified - b.modified);
  if (maximum === undefined) return { going: order.sort((a, b) => Number(a.space === 'blobs') - Number(b.space === 'blobs')), staying: [] };
  let bytes = kept + order.reduce((sum, entry) => sum + entry.size, 0);
  const going: T[] = [];
  const staying: T[] = [];
  for (const entry of order) {
    if (bytes > maximum) {
      going.push(entry);
      bytes -= entry.size;
    } else staying.push(entry);
  }
  return { going: going.sort((a, b) => Number(a.space === 'blobs') - Number(b.space === 'blobs')), staying };
}

async function blobsOf(store: ByteStore, id: string): Promise<Digest[]> {
  const bytes = await store.read('records', id);
  if (bytes === undefined) return [];
  try {
    return [...decodeRecord(bytes).nodes().values()].flatMap(({ outputs }) => Object.values(outputs).filter((stored) => stored.inline === undefined).map((stored) => stored.digest));
  } catch {
    return [];
  }
}
