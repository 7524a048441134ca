import type { Predictions } from '@radloom/core';
import { isTainted, place, type StudyResults } from './results.js';

/** What one model predicted for the rows of one role. */
export interface PredictionSet {
  readonly model: string;
  readonly place: string;
  readonly predictions: Predictions;
  readonly tainted: boolean;
}

export function predictionSets({ study, predictions }: StudyResults): PredictionSet[] {
  return predictions.flatMap((gathered) => {
    const { at, value } = gathered;
    return value === undefined ? [] : [{ model: value.model, place: place(at), predictions: value, tainted: isTainted(study, gathered, value.model) }];
  });
}
