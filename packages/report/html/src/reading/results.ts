import type { Gathered, Metrics, Model, Plain, Predictions, Table } from '@radloom/core';
import type { StudyFacts } from './facts.js';

/** Everything a study found, as the report's ports bring it; a list is empty when nothing is connected. */
export interface StudyResults {
  readonly study: StudyFacts;
  /** All rows, before any split, with the cases that failed. */
  readonly table?: Table;
  readonly models: readonly Gathered<Model>[];
  readonly choices: readonly Gathered<Plain>[];
  readonly predictions: readonly Gathered<Predictions>[];
  readonly metrics: readonly Gathered<Metrics>[];
  /** Discrimination where there was nothing to learn, by the control's name. */
  readonly controls: readonly Gathered<Metrics>[];
  /** Discrimination of the same analysis on folds of all cases. */
  readonly nested: readonly Gathered<Metrics>[];
  /** What each case looks like, by image and case. */
  readonly overviews: readonly Gathered<Plain>[];
  /** Facts and tables of other steps, known by their `family`. */
  readonly data: readonly Gathered<Plain>[];
}

/** True for what the study declares to have learned from rows outside its training set, or to depend on such a step. */
export function isTainted(study: StudyFacts, { step, name }: Pick<Gathered, 'step' | 'name'>, model = name): boolean {
  return [step, name, model].some((known) => study.tainted.includes(known));
}

/** Of what learned from rows outside its training set, the steps that did the learning, and how many there are with all that depend on them. */
export function taintedInShort({ tainted, steps }: StudyFacts): { readonly named: readonly string[]; readonly others: number } {
  const learned = steps.filter(({ id, plugin, operation }) => tainted.includes(id) && operation === 'fit' && /^(selector|transform)\//.test(plugin) && !/^(control|nested|tuning)\./.test(id)).map(({ id }) => id);
  const named = (learned.length > 0 ? learned : tainted).slice(0, 6);
  return { named, others: tainted.length - named.length };
}

/** The element of the dimensions that something belongs to, as text: `r1f3`; empty for the study as a whole. */
export function place(at: Gathered['at']): string {
  return Object.keys(at)
    .sort()
    .map((dimension) => at[dimension])
    .join(' ');
}
