import { decodePort, type Digest, type Failure, isRadloomError, type PortValue, RadloomError } from '@radloom/core';
import { CasePlan } from './case-plan.js';
import { CohortRun, type CohortNode } from './cohort.js';
import type { RunEvent } from './events.js';
import type { Executor, InputFiles } from './executor.js';
import type { Numerics } from './keys.js';
import { inParallel } from './parallel.js';
import { cacheLost, raiseLost } from './lost.js';
import { finishedCase, type Plan, plan } from './plan.js';
import { tally } from './planned-case.js';
import type { RegisteredPlugin, Registry } from './registry.js';
import type { Cache } from './store.js';
import type { Workflow } from './workflow.js';

export interface RunOptions {
  readonly workflow: Workflow;
  readonly registry: Registry;
  readonly cache: Cache;
  readonly files: InputFiles;
  readonly numerics: Numerics;
  /** Tries again what failed before. */
  readonly retryFailed?: boolean;
  /** Plugins whose learning is run a second time, in another order, to see that they remember nothing: those of unknown authors. */
  readonly recheck?: (entry: RegisteredPlugin) => boolean;
  readonly onEvent?: (event: RunEvent) => void;
  readonly signal?: AbortSignal;
}

/** What a run did for one case: steps executed and steps built again. */
export interface CaseWork {
  readonly executed: readonly string[];
  readonly rematerialised: readonly string[];
  readonly milliseconds: number;
}

export interface RunCounts {
  /** Nodes whose key was not in the cache. */
  executed: number;
  /** Ephemeral nodes built again because something below them ran. */
  rematerialised: number;
  cached: number;
  failed: number;
  skipped: number;
}

/** What a run found. */
export interface RunResult {
  readonly planId: Digest;
  readonly counts: RunCounts;
  /** Cases with something missing, each with its first causes by step. */
  readonly failedCases: ReadonlyMap<string, ReadonlyMap<string, Failure>>;
  readonly cohort: readonly CohortNode[];
  /** Work done, by case; cases that needed none are absent. */
  readonly caseWork: ReadonlyMap<string, CaseWork>;
  readonly plan: Plan;
  /** The value of a case step's stored output. @throws `no-output` with the case's first cause when there is none */
  caseOutput(id: string, step: string, output: string): Promise<PortValue>;
  /** The value of a cohort step's output. @throws `no-output` with its first cause when there is none */
  output(step: string, output: string, at?: Readonly<Record<string, string>>): Promise<PortValue>;
}

/** Each attempt puts one damaged entry aside, so attempts end; a store that loses entries as fast as they are written does not. */
const attemptLimit = 10_000;

/**
 * Plans, runs what is missing, and keeps every finished unit at once.
 *
 * A stored value that turns out to be lost or damaged while it is needed is put aside, and the rest is planned anew: what was finished
 * meanwhile is found again.
 */
export async function run(options: RunOptions & { readonly executor: Executor }): Promise<RunResult> {
  const counts: RunCounts = { executed: 0, rematerialised: 0, cached: 0, failed: 0, skipped: 0 };
  const caseWork = new Map<string, CaseWork>();
  for (let attempt = 1; ; attempt++) {
    try {
      return await attemptRun(options, Object.assign(counts, { cached: 0, failed: 0, skipped: 0 }), caseWork);
    } catch (error) {
      if (!isRadloomError(error) || error.code !== 'cache-lost' || attempt > attemptLimit) throw error;
      const { digest, record } = error.data as { digest: Digest; record?: Digest };
      await options.cache.bytes.quarantine(record === undefined ? 'blobs' : 'records', record ?? digest, 'a stored value is lost or damaged');
    }
  }
}

