import type { Failure, Gathered } from '@radloom/core';
import type { Bilingual } from '../language.js';
import { inChinese } from '../words/said.js';
import { place, type StudyResults } from './results.js';

/** Something that the study should have made and did not. */
export interface FailedStep {
  /** What is missing: `random-forest`. */
  readonly name: string;
  readonly place: string;
  /** The step in which it first happened. */
  readonly step: string;
  readonly failure: Failure;
}

/** Models, choices, predictions and metrics that did not come; what failed from one cause is listed once. */
export function failedSteps({ models, choices, predictions, metrics }: StudyResults): FailedStep[] {
  const found = new Map<string, FailedStep>();
  for (const { name, step, at, failure } of [...models, ...choices, ...predictions, ...metrics] as readonly Gathered[]) {
    if (failure === undefined) continue;
    const cause = failure.step ?? step;
    const key = JSON.stringify([cause, place(at), failure.code, failure.message]);
    if (!found.has(key)) found.set(key, { name, place: place(at), step: cause, failure });
  }
  return [...found.values()];
}

/** Ids of steps that gave nothing in any fold, and of those that this came from. */
export function failedEverywhere({ models, choices, predictions, metrics }: StudyResults): ReadonlySet<string> {
  const all = [...models, ...choices, ...predictions, ...metrics] as readonly Gathered[];
  const succeeded = new Set(all.flatMap(({ step, value }) => (value === undefined ? [] : [step])));
  return new Set(all.flatMap(({ step, failure }) => (failure === undefined ? [] : [step, failure.step ?? step])).filter((step) => !succeeded.has(step)));
}

/** Why there is nothing where these should be: the first failure among them, in its own words, or else what is said otherwise. */
export function whyMissing(gathered: readonly Gathered[], otherwise: Bilingual): Bilingual {
  const message = gathered.find((entry) => entry.failure !== undefined)?.failure?.message;
  return message === undefined ? otherwise : { en: message, zh: inChinese(message) };
}

/** Missing values of one feature for one reason. */
export interface UndefinedFeature {
  readonly feature: string;
  readonly count: number;
  readonly code: string;
  readonly text: string;
}

/** Features with undefined values, most frequent first, then in the table's order. */
export function undefinedFeatures({ table }: StudyResults): UndefinedFeature[] {
  const found = new Map<string, UndefinedFeature>();
  for (const [, feature, { code, text }] of table?.reasons ?? []) {
    const key = JSON.stringify([feature, code]);
    found.set(key, { feature, code, text, count: (found.get(key)?.count ?? 0) + 1 });
  }
  return [...found.values()].sort((a, b) => b.count - a.count);
}
