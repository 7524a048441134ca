import { auc, type PooledPredictions, precisionRecallAreas, precisionRecallCurve, rocCurve } from '@radloom/statistics';
import { confusionOf, type Note } from './measures.js';

/** Curves, counts and folds behind the numbers, as plain data. */
export function detailOf(group: PooledPredictions, level: number, notes: readonly Note[]): Record<string, unknown> {
  const { truePositives: tp, falsePositives: fp, falseNegatives: fn, trueNegatives: tn } = confusionOf(group);
  const folds = foldsOf(group);
  const thresholds = [...new Set(group.threshold)];
  return {
    roc: rocPoints(group),
    precisionRecall: precisionRecallPoints(group),
    /** Different cases among the rows: fewer where folds come back to them. */
    cases: new Set(group.rows).size,
    confusion: { tp, fp, fn, tn },
    ...(thresholds.length === 1 ? { threshold: thresholds[0] } : {}),
    level,
    prAuc: { method: 'davis-goadrich', ...precisionRecall(group) },
    folds,
    aucOverFolds: meanAndSd(folds.map((fold) => fold.auc).filter((value) => !Number.isNaN(value))),
    notes: notes.map(({ code, text }) => ({ code, text })),
  };
}

/** True when both classes are there and every row has a probability. */
function twoClasses(outcome: Uint8Array, probability: Float64Array): boolean {
  return outcome.includes(0) && outcome.includes(1) && !probability.some((p) => Number.isNaN(p));
}

/** Points of the ROC curve from sensitivity 1 to 0; none with one class. */
function rocPoints({ outcome, probability }: PooledPredictions): { threshold: number; sensitivity: number; specificity: number }[] {
  if (!twoClasses(outcome, probability)) return [];
  const { thresholds, sensitivities, specificities } = rocCurve(outcome, probability);
  return Array.from(thresholds, (threshold, i) => ({ threshold, sensitivity: sensitivities[i], specificity: specificities[i] }));
}

/** Recall and precision from the highest threshold down; none with one class. */
function precisionRecallPoints({ outcome, probability }: PooledPredictions): { threshold: number; recall: number; precision: number }[] {
  if (!twoClasses(outcome, probability)) return [];
  const { thresholds, recall, precision } = precisionRecallCurve(outcome, probability);
  return Array.from(thresholds, (threshold, i) => ({ threshold, recall: recall[i], precision: precision[i] }));
}

function precisionRecall({ outcome, probability }: PooledPredictions): Record<string, number> {
  return twoClasses(outcome, probability) ? { ...precisionRecallAreas(outcome, probability) } : {};
}

/** Each fold's rows, events, threshold and AUC (NaN with one class). */
function foldsOf({ folds }: PooledPredictions) {
  return folds.map(({ name, predictions: { outcome, probability, threshold } }) => ({
    fold: name,
    rows: outcome.length,
    events: outcome.reduce((sum, value) => sum + value, 0),
    threshold,
    auc: twoClasses(outcome, probability) ? auc(outcome, probability) : NaN,
  }));
}

/** Mean and SD (n − 1) of the folds' AUC; SD is NaN for a single fold, both are for none. */
function meanAndSd(values: readonly number[]): { mean: number; sd: number; folds: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, sd: Math.sqrt(square / (values.length - 1)), folds: values.length };
}
