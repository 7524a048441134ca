import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { openFilesystemStore, openInputFiles } from '@radloom/cache-filesystem';
import { type Failure, isRadloomError, RadloomError } from '@radloom/core';
import { makeManifest, run, type RunEvent, type RunResult, type Workflow } from '@radloom/engine';
import { loadPlugins, numerics, useNativeCode } from '@radloom/executor-local';
import { extractionParams, type ExtractionPlan, planExtraction } from '@radloom/standard';
import { markActive } from '../active.js';
import { executorFor } from '../executor.js';
import { stopOnInterrupt } from '../interrupt.js';
import { keepManifest, runId } from '../manifests.js';
import { makeProgress } from '../progress.js';
import { readText } from '../read-file.js';
import { standardRequests } from '../standard-requests.js';
import type { Format } from '../tables/table.js';
import { BatchCache } from './batch-cache.js';
import { type BatchCase, casesOf, commonReaders } from './batch-cases.js';
import { BatchOutput } from './batch-output.js';
import { caseOutputs } from './batch-results.js';
import { readLabelChoice } from './batch-labels.js';
import { type BatchTable, oneRow, readBatch } from './batch-rows.js';
import { formatOf, prepareOutput } from './extract-output.js';

export interface BatchCommandOptions {
  readonly params?: string;
  readonly label?: number;
  readonly labels?: string;
  readonly volume?: number;
  readonly keep?: readonly string[];
  readonly encoding?: string;
  readonly format?: Format;
  readonly output?: string;
  readonly jobs?: number;
  readonly cache?: string;
  /** The program's own, for the record. */
  readonly version: string;
}

/**
 * Extracts the features of every row of a table. Exit status 3 when it finished with failed rows.
 *
 * Goes through the engine as a study does: a case a row and label, one unit of work each; what a cache holds is not computed again.
 */
export async function extractBatch(table: string, options: BatchCommandOptions): Promise<void> {
  await extractRows(await readBatch(table, { keep: options.keep ?? [], encoding: options.encoding }), basename(table), options);
}

/** Extracts several labels of one mask: a table of one row. */
export async function extractLabels(image: string, mask: string, options: BatchCommandOptions): Promise<void> {
  await extractRows(oneRow(image, mask), basename(image), options);
}

async function extractRows(batch: BatchTable, title: string, options: BatchCommandOptions): Promise<void> {
  useNativeCode();
  const { params: file, label, output } = options;
  const params = extractionParams(file === undefined ? undefined : readText(file), label, file);
  const format = formatOf(options.format, output);
  prepareOutput(output);
  const cases = await casesOf(batch.rows, readLabelChoice(options.labels), params);
  const plan = await planExtraction(params, { ...commonReaders(cases), cases: Object.fromEntries(cases.map((entry) => [entry.id, entry.settings])), volume: options.volume, version: options.version });
  for (const remark of params.remarks) process.stderr.write(`radloom: ${remark}\n`);
  const out = new BatchOutput(batch, params, plan.columns, format);
  await withStore(options.cache, async (folder) => {
    const { result, cache } = await runCases(plan, cases, folder, title, options);
    for (const [i, entry] of cases.entries()) {
      const failures = result.failedCases.get(entry.id) ?? new Map<string, Failure>();
      const outputs = await caseOutputs(result.plan, result.plan.cases[i], cache, plan.outputs);
      try {
        out.add(entry, plan.collect((step, name) => outputs.get(`${step}.${name}`), failures, [], entry.label));
      } catch (error) {
        if (!isRadloomError(error)) throw error;
        out.addFailed(entry, error);
      }
    }
  });
  await out.write(output);
  process.stderr.write(`${out.summary(output)}\n`);
  process.exitCode = out.failed > 0 ? 3 : 0;
}

async function runCases(plan: ExtractionPlan, cases: readonly BatchCase[], folder: string, title: string, { jobs = availableParallelism(), cache: keep }: BatchCommandOptions): Promise<{ result: RunResult; cache: BatchCache }> {
  const registry = await loadPlugins(standardRequests(plan.plugins.keys()));
  const store = await openFilesystemStore(folder);
  const progress = makeProgress(process.stderr, false);
  const active = keep === undefined ? undefined : markActive(store.folder, Date.now());
  const onEvent = (event: RunEvent): void => {
    if (event.type === 'planned') active?.planned(event.records);
    progress.event(event);
  };
  const cache = new BatchCache(store, (space, id, reason) => onEvent({ type: 'cache-damage', space, id, reason }));
  const executor = executorFor(cases.length, { jobs: Math.min(jobs, cases.length), cache, store, registry });
  const stop = stopOnInterrupt(keep === undefined ? ', which is not kept without --cache' : '');
  const startedAt = new Date();
  try {
    const files = await openInputFiles({ folder: store.folder });
    const result = await run({ workflow: workflowOf(plan, cases), registry, cache, files, numerics, executor, onEvent, signal: stop.signal });
    if (keep !== undefined) {
      const seconds = (Date.now() - startedAt.getTime()) / 1000;
      await keepManifest(store, makeManifest(result, numerics, { runId: runId(startedAt), study: `extract ${title}`, started: startedAt.toISOString(), seconds, peakMemory: process.resourceUsage().maxRSS * 1024 }));
    }
    return { result, cache };
  } catch (error) {
    if (stop.signal.aborted && keep === undefined) throw new RadloomError({ code: 'stopped', what: 'Stopped; nothing is kept.', fix: 'With --cache FOLDER what is finished is kept, and the same command goes on from there.' });
    throw error;
  } finally {
    progress.end();
    active?.done();
    stop.done();
    await executor.close();
  }
}

function workflowOf(plan: ExtractionPlan, cases: readonly BatchCase[]): Workflow {
  const source = (pick: (entry: BatchCase) => BatchCase['image']) => ({ kind: 'files' as const, cases: Object.fromEntries(cases.map((entry) => [entry.id, filesOf(pick(entry))])) });
  return { dimensions: { case: cases.map(({ id }) => id) }, sources: { image: source((entry) => entry.image), segmentation: source((entry) => entry.segmentation) }, steps: plan.steps, seed: 0 };
}

function filesOf(found: BatchCase['image']) {
  return 'failure' in found ? found : { files: found.files };
}

/** Works in the cache folder, or in one of its own that is gone afterwards, whatever happens. */
async function withStore(cache: string | undefined, work: (folder: string) => Promise<void>): Promise<void> {
  if (cache !== undefined) return work(cache);
  const folder = mkdtempSync(join(tmpdir(), 'radloom-extract-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  process.on('exit', remove);
  try {
    await work(folder);
  } finally {
    process.off('exit', remove);
    remove();
  }
}
