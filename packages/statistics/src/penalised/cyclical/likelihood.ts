import { partialLogLikelihood, riskSets, saturatedLogLikelihood } from '../losses/cox.js';

/** A loss as glmnet's descent sees it. */
export interface Likelihood {
  readonly nullIntercept: number;
  /** Loss without columns, above that of a perfect fit. */
  readonly nullLoss: number;
  /** With no more curvature than this the rows are told apart with certainty, and a path ends. */
  readonly certain: number;
  /** Fills `residual` (minus the slope per row) and `curvature` (diagonal of the second derivatives) at `eta`; the sum of the curvature. */
  approximate(eta: Float64Array, residual: Float64Array, curvature: Float64Array): number;
  /** Loss at the last approximation, above that of a perfect fit. */
  loss(): number;
}

/** Probabilities nearer than this to 0 and 1 count as 0 and 1. */
export const LEAST = 1e-9;
const LARGEST_ODDS = Math.log(1 / LEAST - 1);

/** Binomial: y is 1 for the event, 0 for none; weights add up to 1. */
export function binomialLikelihood(y: Float64Array, weights: Float64Array, intercept: boolean): Likelihood {
  const share = y.reduce((sum, value, i) => sum + weights[i] * value, 0);
  const start = intercept ? share : 0.5;
  const probability = new Float64Array(y.length);
  return {
    nullIntercept: intercept ? Math.log(share / (1 - share)) : 0,
    nullLoss: -(share * Math.log(start) + (1 - share) * Math.log(1 - start)),
    certain: (1 + LEAST) * LEAST * (1 - LEAST),
    approximate(eta, residual, curvature) {
      let total = 0;
      for (let i = 0; i < y.length; i++) {
        const p = eta[i] < -LARGEST_ODDS ? 0 : eta[i] > LARGEST_ODDS ? 1 : 1 / (1 + Math.exp(-eta[i]));
        probability[i] = p;
        curvature[i] = weights[i] * p * (1 - p);
        residual[i] = weights[i] * (y[i] - p);
        total += curvature[i];
      }
      return total;
    },
    loss() {
      let loss = 0;
      for (let i = 0; i < y.length; i++) {
        const p = Math.min(1 - LEAST, Math.max(LEAST, probability[i]));
        loss -= weights[i] * Math.log(y[i] === 1 ? p : 1 - p);
      }
      return loss;
    },
  };
}

/** Cox with Breslow's rule for ties; of the second derivatives only the diagonal is used, as glmnet does. */
export function coxLikelihood(time: Float64Array, status: Float64Array, weights: Float64Array): Likelihood {
  const n = time.length;
  const sets = riskSets(time, status, weights);
  const { order, first, until, deaths } = sets;
  const saturated = saturatedLogLikelihood(sets);
  const present = new Float64Array(n);
  const hazard = new Float64Array(n);
  const risk = new Float64Array(first.length);
  return {
    nullIntercept: 0,
    nullLoss: saturated - partialLogLikelihood(sets, status, weights, present),
    certain: -1,
    approximate(eta, residual, curvature) {
      present.set(eta);
      let at = 0;
      let k = first.length - 1;
      for (let place = n - 1; place >= 0; place--) {
        const row = order[place];
        hazard[row] = weights[row] * Math.exp(Math.min(700, Math.max(-700, eta[row])));
        at += hazard[row];
        if (k >= 0 && place === first[k]) risk[k--] = at;
      }
      residual.fill(0);
      curvature.fill(0);
      let rate = 0;
      let square = 0;
      let total = 0;
      for (let s = 0; s < first.length; s++) {
        rate += deaths[s] / risk[s];
        square += deaths[s] / risk[s] ** 2;
        for (let place = first[s]; place < until[s]; place++) {
          const row = order[place];
          curvature[row] = hazard[row] * (rate - hazard[row] * square);
          residual[row] = weights[row] * status[row] - hazard[row] * rate;
          total += curvature[row];
        }
      }
      return total;
    },
    loss: () => saturated - partialLogLikelihood(sets, status, weights, present),
  };
}
