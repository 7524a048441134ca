import type { Metric } from '@radloom/core';
import { evaluated } from './evaluated.js';
import { number, numberList, record, text } from './plain.js';
import type { Role } from './performance.js';
import type { StudyResults } from './results.js';

/** Where the values of a feature lie in the training rows. */
export interface Spread {
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

/** The features that models were given in one fold, as the evaluation of the selection describes them. */
export interface ChosenFeatures {
  readonly place: string;
  /** Number of folds, of which this is the first. */
  readonly folds: number;
  readonly features: readonly string[];
  /** Row by row; NaN for a constant feature. */
  readonly correlation?: readonly number[];
  readonly method?: string;
  readonly spread: ReadonlyMap<string, Spread>;
}

export interface ScoredSet {
  readonly role: Role;
  readonly place: string;
  readonly value: readonly number[];
  readonly event: readonly boolean[];
  readonly auc?: Metric;
}

/** The first fold's features; undefined where the study did not evaluate its selection. */
export function chosenFeatures(results: StudyResults): ChosenFeatures | undefined {
  const found = evaluated(results, 'selection');
  const folds = new Set(found.map(({ place }) => place)).size;
  for (const { role, place, detail } of found) {
    if (role !== 'training' || !Array.isArray(detail.features)) continue;
    const features = detail.features.flatMap((name) => text(name) ?? []);
    const correlation = numberList(record(detail.correlation)?.matrix);
    const spreads = Array.isArray(detail.spread) ? detail.spread.map(record) : [];
    const spread = features.flatMap((feature, i) => {
      const [low, median, high] = ['low', 'median', 'high'].map((name) => number(spreads[i]?.[name]));
      return low === undefined || median === undefined || high === undefined || Number.isNaN(low + high) ? [] : [[feature, { low, median, high }] as const];
    });
    return { place, folds, features, ...(correlation?.length === features.length ** 2 ? { correlation } : {}), method: text(record(detail.correlation)?.method), spread: new Map(spread) };
  }
  return undefined;
}

/** The lasso's score of each row, by set, of the first fold. */
export function scoredSets(results: StudyResults): ScoredSet[] {
  const place = chosenFeatures(results)?.place;
  return evaluated(results, 'selection').flatMap((entry) => {
    const score = record(entry.detail.score);
    const value = numberList(score?.value);
    const outcome = numberList(score?.outcome);
    if (entry.place !== place || value === undefined || outcome?.length !== value.length) return [];
    return [{ role: entry.role, place: entry.place, value, event: outcome.map((y) => y === 1), auc: entry.metrics.get('scoreAuc') }];
  });
}

/** `Fold r1f1 is shown, one of 10.`; nothing where there is one. */
export function foldNote({ place, folds }: Pick<ChosenFeatures, 'place' | 'folds'>, oneOf: (place: string, all: number) => string): string[] {
  return folds > 1 ? [oneOf(place, folds)] : [];
}

/** How often each feature is chosen over folds, most often first. */
export interface SelectionFrequency {
  readonly folds: number;
  readonly candidates: number;
  readonly features: readonly { readonly feature: string; readonly count: number }[];
  /** Nogueira's. */
  readonly stability?: Metric;
}

export function selectionFrequency(results: StudyResults): SelectionFrequency | undefined {
  // Of one split there is but one selection; nested folds say how it varies.
  const [entry] = [...evaluated(results, 'selection-stability'), ...evaluated({ ...results, metrics: results.nested }, 'selection-stability')];
  if (entry === undefined || !Array.isArray(entry.detail.frequency)) return undefined;
  const features = entry.detail.frequency.flatMap((found) => {
    const [feature, count] = [text(record(found)?.feature), number(record(found)?.count)];
    return feature === undefined || count === undefined ? [] : [{ feature, count }];
  });
  return { folds: entry.rows, candidates: number(entry.detail.candidates) ?? 0, features, stability: entry.metrics.get('stability') };
}
