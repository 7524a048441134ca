import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Marker {
  readonly pid: number;
  readonly since: number;
  readonly records: readonly string[];
}

/**
 * Says in the cache folder that a study runs on it, and on which records it planned, so that a clean-up leaves them. The marker of a
 * process that is gone counts for nothing, so nothing stays locked after a crash.
 */
export function markActive(cache: string, since: number): { planned(records: readonly string[]): void; done(): void } {
  const folder = join(cache, 'active');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${process.pid}-${since}.json`);
  const write = (records: readonly string[]): void => writeFileSync(path, JSON.stringify({ pid: process.pid, since, records } satisfies Marker));
  write([]);
  return { planned: write, done: () => rmSync(path, { force: true }) };
}

/** Records in use by studies that run now, and when the oldest began; undefined when none runs. */
export function activeRuns(cache: string): { readonly records: ReadonlySet<string>; readonly since: number } | undefined {
  const records = new Set<string>();
  let since = Infinity;
  for (const name of namesIn(join(cache, 'active'))) {
    const path = join(cache, 'active', name);
    let marker: Marker;
    try {
      marker = JSON.parse(readFileSync(path, 'utf8')) as Marker;
    } catch {
      continue;
    }
    if (!isAlive(marker.pid)) {
      rmSync(path, { force: true });
      continue;
    }
    since = Math.min(since, marker.since);
    for (const record of marker.records) records.add(record);
  }
  return since === Infinity ? undefined : { records, since };
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM';
  }
}
