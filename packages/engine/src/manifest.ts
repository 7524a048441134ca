import type { Digest, Failure } from '@radloom/core';
import { type Numerics, staticKey } from './keys.js';
import type { RunCounts, RunResult } from './run.js';
import type { Plan } from './plan.js';

/** What a step was made of: the parts of its key that do not come through its inputs. */
export interface StepFacts {
  readonly id: string;
  readonly plugin: string;
  readonly operation: string;
  readonly implementation: Digest;
  readonly params: unknown;
  readonly seed: readonly number[];
  /** Steps and sources that it takes from. */
  readonly from: readonly string[];
  readonly dimensions: readonly string[];
}

/** The record of one run, kept beside the cache: what it planned, what it did, what came out. The only place where times and a run's own id stand. */
export interface RunManifest {
  readonly format: 1;
  readonly runId: string;
  readonly planId: Digest;
  /** The study's title. */
  readonly study: string;
  readonly started: string;
  readonly seconds: number;
  readonly status: 'finished' | 'finished with failed cases' | 'failed' | 'stopped';
  readonly numerics: Numerics;
  readonly versions: Readonly<Record<string, string>>;
  /** Bytes, the largest seen. */
  readonly peakMemory: number;
  /** Where the rows are divided once: those kept apart, by the digest of their ids; what predicted them; how many such analyses they were opened for by then. */
  readonly testSet?: { readonly rows: Digest; readonly count: number; readonly analysis: Digest; readonly openings: number };
  readonly counts: RunCounts;
  readonly steps: readonly StepFacts[];
  /** Modules behind each plugin, by plugin id. */
  readonly modules: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly cases: readonly {
    readonly id: string;
    /** Name of the case's record. */
    readonly inputs: Digest;
    readonly sources: Readonly<Record<string, string>>;
    readonly executed?: readonly string[];
    readonly rematerialised?: readonly string[];
    readonly milliseconds?: number;
    readonly failures?: Readonly<Record<string, Failure>>;
  }[];
  readonly cohort: readonly {
    readonly step: string;
    readonly at: Readonly<Record<string, string>>;
    readonly key?: Digest;
    readonly state: string;
    readonly outputs: Readonly<Record<string, Digest>>;
    readonly milliseconds: number;
    readonly failure?: Failure;
  }[];
  /** Name of what planning remembers of the cases. */
  readonly slice?: Digest;
  /** Digests of the study's own values, by source. */
  readonly values: Readonly<Record<string, Digest>>;
}

export interface ManifestFacts {
  readonly runId: string;
  readonly study: string;
  readonly started: string;
  readonly seconds: number;
  readonly peakMemory: number;
  readonly testSet?: RunManifest['testSet'];
}

export function makeManifest(result: RunResult, numerics: Numerics, facts: ManifestFacts): RunManifest {
  const { plan } = result;
  return {
    format: 1,
    ...facts,
    planId: plan.planId,
    status: result.failedCases.size > 0 ? 'finished with failed cases' : result.cohort.some((node) => node.state === 'failed') ? 'failed' : 'finished',
    numerics,
    versions: Object.fromEntries(plan.template.steps.map(({ entry }) => [entry.packageName, entry.version])),
    counts: result.counts,
    steps: stepFacts(plan, numerics),
    modules: Object.fromEntries(plan.template.steps.filter(({ entry }) => entry.modules !== undefined).map(({ step, entry }) => [step.plugin, Object.fromEntries(entry.modules!)])),
    cases: plan.cases.map(({ inputs }) => ({
      id: inputs.id,
      inputs: inputs.digest,
      sources: sourcesOf(inputs.sources),
      ...result.caseWork.get(inputs.id),
      ...(result.failedCases.has(inputs.id) ? { failures: Object.fromEntries(result.failedCases.get(inputs.id)!) } : {}),
    })),
    cohort: result.cohort.map(({ step, at, key, state, outputs, milliseconds, failure }) => ({
      step: step.step.id,
      at,
      state,
      milliseconds,
      outputs: Object.fromEntries(Object.entries(outputs).map(([name, stored]) => [name, stored.digest])),
      ...(key === undefined ? {} : { key }),
      ...(failure === undefined ? {} : { failure }),
    })),
    slice: plan.slice.digest,
    values: valuesOf(plan),
  };
}

/** What each step of a plan is made of. */
export function stepFacts(plan: Plan, numerics: Numerics): StepFacts[] {
  return plan.template.steps.map((step) => ({
    id: step.step.id,
    plugin: step.step.plugin,
    operation: step.step.operation,
    implementation: step.entry.implementation,
    params: step.params,
    seed: staticKey(plan.template, step, {}, numerics).seed,
    from: [...new Set(step.inputs.flatMap(({ refs }) => refs.map((ref) => ref.step ?? `source ${ref.source}`)))],
    dimensions: step.dimensions,
  }));
}

export function sourcesOf(sources: Plan['cases'][number]['inputs']['sources']): Record<string, string> {
  return Object.fromEntries(Object.entries(sources).map(([name, found]) => [name, 'failure' in found ? `failed: ${found.failure.code}` : found.digest]));
}

/** The study's values, without what is said of the plan itself. */
export function valuesOf(plan: Plan): Record<string, Digest> {
  return Object.fromEntries([...plan.slice.values].map(([name, { digest }]) => [name, digest]));
}