async function attemptRun(options: RunOptions & { readonly executor: Executor }, counts: RunCounts, caseWork: Map<string, CaseWork>): Promise<RunResult> {
  const planned = await plan(options);
  const { cache, executor, onEvent = () => {}, signal = new AbortController().signal } = options;
  const todo = [...planned.cases.entries()].filter((pair): pair is [number, CasePlan] => pair[1] instanceof CasePlan && !pair[1].complete);
  const standing = tally(planned.slice, planned.cases);
  const nodesToDo = standing.reduce((sum, { execute, rematerialise }) => sum + execute + rematerialise, 0);
  onEvent({ type: 'planned', planId: planned.planId, cases: planned.cases.length, casesToDo: todo.length, nodesToDo, records: planned.cases.map((entry) => entry.inputs.digest) });
  for (const { cached, failed, skipped } of standing) {
    counts.cached += cached;
    counts.failed += failed;
    counts.skipped += skipped;
  }
  let done = 0;
  await inParallel(todo, executor.concurrency, signal, async ([at, entry]) => {
    const unit = entry.unit()!;
    const states = entry.states.filter((state) => state === 'execute' || state === 'rematerialise');
    onEvent({ type: 'unit-started', unit: unit.id, nodes: unit.nodes.length });
    const result = await executor.run(unit, { signal });
    raiseLost(result);
    result.nodes.forEach((node, i) => {
      const state = node.state === 'done' ? (states[i] === 'execute' ? 'executed' : 'rematerialised') : node.state;
      counts[state]++;
      onEvent({ type: 'node', step: unit.nodes[i].step, at: unit.at, state, milliseconds: node.milliseconds, ...(node.failure === undefined ? {} : { failure: node.failure }) });
      for (const { code, text } of node.warnings) onEvent({ type: 'warning', step: unit.nodes[i].step, at: unit.at, code, text });
    });
    const stepsThat = (wanted: 'execute' | 'rematerialise') => unit.nodes.filter((_, i) => result.nodes[i].state === 'done' && states[i] === wanted).map((node) => node.step);
    caseWork.set(entry.inputs.id, { executed: stepsThat('execute'), rematerialised: stepsThat('rematerialise'), milliseconds: result.nodes.reduce((sum, node) => sum + node.milliseconds, 0) });
    const { nodes, heads } = entry.finish(result);
    if (nodes.size > 0 || heads.size > 0) await cache.writeRecord(entry.inputs.digest, nodes, heads);
    if (heads.size > 0) planned.cases[at] = (await finishedCase(entry, planned.rows, cache)) ?? entry;
    done++;
    onEvent({ type: 'unit-finished', unit: unit.id, done, total: todo.length });
  });
  await planned.rows.save();
  const cohort = new CohortRun(planned, options, executor, counts, onEvent, signal);
  await cohort.run();
  await cohort.refuseMemory();
  const failedCases = new Map<string, ReadonlyMap<string, Failure>>();
  for (const entry of planned.cases) {
    const failures = entry.failures();
    if (failures.size > 0) failedCases.set(entry.inputs.id, failures);
  }
  return { planId: planned.planId, counts, failedCases, cohort: cohort.nodes, caseWork, plan: planned, caseOutput: (id, step, output) => caseValue(planned, cache, id, step, output), output: (step, output, at = {}) => cohort.value(step, output, at) };
}

async function caseValue(planned: Plan, cache: Cache, id: string, step: string, output: string): Promise<PortValue> {
  const [found] = (await planned.cases.find((entry) => entry.inputs.id === id)?.outputs([{ step, output }], cache)) ?? [];
  if (found === undefined || 'failure' in found) {
    throw new RadloomError({ code: 'no-output', what: found?.failure.message ?? `There is no case ${id}.`, where: { case: id, step } });
  }
  const { digest } = found.stored;
  const bytes = (await cache.readRecord(found.record))?.inline(digest) ?? (await cache.readBlob(digest));
  if (bytes === undefined) throw cacheLost(digest, found.record);
  return decodePort(planned.template.byId.get(step)!.outputs[output].type, bytes);
}
