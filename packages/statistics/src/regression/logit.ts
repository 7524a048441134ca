/** 1/(1 + e^−η), kept inside (0, 1) for |η| > 30 as R's glm does. */
export function logistic(eta: number): number {
  const limit = eta < -30 ? Number.EPSILON : eta > 30 ? 1 / Number.EPSILON : Math.exp(eta);
  return limit / (1 + limit);
}

/** Derivative of the logistic function, never below the same limit. */
export function logisticSlope(eta: number): number {
  if (Math.abs(eta) > 30) return Number.EPSILON;
  const power = Math.exp(eta);
  return power / (1 + power) ** 2;
}

/** log(p / (1 − p)). */
export const logit = (p: number): number => Math.log(p / (1 - p));

/** Deviance of one 0/1 observation (or a proportion) at probability mu. */
export function unitDeviance(y: number, mu: number): number {
  const part = (observed: number, expected: number) => (observed === 0 ? 0 : observed * Math.log(observed / expected));
  return 2 * (part(y, mu) + part(1 - y, 1 - mu));
}
