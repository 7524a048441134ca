import { openFilesystemStore, openInputFiles } from '@radloom/cache-filesystem';
import { Cache, makeManifest, type RegisteredPlugin, run, type RunEvent } from '@radloom/engine';
import { numerics, useNativeCode } from '@radloom/executor-local';
import { standardPlugins } from '@radloom/standard';
import { buildStudy, readStudy } from '@radloom/study';
import { markActive } from '../active.js';
import { executorFor } from '../executor.js';
import { namedParams, studyHost, studyRegistry } from '../host.js';
import { stopOnInterrupt } from '../interrupt.js';
import { readText } from '../read-file.js';
import { writeOutputs } from '../output.js';
import { keepManifest, manifests, runId } from '../manifests.js';
import { makeProgress } from '../progress.js';
import { summary } from '../summary.js';
import { testSetOf } from '../test-set.js';

export interface RunCommandOptions {
  readonly jobs?: number;
  readonly cache: string;
  readonly out: string;
  readonly set: readonly string[];
  readonly retryFailed?: boolean;
  readonly verifyInputs?: boolean;
  readonly json?: boolean;
}

/** Runs a study and writes its outputs. Exit status 3 when it finished with failed cases. */
export async function runStudy(file: string, options: RunCommandOptions): Promise<void> {
  useNativeCode();
  const started = performance.now();
  const study = readStudy(readText(file), file);
  const registry = await studyRegistry(file, study, namedParams(file, study));
  const built = await buildStudy(study, file, studyHost(file, registry, options.set));
  const store = await openFilesystemStore(options.cache);
  const progress = makeProgress(process.stderr, options.json === true, study.title);
  const stop = stopOnInterrupt();
  const active = markActive(store.folder, Date.now());
  const onEvent = (event: RunEvent): void => {
    if (event.type === 'planned') active.planned(event.records);
    progress.event(event);
  };
  const cache = new Cache(store, (space, id, reason) => onEvent({ type: 'cache-damage', space, id, reason }));
  const executor = executorFor(built.workflow.dimensions.case.length, { jobs: options.jobs, cache, store, registry });
  try {
    const files = await openInputFiles({ folder: store.folder, verify: options.verifyInputs === true });
    const startedAt = new Date();
    const standard = new Set(Object.values(standardPlugins).map((plugin) => plugin.package));
    const recheck = (entry: RegisteredPlugin): boolean => !standard.has(entry.packageName);
    const result = await run({ workflow: built.workflow, registry, cache, files, numerics, executor, onEvent, recheck, signal: stop.signal, retryFailed: options.retryFailed === true });
    progress.end();
    const written = await writeOutputs(options.out, result);
    const testSet = await testSetOf(result, await manifests(store));
    await keepManifest(store, makeManifest(result, numerics, { ...(testSet === undefined ? {} : { testSet }), runId: runId(startedAt), study: study.title, started: startedAt.toISOString(), seconds: (performance.now() - started) / 1000, peakMemory: process.resourceUsage().maxRSS * 1024 }));
    const found = await summary(built, result, written, performance.now() - started, testSet);
    if (options.json === true) process.stdout.write(`${JSON.stringify({ type: 'result', ...found.data })}\n`);
    else process.stderr.write(`${found.text}\n`);
    process.exitCode = written.report === undefined ? 1 : result.failedCases.size > 0 ? 3 : 0;
  } finally {
    active.done();
    stop.done();
    await executor.close();
  }
}
