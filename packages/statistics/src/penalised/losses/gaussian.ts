import type { Loss } from './loss.js';

/** ½ Σ w (y − η)². The response is given centred (unless there is no intercept) and scaled, so the null intercept is 0. */
export function gaussianLoss(y: Float64Array, weights: Float64Array): Loss {
  const n = y.length;
  let nullLoss = 0;
  for (let i = 0; i < n; i++) nullLoss += 0.5 * weights[i] * y[i] * y[i];
  return {
    constantCurvature: true,
    nullIntercept: 0,
    nullLoss,
    saturatedLoss: 0,
    evaluate(eta, residual, curvature) {
      let loss = 0;
      for (let i = 0; i < n; i++) {
        const difference = y[i] - eta[i];
        residual[i] = weights[i] * difference;
        loss += 0.5 * residual[i] * difference;
        curvature[i] = weights[i];
      }
      return loss;
    },
  };
}
