import type { Predictions } from '@radloom/core';
import type { Settings } from './take.js';

/** The same predictions of `clinical svm` instead of `svm`, so that models of several sets stand side by side. */
export function label({ predictions }: { readonly predictions: Predictions }, { set }: Settings): { predictions: Predictions } {
  return { predictions: set === '' ? predictions : { ...predictions, model: `${set} ${predictions.model}` } };
}
