import { RadloomError } from '@radloom/core';

/** Rows by outcome and call. */
export interface Confusion {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  readonly trueNegatives: number;
}

/**
 * Counts at a threshold: a row is called positive when its score is at least the threshold.
 *
 * @param outcome per row 1 (event) or 0
 * @throws `length-mismatch`, `score-missing`
 */
export function confusionAt(outcome: ArrayLike<number>, score: ArrayLike<number>, threshold: number): Confusion {
  if (outcome.length !== score.length) throw new RadloomError({ code: 'length-mismatch', what: `There are ${outcome.length} outcomes and ${score.length} scores.` });
  let [truePositives, falsePositives, falseNegatives, trueNegatives] = [0, 0, 0, 0];
  for (let i = 0; i < score.length; i++) {
    if (Number.isNaN(score[i])) throw new RadloomError({ code: 'score-missing', what: `Score ${i + 1} is not a number.`, data: { row: i } });
    const positive = score[i] >= threshold;
    if (outcome[i] === 1 && positive) truePositives++;
    else if (outcome[i] === 1) falseNegatives++;
    else if (positive) falsePositives++;
    else trueNegatives++;
  }
  return { truePositives, falsePositives, falseNegatives, trueNegatives };
}

/** Measures of a 2 × 2 table; NaN where a denominator is 0 (a ratio of likelihoods may be infinite). */
export interface ConfusionMeasures {
  readonly accuracy: number;
  readonly sensitivity: number;
  readonly specificity: number;
  /** Positive predictive value, precision. */
  readonly ppv: number;
  readonly npv: number;
  readonly f1: number;
  readonly balancedAccuracy: number;
  /** Matthews' correlation coefficient. */
  readonly mcc: number;
  /** Cohen's kappa of outcome and call. */
  readonly kappa: number;
  readonly youdenJ: number;
  /** Likelihood ratio of a positive call. */
  readonly lrPlus: number;
  readonly lrMinus: number;
  readonly diagnosticOddsRatio: number;
}

/** All measures of the counts. */
export function confusionMeasures({ truePositives: tp, falsePositives: fp, falseNegatives: fn, trueNegatives: tn }: Confusion): ConfusionMeasures {
  const n = tp + fp + fn + tn;
  const sensitivity = tp / (tp + fn);
  const specificity = tn / (tn + fp);
  const accuracy = (tp + tn) / n;
  const byChance = ((tp + fp) * (tp + fn) + (fn + tn) * (fp + tn)) / (n * n);
  const lrPlus = sensitivity / (1 - specificity);
  const lrMinus = (1 - sensitivity) / specificity;
  return {
    accuracy, sensitivity, specificity,
    ppv: tp / (tp + fp),
    npv: tn / (tn + fn),
    f1: (2 * tp) / (2 * tp + fp + fn),
    balancedAccuracy: (sensitivity + specificity) / 2,
    mcc: (tp * tn - fp * fn) / Math.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)),
    kappa: (accuracy - byChance) / (1 - byChance),
    youdenJ: sensitivity + specificity - 1,
    lrPlus, lrMinus,
    diagnosticOddsRatio: (tp * tn) / (fp * fn),
  };
}
