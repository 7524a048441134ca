/** Mean squared distance of probability and outcome. */
export function brierScore(outcome: ArrayLike<number>, probability: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < outcome.length; i++) sum += (probability[i] - outcome[i]) ** 2;
  return sum / outcome.length;
}

/** 1 − Brier / Brier of always predicting the prevalence: 0 for a useless model, 1 for a perfect one. NaN with one class. */
export function scaledBrierScore(outcome: ArrayLike<number>, probability: ArrayLike<number>): number {
  let events = 0;
  for (let i = 0; i < outcome.length; i++) events += outcome[i];
  const prevalence = events / outcome.length;
  return prevalence === 0 || prevalence === 1 ? NaN : 1 - brierScore(outcome, probability) / (prevalence * (1 - prevalence));
}

/** Mean negative log likelihood; probabilities are kept 2⁻⁵² away from 0 and 1, so that one certain error does not make it infinite. */
export function logLoss(outcome: ArrayLike<number>, probability: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < outcome.length; i++) {
    const p = Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, probability[i]));
    sum -= outcome[i] === 1 ? Math.log(p) : Math.log1p(-p);
  }
  return sum / outcome.length;
}
