import { digestOf } from '@radloom/core';
import type { Numerics } from './keys.js';
import { type RunManifest, sourcesOf, type StepFacts, stepFacts, valuesOf } from './manifest.js';
import type { Plan } from './plan.js';

/** Why a step would run: what changed in it since the last run, and what follows from it. */
export interface Explanation {
  readonly step: string;
  /** How many of its nodes would run, at most. */
  readonly nodes: number;
  readonly reasons: readonly Reason[];
  /** Steps that take from it, directly or not. */
  readonly below: readonly string[];
}

export interface Reason {
  readonly part: 'new step' | 'input' | 'parameter' | 'code' | 'seed' | 'runtime' | 'earlier step' | 'not in the cache';
  readonly text: string;
}

/**
 * What changed since the last run, step by step, for the steps that would run.
 *
 * @param nodes how many nodes of each step would run
 */
export function explain(plan: Plan, numerics: Numerics, last: RunManifest | undefined, nodes: ReadonlyMap<string, number>): Explanation[] {
  const facts = stepFacts(plan, numerics);
  const before = new Map(last?.steps.map((step) => [step.id, step]));
  const changed = new Set<string>();
  const found: Explanation[] = [];
  for (const step of facts) {
    const count = nodes.get(step.id) ?? 0;
    const reasons = last === undefined ? [{ part: 'not in the cache' as const, text: 'no earlier run of this study is known' }] : reasonsOf(step, before.get(step.id), plan, last, numerics);
    const inherited = step.from.filter((name) => changed.has(name));
    if (reasons.length > 0 || inherited.length > 0) changed.add(step.id);
    if (count === 0) continue;
    const all = [...reasons, ...inherited.map((name): Reason => ({ part: 'earlier step', text: `${name} would run` }))];
    found.push({ step: step.id, nodes: count, reasons: all.length > 0 ? all : [{ part: 'not in the cache', text: 'nothing changed, but the cache does not hold it' }], below: stepsBelow(step.id, facts) });
  }
  return found;
}

function reasonsOf(step: StepFacts, old: StepFacts | undefined, plan: Plan, last: RunManifest, numerics: Numerics): Reason[] {
  if (old === undefined) return [{ part: 'new step', text: 'not part of the last run' }];
  const reasons: Reason[] = [];
  if (old.plugin !== step.plugin || old.operation !== step.operation) reasons.push({ part: 'code', text: `was ${old.plugin} ${old.operation}, is ${step.plugin} ${step.operation}` });
  else if (old.implementation !== step.implementation) reasons.push({ part: 'code', text: codeChange(step, plan, last) });
  for (const text of differences(old.params, step.params)) reasons.push({ part: 'parameter', text });
  if (old.seed.join() !== step.seed.join()) reasons.push({ part: 'seed', text: 'the study seed changed' });
  if (last.numerics.runtime !== numerics.runtime) reasons.push({ part: 'runtime', text: `was ${last.numerics.runtime}, is ${numerics.runtime}` });
  for (const text of inputChanges(step, old, plan, last)) reasons.push({ part: 'input', text });
  return reasons;
}

/** The modules that differ, by name. */
function codeChange(step: StepFacts, plan: Plan, last: RunManifest): string {
  const now = plan.template.byId.get(step.id)!.entry.modules;
  const old = last.modules[step.plugin];
  if (now === undefined || old === undefined) return 'the code of its package changed';
  const names = [...new Set([...now.keys(), ...Object.keys(old)])].filter((name) => now.get(name) !== old[name]).sort();
  return names.length > 4 ? `${names.slice(0, 4).join(', ')} and ${names.length - 4} more modules changed` : `${names.join(', ')} changed`;
}

/** Settings that differ, by path: `binWidth: 25 -> 10`. */
function differences(old: unknown, now: unknown, path = ''): string[] {
  if (digestOf(old ?? null) === digestOf(now ?? null)) return [];
  const plain = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
  if (plain(old) && plain(now)) {
    return [...new Set([...Object.keys(old), ...Object.keys(now)])].flatMap((key) => differences(old[key], now[key], path === '' ? key : `${path}.${key}`));
  }
  const short = (value: unknown): string => {
    const text = JSON.stringify(value) ?? 'absent';
    return text.length > 60 ? `${text.slice(0, 57)}…` : text;
  };
  return [`${path}: ${short(old)} -> ${short(now)}`];
}

function inputChanges(step: StepFacts, old: StepFacts, plan: Plan, last: RunManifest): string[] {
  const changes: string[] = [];
  const added = step.from.filter((name) => !old.from.includes(name));
  const removed = old.from.filter((name) => !step.from.includes(name));
  if (added.length > 0) changes.push(`now also takes from ${added.join(', ')}`);
  if (removed.length > 0) changes.push(`no longer takes from ${removed.join(', ')}`);
  const values = valuesOf(plan);
  for (const name of step.from) {
    if (!name.startsWith('source ')) continue;
    const source = name.slice('source '.length);
    if (values[source] !== undefined && values[source] !== last.values[source]) changes.push(`${source} changed`);
    const cases = new Map(last.cases.map((entry) => [entry.id, entry.sources[source]]));
    const touched = plan.cases.filter(({ inputs }) => inputs.sources[source] !== undefined && sourcesOf(inputs.sources)[source] !== cases.get(inputs.id));
    if (touched.length > 0) changes.push(`${source} of ${touched.length === 1 ? `case ${touched[0].inputs.id}` : `${touched.length} cases`} ${touched.some(({ inputs }) => cases.has(inputs.id)) ? 'changed' : 'new'}`);
  }
  if (plan.template.byId.get(step.id)!.inputs.some(({ refs }) => refs.some((ref) => ref.gather?.includes('case') === true))) {
    const now = plan.cases.map(({ inputs }) => inputs.id);
    const then = last.cases.map((entry) => entry.id);
    const came = now.filter((id) => !then.includes(id));
    const went = then.filter((id) => !now.includes(id));
    if (came.length > 0) changes.push(`cases added: ${came.slice(0, 5).join(', ')}${came.length > 5 ? ' …' : ''}`);
    if (went.length > 0) changes.push(`cases removed: ${went.slice(0, 5).join(', ')}${went.length > 5 ? ' …' : ''}`);
  }
  return changes;
}

function stepsBelow(id: string, facts: readonly StepFacts[]): string[] {
  const below = new Set([id]);
  for (const step of facts) if (step.from.some((name) => below.has(name))) below.add(step.id);
  below.delete(id);
  return [...below];
}
