import { randomBytes } from 'node:crypto';
import { RadloomError } from '@radloom/core';
import type { ByteStore, RunManifest } from '@radloom/engine';

/** A run's own id: when it started, and chance, so that two at once differ. It stands in manifests only, never in a report. */
export function runId(started: Date): string {
  return `${started.toISOString().replaceAll(/[-:.Z]/g, '')}-${randomBytes(3).toString('hex')}`;
}

export async function keepManifest(store: ByteStore, manifest: RunManifest): Promise<void> {
  await store.write('runs', `${manifest.runId}.json`, new TextEncoder().encode(`${JSON.stringify(manifest)}\n`));
}

/** Every manifest that can be read, oldest first. */
export async function manifests(store: ByteStore): Promise<RunManifest[]> {
  const ids: string[] = [];
  for await (const { id } of store.list('runs')) if (id.endsWith('.json')) ids.push(id);
  const found: RunManifest[] = [];
  for (const id of ids.sort()) {
    const manifest = await readManifest(store, id);
    if (manifest !== undefined) found.push(manifest);
  }
  return found;
}

async function readManifest(store: ByteStore, id: string): Promise<RunManifest | undefined> {
  const bytes = await store.read('runs', id);
  try {
    return bytes === undefined ? undefined : (JSON.parse(new TextDecoder().decode(bytes)) as RunManifest);
  } catch {
    await store.quarantine('runs', id, 'the manifest is not JSON');
    return undefined;
  }
}

/** The newest run of a study. */
export async function lastManifest(store: ByteStore, study: string): Promise<RunManifest | undefined> {
  return (await manifests(store)).filter((manifest) => manifest.study === study).at(-1);
}

/** A run by its id, the beginning of its id, or `last`. @throws `unknown-run` */
export async function findManifest(store: ByteStore, name: string): Promise<RunManifest> {
  const all = await manifests(store);
  const found = name === 'last' ? all.slice(-1) : all.filter((manifest) => manifest.runId.startsWith(name));
  if (found.length === 1) return found[0];
  throw new RadloomError({
    code: 'unknown-run',
    what: found.length === 0 ? `The cache remembers no run ${name}.` : `${found.length} runs begin with ${name}.`,
    fix: 'radloom runs lists them.',
  });
}
