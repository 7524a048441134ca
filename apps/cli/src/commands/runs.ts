import { openFilesystemStore } from '@radloom/cache-filesystem';
import type { RunManifest } from '@radloom/engine';
import { columns } from '../columns.js';
import { findManifest, manifests } from '../manifests.js';

interface Options {
  readonly cache: string;
  readonly json?: boolean;
}

const print = (text: string): void => void process.stdout.write(`${text}\n`);
const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;

export async function listRuns({ cache, json }: Options): Promise<void> {
  const all = await manifests(await openFilesystemStore(cache));
  if (json === true) return print(JSON.stringify(all.map(({ runId, planId, study, started, seconds: took, status, counts }) => ({ runId, planId, study, started, seconds: took, status, counts })), null, 2));
  if (all.length === 0) return print('No runs yet.');
  const rows = all.map((run) => [run.runId, run.planId.slice(0, 12), run.status, String(run.counts.executed), String(run.counts.cached), `${run.seconds.toFixed(1)} s`, run.study]);
  print(columns([['run', 'plan', 'status', 'executed', 'cached', 'time', 'study'], ...rows], new Set([3, 4, 5])));
}

export async function showRun(name: string, { cache, json }: Options): Promise<void> {
  const run = await findManifest(await openFilesystemStore(cache), name);
  if (json === true) return print(JSON.stringify(run, null, 2));
  print(`${run.study}\n`);
  print(columns([
    ['run', run.runId], ['plan', run.planId], ['started', run.started], ['status', run.status], ['time', `${run.seconds.toFixed(1)} s`], ['peak memory', `${Math.round(run.peakMemory / 2 ** 20)} MiB`],
    ['nodes', `${run.counts.executed} executed, ${run.counts.rematerialised} rebuilt, ${run.counts.cached} cached, ${run.counts.failed} failed, ${run.counts.skipped} skipped`],
    ['runtime', run.numerics.runtime],
    ...(run.testSet === undefined ? [] : [['test set', `${run.testSet.count} rows, opened for ${run.testSet.openings} ${run.testSet.openings === 1 ? 'analysis' : 'different analyses'} by then`]]),
  ]));
  const worked = run.cases.filter((entry) => entry.executed !== undefined);
  if (worked.length > 0) {
    print(`\nCases with work: ${worked.length} of ${run.cases.length}`);
    for (const entry of worked.slice(0, 20)) print(`  ${entry.id}: ${entry.executed!.length} executed, ${entry.rematerialised?.length ?? 0} rebuilt, ${seconds(entry.milliseconds ?? 0)}`);
    if (worked.length > 20) print(`  and ${worked.length - 20} more`);
  }
  const failed = run.cases.filter((entry) => entry.failures !== undefined);
  for (const entry of failed) for (const [step, failure] of Object.entries(entry.failures!)) print(`\nFailed: case ${entry.id}, ${step}: ${failure.message}`);
  print('\nCohort steps');
  print(columns(run.cohort.map((node) => [`  ${[node.step, ...Object.values(node.at)].join(' ')}`, node.state, node.state === 'executed' ? seconds(node.milliseconds) : '', Object.values(node.outputs).map((digest) => digest.slice(0, 12)).join(' ')])));
  print('\nVersions');
  print(columns(Object.entries(run.versions).sort().map(([name, version]) => [`  ${name}`, version])));
}

/** What differs between two runs. */
export function differences(a: RunManifest, b: RunManifest): { readonly what: string; readonly name: string; readonly text: string }[] {
  const found: { what: string; name: string; text: string }[] = [];
  const compare = <T>(what: string, before: ReadonlyMap<string, T>, after: ReadonlyMap<string, T>, change: (before: T, after: T) => string | undefined): void => {
    for (const [name, value] of after) {
      const old = before.get(name);
      const text = old === undefined ? 'new' : change(old, value);
      if (text !== undefined) found.push({ what, name, text });
    }
    for (const name of before.keys()) if (!after.has(name)) found.push({ what, name, text: 'gone' });
  };
  const by = <T>(list: readonly T[], id: (item: T) => string): Map<string, T> => new Map(list.map((item) => [id(item), item]));
  compare('version', new Map(Object.entries(a.versions)), new Map(Object.entries(b.versions)), (old, now) => (old === now ? undefined : `${old} -> ${now}`));
  compare('step', by(a.steps, (step) => step.id), by(b.steps, (step) => step.id), (old, now) => {
    const parts = [old.implementation !== now.implementation && 'code', JSON.stringify(old.params) !== JSON.stringify(now.params) && 'settings', old.seed.join() !== now.seed.join() && 'seed', old.plugin !== now.plugin && 'plugin'].filter((part) => part !== false);
    return parts.length === 0 ? undefined : `${parts.join(', ')} changed`;
  });
  compare('case', by(a.cases, (entry) => entry.id), by(b.cases, (entry) => entry.id), (old, now) => (old.inputs === now.inputs ? undefined : 'input files changed'));
  const place = (node: RunManifest['cohort'][number]): string => [node.step, ...Object.values(node.at)].join(' ');
  compare('result', by(a.cohort, place), by(b.cohort, place), (old, now) => {
    const outputs = Object.keys(now.outputs).filter((name) => now.outputs[name] !== old.outputs[name]);
    if (old.failure?.code !== now.failure?.code) return `${old.failure?.code ?? 'ok'} -> ${now.failure?.code ?? 'ok'}`;
    return outputs.length === 0 ? undefined : `${outputs.join(', ')} differ`;
  });
  return found;
}

export async function diffRuns(first: string, second: string, { cache, json }: Options): Promise<void> {
  const store = await openFilesystemStore(cache);
  const [a, b] = [await findManifest(store, first), await findManifest(store, second)];
  const found = differences(a, b);
  if (json === true) return print(JSON.stringify({ a: a.runId, b: b.runId, samePlan: a.planId === b.planId, differences: found }, null, 2));
  print(a.planId === b.planId ? `Same plan (${a.planId.slice(0, 12)}).` : `Plan ${a.planId.slice(0, 12)} -> ${b.planId.slice(0, 12)}.`);
  print(found.length === 0 ? 'Nothing differs.' : columns(found.map(({ what, name, text }) => [what, name, text])));
}
