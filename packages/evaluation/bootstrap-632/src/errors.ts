import type { Predictions } from '@radloom/core';
import { auc } from '@radloom/statistics';
import type { Errors } from './weigh.js';

/** Predictions of one model: of all rows by the fit on all rows, and of the rows outside each sample. */
export interface Samples {
  readonly apparent: Predictions;
  readonly outside: readonly Predictions[];
}

/** Loss of one row from its outcome, probability and threshold. */
type Loss = (outcome: number, probability: number, threshold: number) => number;

const losses: Readonly<Record<'brier' | 'error', Loss>> = {
  brier: (outcome, probability) => (probability - outcome) ** 2,
  error: (outcome, probability, threshold) => ((probability >= threshold ? 1 : 0) === outcome ? 0 : 1),
};

/**
 * A loss of rows: apparent its mean; outside the leave-one-out bootstrap, the mean over rows of the mean over the samples that the row
 * was outside of; without information its mean over all pairs of an outcome and a prediction.
 */
export function lossErrors({ apparent, outside }: Samples, name: keyof typeof losses): Errors {
  const loss = losses[name];
  const rows = apparent.outcome.length;
  let [own, any] = [0, 0];
  for (let i = 0; i < rows; i++) {
    own += loss(apparent.outcome[i], apparent.probability[i], apparent.threshold);
    for (let j = 0; j < rows; j++) any += loss(apparent.outcome[i], apparent.probability[j], apparent.threshold);
  }
  const sums = new Map<string, { sum: number; count: number }>();
  for (const { rows: ids, outcome, probability, threshold } of outside) {
    ids.forEach((id, i) => {
      const known = sums.get(id) ?? { sum: 0, count: 0 };
      sums.set(id, { sum: known.sum + loss(outcome[i], probability[i], threshold), count: known.count + 1 });
    });
  }
  const means = [...sums.values()].map(({ sum, count }) => sum / count);
  return { apparent: own / rows, outside: means.reduce((sum, value) => sum + value, 0) / means.length, noInformation: any / rows ** 2 };
}

/** 1 - AUC: outside the mean over samples that leave out rows of both classes; one half without information. */
export function areaErrors({ apparent, outside }: Samples): Errors & { readonly areas: readonly number[] } {
  const areas = outside.filter(({ outcome }) => outcome.includes(0) && outcome.includes(1)).map(({ outcome, probability }) => auc(outcome, probability));
  return { areas, apparent: 1 - auc(apparent.outcome, apparent.probability), outside: 1 - areas.reduce((sum, value) => sum + value, 0) / areas.length, noInformation: 0.5 };
}
