import { createHash } from 'node:crypto';
import { useNativeDigest } from '@radloom/core';
import { openFilesystemStore, openInputFiles } from '@radloom/cache-filesystem';
import { Cache, planRun } from '@radloom/engine';
import { numerics } from '@radloom/executor-local';
import { buildStudy, readStudy } from '@radloom/study';
import { readText, studyHost, studyRegistry } from '../host.js';

/** Says what a run would do. */
export async function planStudy(file: string, options: { readonly cache: string; readonly set: readonly string[]; readonly verifyInputs?: boolean; readonly json?: boolean }): Promise<void> {
  useNativeDigest((bytes) => createHash('sha256').update(bytes).digest('hex'));
  const study = readStudy(readText(file), file);
  const registry = await studyRegistry(file, study.plugins);
  const built = await buildStudy(study, file, studyHost(file, registry, options.set));
  const store = await openFilesystemStore(options.cache);
  const files = await openInputFiles({ folder: store.folder, verify: options.verifyInputs === true });
  const found = await planRun({ workflow: built.workflow, registry, cache: new Cache(store), files, numerics });
  if (options.json === true) {
    process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
    return;
  }
  const rows = found.steps.map(({ step, cached, execute, rematerialise, failed, skipped }) => [step, cached, execute, rematerialise, failed + skipped].map(String));
  const header = ['step', 'cached', 'to run', 'to rebuild', 'failed'];
  const widths = header.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i].length)));
  const line = (row: readonly string[]): string => row.map((cell, i) => (i === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[i]))).join('  ');
  process.stdout.write(`${[line(header), ...rows.map(line)].join('\n')}\n\n`);
  process.stdout.write(
    found.execute === 0
      ? `Nothing to run: all ${found.cached} steps of ${built.workflow.dimensions.case.length} cases and of the cohort are cached (plan ${found.planId.slice(0, 12)}).\n`
      : `Up to ${found.execute} steps would run, ${found.rematerialise} would be rebuilt on the way, ${found.cached} are cached (plan ${found.planId.slice(0, 12)}).\n`,
  );
}
