import type { Loss } from './loss.js';

/** Σ w [log(1 + e^η) − y η]; y is 1 for the event, 0 for none. */
export function binomialLoss(y: Float64Array, weights: Float64Array, intercept: boolean): Loss {
  const n = y.length;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += weights[i] * y[i];
  const nullIntercept = intercept ? Math.log(mean / (1 - mean)) : 0;
  return {
    constantCurvature: false,
    nullIntercept,
    nullLoss: Math.log(1 + Math.exp(nullIntercept)) - mean * nullIntercept,
    saturatedLoss: 0,
    evaluate(eta, residual, curvature) {
      let loss = 0;
      for (let i = 0; i < n; i++) {
        const value = eta[i];
        const small = Math.exp(value < 0 ? value : -value); // e^-|η|: no overflow
        const share = 1 / (1 + small);
        const p = value < 0 ? small * share : share;
        const w = weights[i];
        residual[i] = w * (y[i] - p);
        curvature[i] = w * small * share * share;
        loss += w * ((value > 0 ? value : 0) + Math.log(1 + small) - y[i] * value);
      }
      return loss;
    },
  };
}
