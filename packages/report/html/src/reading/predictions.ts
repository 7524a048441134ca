import type { Predictions } from '@radloom/core';
import { isTainted, place, type StudyResults } from './results.js';

/** What one model predicted for the rows of one role. */
export interface PredictionSet {
  readonly model: string;
  readonly place: string;
  readonly predictions: Predictions;
  readonly tainted: boolean;
}

/** What one model predicted for the rows of one role, those of all folds together. */
export interface PooledSet {
  readonly model: string;
  readonly role: Predictions['role'];
  readonly rows: number;
  /** Per row 1 event, 0 none. */
  readonly outcome: readonly number[];
  readonly probability: readonly number[];
  /** Undefined where folds have thresholds of their own. */
  readonly threshold?: number;
  readonly tainted: boolean;
}

export function pooledSets(results: StudyResults): PooledSet[] {
  const groups = new Map<string, PredictionSet[]>();
  for (const set of predictionSets(results)) {
    const key = `${set.predictions.role} ${set.model}`;
    groups.set(key, [...(groups.get(key) ?? []), set]);
  }
  return [...groups.values()].map((folds): PooledSet => {
    const [{ model, predictions: first }] = folds;
    const thresholds = new Set(folds.map(({ predictions }) => predictions.threshold));
    return {
      model,
      role: first.role,
      rows: folds.reduce((sum, { predictions }) => sum + predictions.rows.length, 0),
      outcome: folds.flatMap(({ predictions }) => [...predictions.outcome]),
      probability: folds.flatMap(({ predictions }) => [...predictions.probability]),
      tainted: folds.some(({ tainted }) => tainted),
      ...(thresholds.size === 1 ? { threshold: first.threshold } : {}),
    };
  });
}

export function predictionSets({ study, predictions }: StudyResults): PredictionSet[] {
  return predictions.flatMap((gathered) => {
    const { at, value } = gathered;
    return value === undefined ? [] : [{ model: value.model, place: place(at), predictions: value, tainted: isTainted(study, gathered, value.model) }];
  });
}
