import { useNativeCode } from '@radloom/executor-local';
import { accessSync, constants, existsSync, mkdirSync, statfsSync } from 'node:fs';
import { availableParallelism, freemem, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { openFilesystemStore } from '@radloom/cache-filesystem';
import { verifyCache } from '@radloom/engine';
import { chineseFont } from '../fonts.js';

interface Finding {
  readonly what: string;
  readonly state: 'ok' | 'note' | 'problem';
  readonly text: string;
}

const gib = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;

/** Looks at runtime, machine, cache and fonts; exit status 1 when something stands in the way. */
export async function doctor({ cache, json }: { readonly cache: string; readonly json?: boolean }): Promise<void> {
  useNativeCode();
  const findings: Finding[] = [runtime(), { what: 'cores', state: 'ok', text: String(availableParallelism()) }, memory(), ...(await cacheHealth(cache)), fonts()];
  process.exitCode = findings.some((finding) => finding.state === 'problem') ? 1 : 0;
  if (json === true) return void process.stdout.write(`${JSON.stringify(findings, null, 2)}\n`);
  const mark = { ok: 'ok  ', note: 'note', problem: '!!  ' };
  for (const { what, state, text } of findings) process.stdout.write(`${mark[state]} ${what.padEnd(8)} ${text}\n`);
}

function runtime(): Finding {
  const major = Number(process.versions.node.split('.')[0]);
  return { what: 'runtime', state: major >= 20 ? 'ok' : 'problem', text: `Node ${process.versions.node}, V8 ${process.versions.v8}, ${process.arch}${major >= 20 ? '' : ': Node 20 or newer is needed'}` };
}

function memory(): Finding {
  const small = totalmem() < 4 * 2 ** 30;
  return { what: 'memory', state: small ? 'note' : 'ok', text: `${gib(totalmem())}, ${gib(freemem())} free${small ? ': run with --jobs 1' : ''}` };
}

async function cacheHealth(folder: string): Promise<Finding[]> {
  const path = resolve(folder);
  if (!existsSync(join(path, 'records'))) return [{ what: 'cache', state: 'note', text: `none in ${folder} yet` }];
  try {
    mkdirSync(join(path, 'tmp'), { recursive: true });
    accessSync(path, constants.W_OK);
  } catch {
    return [{ what: 'cache', state: 'problem', text: `${folder} cannot be written` }];
  }
  const { checked, damaged } = await verifyCache(await openFilesystemStore(path), false);
  const disk = statfsSync(path);
  const free = disk.bavail * disk.bsize;
  return [
    damaged.length === 0 ? { what: 'cache', state: 'ok', text: `${folder}: ${checked} entries, all sound` } : { what: 'cache', state: 'problem', text: `${folder}: ${damaged.length} of ${checked} entries are damaged; radloom cache verify --repair` },
    { what: 'disk', state: free < 2 ** 30 ? 'problem' : 'ok', text: `${gib(free)} free at the cache` },
  ];
}

function fonts(): Finding {
  const font = chineseFont();
  return font === undefined ? { what: 'fonts', state: 'note', text: 'no font with Chinese characters was found: install one (Noto Sans CJK) for pictures with Chinese labels' } : { what: 'fonts', state: 'ok', text: font.name };
}
