import type { PenalisedFamily } from './options.js';

/** What cross-validation measures: `auc` and `C` are better when larger, the others when smaller. */
export type CrossValidationLoss = 'deviance' | 'mse' | 'mae' | 'class' | 'auc' | 'C';

/** Losses each family has; the first is its default. */
export const LOSSES: Record<PenalisedFamily, readonly CrossValidationLoss[]> = {
  gaussian: ['mse', 'deviance', 'mae'],
  binomial: ['deviance', 'auc', 'class', 'mse', 'mae'],
  multinomial: ['deviance', 'class', 'mse', 'mae'],
  cox: ['deviance', 'C'],
};

/** Probabilities are kept this far from 0 and 1 before their logarithm is taken. */
const LEAST = 1e-5;

const logOf = (p: number) => Math.log(Math.min(1 - LEAST, Math.max(LEAST, p)));

type RowLoss = (prediction: readonly Float64Array[], row: number, y: number) => number;

const gaussian: Partial<Record<CrossValidationLoss, RowLoss>> = {
  mse: ([mean], i, y) => (y - mean[i]) ** 2,
  deviance: ([mean], i, y) => (y - mean[i]) ** 2,
  mae: ([mean], i, y) => Math.abs(y - mean[i]),
};

/** Squared and absolute errors are summed over the two classes, so twice those of the event alone. */
const binomial: Partial<Record<CrossValidationLoss, RowLoss>> = {
  deviance: ([p], i, y) => -2 * (y === 1 ? logOf(p[i]) : logOf(1 - p[i])),
  mse: ([p], i, y) => 2 * (y - p[i]) ** 2,
  mae: ([p], i, y) => 2 * Math.abs(y - p[i]),
  class: ([p], i, y) => (y === 1 ? Number(p[i] <= 0.5) : Number(p[i] > 0.5)),
};

const multinomial: Partial<Record<CrossValidationLoss, RowLoss>> = {
  deviance: (p, i, y) => -2 * logOf(p[y][i]),
  mse: (p, i, y) => p.reduce((sum, values, k) => sum + (Number(k === y) - values[i]) ** 2, 0),
  mae: (p, i, y) => p.reduce((sum, values, k) => sum + Math.abs(Number(k === y) - values[i]), 0),
  class: (p, i, y) => Number(p.some((values, k) => (k < y ? values[i] >= p[y][i] : values[i] > p[y][i]))),
};

const ROW_LOSSES: Record<PenalisedFamily, Partial<Record<CrossValidationLoss, RowLoss>>> = { gaussian, binomial, multinomial, cox: {} };

/** Loss of one row from its predicted means; undefined where a loss belongs to a whole fold. */
export function rowLoss(family: PenalisedFamily, loss: CrossValidationLoss): RowLoss | undefined {
  return ROW_LOSSES[family][loss];
}

/** False for losses of whole folds: `auc`, `C`, and the deviance of cox. */
export function isRowLoss(family: PenalisedFamily, loss: CrossValidationLoss): boolean {
  return loss in ROW_LOSSES[family];
}

export const LARGER_IS_BETTER: ReadonlySet<CrossValidationLoss> = new Set(['auc', 'C']);

