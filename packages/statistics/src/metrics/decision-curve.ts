/** Net benefit over threshold probabilities; entry i of each array belongs to threshold i. */
export interface DecisionCurve {
  readonly thresholds: Float64Array;
  /** True positives less false positives weighted by the odds of the threshold, per row (Vickers & Elkin 2006). */
  readonly netBenefit: Float64Array;
  /** Of treating everyone; of treating no one it is 0. */
  readonly treatAll: Float64Array;
  /** Interventions avoided per row, beyond treating everyone. */
  readonly interventionsAvoided: Float64Array;
}

/** Net benefit of calling positive the rows with probability ≥ threshold; TP/n − FP/n · t/(1 − t). */
export function netBenefit(outcome: ArrayLike<number>, probability: ArrayLike<number>, threshold: number): number {
  let hits = 0;
  let alarms = 0;
  for (let i = 0; i < outcome.length; i++) {
    if (!(probability[i] >= threshold)) continue;
    if (outcome[i] === 1) hits++;
    else alarms++;
  }
  return hits / outcome.length - (alarms / outcome.length) * (threshold / (1 - threshold));
}

/** 0.01 to 0.99 as R's seq makes them: 0.15 comes out as 0.01 + 14 × 0.01, just above a probability of 0.15, which then is not positive. */
const everyPercent = Array.from({ length: 99 }, (_, i) => 0.01 + i * 0.01);

/**
 * A decision curve.
 *
 * @param thresholds strictly between 0 and 1
 */
export function decisionCurve(outcome: ArrayLike<number>, probability: ArrayLike<number>, thresholds: ArrayLike<number> = everyPercent): DecisionCurve {
  let events = 0;
  for (let i = 0; i < outcome.length; i++) events += outcome[i];
  const prevalence = events / outcome.length;
  const at = Float64Array.from(thresholds);
  const benefit = at.map((t) => netBenefit(outcome, probability, t));
  const treatAll = at.map((t) => prevalence - (1 - prevalence) * (t / (1 - t)));
  return { thresholds: at, netBenefit: benefit, treatAll, interventionsAvoided: at.map((t, i) => (benefit[i] - treatAll[i]) / (t / (1 - t))) };
}
