import { decodePort, digestBytes, type Digest, digestOf, encodePort, type Failure, isRadloomError, type PortValue, RadloomError } from '@radloom/core';
import { type CaseInputs, CasePlan, type CaseSlice, makeCaseSlice } from './case-plan.js';
import { CohortRun, type CohortNode } from './cohort.js';
import type { RunEvent } from './events.js';
import type { Executor, InputFiles } from './executor.js';
import { type Numerics, planIdentity } from './keys.js';
import { inParallel } from './parallel.js';
import { cacheLost, raiseLost } from './lost.js';
import type { Registry } from './registry.js';
import type { Cache } from './store.js';
import { makeTemplate, type Template } from './template.js';
import type { Workflow } from './workflow.js';

export interface RunOptions {
  readonly workflow: Workflow;
  readonly registry: Registry;
  readonly cache: Cache;
  readonly files: InputFiles;
  readonly numerics: Numerics;
  /** Tries again what failed before. */
  readonly retryFailed?: boolean;
  readonly onEvent?: (event: RunEvent) => void;
  readonly signal?: AbortSignal;
}

/** A workflow planned against a cache: cases are known node by node, cohort steps as far as their inputs are. */
export interface Plan {
  readonly template: Template;
  readonly planId: Digest;
  readonly slice: CaseSlice;
  readonly cases: readonly CasePlan[];
  /** Steps that repeat a publication by learning from rows they should not see, and all that follow. */
  readonly tainted: readonly string[];
  /** Values of the study's sources, with the report's facts filled in. */
  readonly values: CaseSlice['values'];
}

/** Each attempt puts one damaged entry aside, so attempts end; a store that loses entries as fast as they are written does not. */
const attemptLimit = 10_000;

/** Files identified and records read at once. */
const window = 32;

export async function plan(options: RunOptions): Promise<Plan> {
  const { workflow, registry, cache, numerics } = options;
  const template = makeTemplate(workflow, registry);
  const early = encodeValues(workflow, (found) => (found.kind === 'value' ? found.value : undefined));
  const slice = makeCaseSlice(template, numerics, early);
  const ids = workflow.dimensions.case ?? [];
  const inputs = await mapWindow(ids, (id) => identifyCase(id, workflow, options.files));
  const planId = planIdentity(template, numerics, inputs.map((entry) => [entry.id, entry.digest]), [...early].map(([name, { digest }]) => [name, digest]));
  const tainted = template.steps.filter((step) => step.tainted).map((step) => step.step.id);
  const dataDigest = digestOf([inputs.map((entry) => [entry.id, entry.digest]), [...early].map(([name, { digest }]) => [name, digest])]);
  const facts = encodeValues(workflow, (found) => (found.kind === 'facts' ? found.value({ planId, dataDigest, tainted }) : undefined));
  const cases = await mapWindow(inputs, async (entry) => new CasePlan(slice, entry, await cache.readRecord(entry.digest), { retryFailed: options.retryFailed === true }));
  return { template, planId, slice, cases, tainted, values: new Map([...early, ...facts]) };
}

function encodeValues(workflow: Workflow, pick: (found: Workflow['sources'][string]) => PortValue | undefined): Map<string, { type: { from: 'value'; type: PortValue['type']; bytes: Uint8Array }; digest: Digest }> {
  const values = new Map<string, { type: { from: 'value'; type: PortValue['type']; bytes: Uint8Array }; digest: Digest }>();
  for (const [name, found] of Object.entries(workflow.sources)) {
    const value = pick(found);
    if (value === undefined) continue;
    const bytes = encodePort(value.type, value);
    values.set(name, { type: { from: 'value', type: value.type, bytes }, digest: digestBytes(bytes) });
  }
  return values;
}

async function identifyCase(id: string, workflow: Workflow, files: InputFiles): Promise<CaseInputs> {
  const sources: Record<string, CaseInputs['sources'][string]> = {};
  for (const [name, found] of Object.entries(workflow.sources)) {
    if (found.kind !== 'files') continue;
    const entry = found.cases[id];
    if (entry === undefined) sources[name] = { failure: { code: 'input-missing', message: `The case has no ${name}.`, step: name } };
    else if ('failure' in entry) sources[name] = { failure: { step: name, ...entry.failure } };
    else {
      try {
        const identified = await Promise.all(entry.files.map((file) => files.identify(file)));
        // The ending decides which reader is meant; the rest of a name, and its folder, decide nothing.
        sources[name] = { digest: digestOf(entry.files.map((file, i) => [ending(file.name), identified[i].digest])), size: identified.reduce((sum, { size }) => sum + size, 0), files: entry.files };
      } catch (error) {
        sources[name] = { failure: { code: 'input-unreadable', message: error instanceof RadloomError ? error.what : `A file of ${name} cannot be read.`, step: name } };
      }
    }
  }
  return { id, sources, digest: digestOf(Object.entries(sources).map(([name, entry]) => [name, 'failure' in entry ? entry.failure.code : entry.digest])) };
}

function ending(name: string): string {
  const at = name.indexOf('.');
  return at < 0 ? '' : name.slice(at).toLowerCase();
}

async function mapWindow<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += window) results.push(...(await Promise.all(items.slice(start, start + window).map(work))));
  return results;
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
  const todo = planned.cases.filter((entry) => !entry.complete);
  const nodesToDo = todo.reduce((sum, entry) => sum + entry.states.filter((state) => state === 'execute' || state === 'rematerialise').length, 0);
  onEvent({ type: 'planned', planId: planned.planId, cases: planned.cases.length, casesToDo: todo.length, nodesToDo, records: planned.cases.map((entry) => entry.inputs.digest) });
  for (const entry of planned.cases) {
    for (const state of entry.states) {
      if (state === 'cached') counts.cached++;
      else if (state === 'failed') counts.failed++;
      else if (state === 'skipped') counts.skipped++;
    }
  }
  let done = 0;
  await inParallel(todo, executor.concurrency, signal, async (entry) => {
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
    done++;
    onEvent({ type: 'unit-finished', unit: unit.id, done, total: todo.length });
  });
  const cohort = new CohortRun(planned, options, executor, counts, onEvent, signal);
  await cohort.run();
  const failedCases = new Map<string, ReadonlyMap<string, Failure>>();
  for (const entry of planned.cases) {
    const failures = entry.failures();
    if (failures.size > 0) failedCases.set(entry.inputs.id, failures);
  }
  return { planId: planned.planId, counts, failedCases, cohort: cohort.nodes, caseWork, plan: planned, caseOutput: (id, step, output) => caseValue(planned, cache, id, step, output), output: (step, output, at = {}) => cohort.value(step, output, at) };
}

async function caseValue(planned: Plan, cache: Cache, id: string, step: string, output: string): Promise<PortValue> {
  const found = planned.cases.find((entry) => entry.inputs.id === id)?.output(step, output);
  if (found === undefined || 'failure' in found) {
    throw new RadloomError({ code: 'no-output', what: found?.failure.message ?? `There is no case ${id}.`, where: { case: id, step } });
  }
  const { digest } = found.stored;
  const bytes = (await cache.readRecord(found.record))?.inline(digest) ?? (await cache.readBlob(digest));
  if (bytes === undefined) throw cacheLost(digest, found.record);
  return decodePort(planned.template.byId.get(step)!.outputs[output].type, bytes);
}
