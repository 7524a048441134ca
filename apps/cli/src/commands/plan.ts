import { openFilesystemStore, openInputFiles } from '@radloom/cache-filesystem';
import { Cache, explain, planRun } from '@radloom/engine';
import { numerics, useNativeCode } from '@radloom/executor-local';
import { buildStudy, readStudy } from '@radloom/study';
import { lastManifest } from '../manifests.js';
import { namedParams, studyHost, studyRegistry } from '../host.js';
import { readText } from '../read-file.js';
import { variableLines } from '../variables.js';

/** Says what a run would do. */
export async function planStudy(file: string, options: { readonly cache: string; readonly set: readonly string[]; readonly verifyInputs?: boolean; readonly explain?: boolean; readonly json?: boolean }): Promise<void> {
  useNativeCode();
  const study = readStudy(readText(file), file);
  const registry = await studyRegistry(file, study, namedParams(file, study));
  const built = await buildStudy(study, file, studyHost(file, registry, options.set));
  const store = await openFilesystemStore(options.cache);
  const files = await openInputFiles({ folder: store.folder, verify: options.verifyInputs === true });
  const found = await planRun({ workflow: built.workflow, registry, cache: new Cache(store), files, numerics });
  const explanations = options.explain === true ? explain(found.plan, numerics, await lastManifest(store, study.title), new Map(found.steps.map((row) => [row.step, row.execute]))) : undefined;
  if (options.json === true) {
    const { planId, steps, cached, execute, rematerialise } = found;
    process.stdout.write(`${JSON.stringify({ planId, steps, cached, execute, rematerialise, variables: built.variables, ...(explanations === undefined ? {} : { explanations }) }, null, 2)}\n`);
    return;
  }
  process.stdout.write(`${variableLines(built.variables).join('\n')}\n\n`);
  if (explanations !== undefined) {
    for (const { step, nodes, reasons, below } of explanations) {
      process.stdout.write(`${step} (${nodes === 1 ? '1 node' : `${nodes} nodes`})\n${reasons.map(({ part, text }) => `  ${part}: ${text}\n`).join('')}`);
      if (below.length > 0) process.stdout.write(`  below it: ${below.slice(0, 8).join(', ')}${below.length > 8 ? ` and ${below.length - 8} more` : ''}\n`);
    }
    process.stdout.write(explanations.length > 0 ? '\n' : '');
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
