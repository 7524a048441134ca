import type { Loss } from './loss.js';

/**
 * One class of a multinomial model with the other classes' predictors held fixed: Σ w [log(e^η + S) − y η], S = Σ over the others of
 * e^η. A binomial loss whose offset is −log S.
 *
 * @param member 1 for rows of the class
 * @param others log S per row; the caller keeps it up to date
 */
export function classLoss(member: Float64Array, weights: Float64Array, others: Float64Array, nullIntercept: number): Loss {
  const n = member.length;
  return {
    constantCurvature: false,
    nullIntercept,
    nullLoss: NaN,
    saturatedLoss: 0,
    evaluate(eta, residual, curvature) {
      let loss = 0;
      for (let i = 0; i < n; i++) {
        const value = eta[i] - others[i];
        const small = Math.exp(value < 0 ? value : -value);
        const share = 1 / (1 + small);
        const w = weights[i];
        residual[i] = w * (member[i] - (value < 0 ? small * share : share));
        curvature[i] = w * small * share * share;
        loss += w * ((value > 0 ? value : 0) + Math.log(1 + small) - member[i] * value + (1 - member[i]) * others[i]);
      }
      return loss;
    },
  };
}
