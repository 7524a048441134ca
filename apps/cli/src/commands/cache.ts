import { useNativeCode } from '@radloom/executor-local';
import { openFilesystemStore } from '@radloom/cache-filesystem';
import { cacheStatistics, collectGarbage, verifyCache } from '@radloom/engine';
import { RadloomError } from '@radloom/core';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { activeRuns } from '../active.js';
import { columns } from '../columns.js';
import { manifests } from '../manifests.js';

interface Options {
  readonly cache: string;
  readonly json?: boolean;
}

const print = (text: string): void => void process.stdout.write(`${text}\n`);
const size = (bytes: number): string => (bytes < 1024 ? `${bytes} B` : bytes < 2 ** 20 ? `${(bytes / 1024).toFixed(1)} KiB` : bytes < 2 ** 30 ? `${(bytes / 2 ** 20).toFixed(1)} MiB` : `${(bytes / 2 ** 30).toFixed(2)} GiB`);

async function openExisting(folder: string): ReturnType<typeof openFilesystemStore> {
  if (!existsSync(join(folder, 'records'))) throw new RadloomError({ code: 'no-cache', what: `There is no cache in ${folder}.`, fix: 'Name the folder with --cache.' });
  useNativeCode();
  return openFilesystemStore(folder);
}

export async function cacheStats({ cache, json }: Options): Promise<void> {
  const found = await cacheStatistics(await openExisting(cache));
  const quarantined = readdirSync(join(cache, 'quarantine')).filter((name) => !name.endsWith('.reason')).length;
  if (json === true) return print(JSON.stringify({ ...found, quarantined }, null, 2));
  print(columns([['', 'entries', 'size'], ...Object.entries(found).map(([space, { count, bytes }]) => [space, String(count), size(bytes)]), ['quarantined', String(quarantined), '']], new Set([1, 2])));
}

export async function cacheList({ cache, json }: Options): Promise<void> {
  const store = await openExisting(cache);
  const rows: { space: string; id: string; size: number; modified: string }[] = [];
  for (const space of ['records', 'blobs', 'runs', 'rows'] as const) for await (const entry of store.list(space)) rows.push({ space, id: entry.id, size: entry.size, modified: new Date(entry.modified).toISOString() });
  if (json === true) return print(JSON.stringify(rows, null, 2));
  print(columns([['space', 'id', 'size', 'written'], ...rows.map((row) => [row.space, row.id, size(row.size), row.modified.slice(0, 19)])], new Set([2])));
}

/** Exit status 1 when something is damaged. */
export async function cacheVerify({ cache, json, repair }: Options & { readonly repair?: boolean }): Promise<void> {
  const { checked, damaged } = await verifyCache(await openExisting(cache), repair === true);
  process.exitCode = damaged.length > 0 ? 1 : 0;
  if (json === true) return print(JSON.stringify({ checked, damaged, repaired: repair === true }, null, 2));
  for (const { space, id, reason } of damaged) print(`damaged: ${space}/${id}: ${reason}${repair === true ? ' (put aside)' : ''}`);
  for (const name of readdirSync(join(cache, 'quarantine')).filter((file) => file.endsWith('.reason'))) print(`in quarantine: ${name.slice(0, -'.reason'.length)}: ${readFileSync(join(cache, 'quarantine', name), 'utf8').trim()}`);
  print(damaged.length === 0 ? `Clean: ${checked} entries checked.` : `${damaged.length} of ${checked} entries are damaged.${repair === true ? ' They will be computed anew.' : ' --repair puts them aside; they will be computed anew.'}`);
}

export interface CollectCommandOptions extends Options {
  readonly keepRuns: number;
  readonly maxBytes?: number;
  readonly olderThanDays?: number;
  readonly remove?: boolean;
}

export async function cacheCollect({ cache, keepRuns, maxBytes, olderThanDays, remove, json }: CollectCommandOptions): Promise<void> {
  const store = await openExisting(cache);
  const active = activeRuns(cache);
  const found = await collectGarbage(store, {
    keep: (await manifests(store)).slice(-keepRuns),
    remove: remove === true,
    ...(maxBytes === undefined ? {} : { maximumBytes: maxBytes }),
    ...(olderThanDays === undefined ? {} : { olderThan: Date.now() - olderThanDays * 86_400_000 }),
    ...(active === undefined ? {} : { active }),
  });
  if (json === true) return print(JSON.stringify(found, null, 2));
  if (active !== undefined) print('A study is running on this cache: what it uses stays.');
  print(`${remove === true ? 'Removed' : 'Would remove'} ${found.removed.count} entries, ${size(found.removed.bytes)}; ${found.kept.count} stay, ${size(found.kept.bytes)}.${remove === true ? '' : ' --remove does it.'}`);
}
