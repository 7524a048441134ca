import { maximise } from './maximise.js';

/** Powers this near to 0 (for values above 0) or 2 (for those below) are the logarithm. */
const NEAR = 0.001;
const TOLERANCE = 1e-4;

/** Yeo & Johnson (2000), equation 2.1. */
export function yeoJohnson(value: number, lambda: number): number {
  if (value >= 0) return Math.abs(lambda) < NEAR ? Math.log1p(value) : ((value + 1) ** lambda - 1) / lambda;
  return Math.abs(lambda - 2) < NEAR ? -Math.log1p(-value) : -((1 - value) ** (2 - lambda) - 1) / (2 - lambda);
}

/**
 * The power that makes the values most nearly normal: it maximises -n/2 log(variance) + (lambda - 1) sum of sign(x) log(|x| + 1), the variance
 * that of the transformed values (divisor n).
 *
 * @param values none missing or infinite
 */
export function bestPower(values: Float64Array, lowest: number, highest: number): number {
  const slope = values.reduce((sum, value) => sum + Math.sign(value) * Math.log1p(Math.abs(value)), 0);
  const transformed = new Float64Array(values.length);
  const logLikelihood = (lambda: number): number => {
    for (let i = 0; i < values.length; i++) transformed[i] = yeoJohnson(values[i], lambda);
    const mean = transformed.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = transformed.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    const found = (-values.length / 2) * Math.log(variance) + (lambda - 1) * slope;
    // A power so large that values overflow, or all become one, explains nothing.
    return Number.isFinite(found) ? found : -Number.MAX_VALUE;
  };
  return maximise(logLikelihood, lowest, highest, TOLERANCE);
}

/** True where the best power lies at an end of those that were looked at: the true one is beyond. */
export function atLimit(lambda: number, lowest: number, highest: number): boolean {
  return Math.abs(lambda - lowest) <= NEAR || Math.abs(lambda - highest) <= NEAR;
}
