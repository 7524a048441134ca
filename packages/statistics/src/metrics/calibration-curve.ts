import { quantile } from '../tests/quantile.js';
import { loess } from './loess.js';
import { lowess } from './lowess.js';

/** Distances between predicted and smoothed observed risk (Austin & Steyerberg 2019). */
export interface CalibrationIndices {
  /** Integrated calibration index: mean distance. */
  readonly ici: number;
  /** Median, 90th percentile and largest distance. */
  readonly e50: number;
  readonly e90: number;
  readonly eMax: number;
}

/** A smoothed calibration curve, by ascending probability, and its distances from the diagonal. */
export interface CalibrationCurve extends CalibrationIndices {
  readonly probability: Float64Array;
  readonly observed: Float64Array;
}

/** `loess`: local quadratics over three quarters of the rows; `lowess`: local lines over two thirds, as val.prob draws it. */
export type CalibrationSmoother = 'loess' | 'lowess';

/**
 * Observed risk as a smooth function of the predicted one.
 *
 * @throws `too-few-rows` from loess
 */
export function calibrationCurve(outcome: ArrayLike<number>, probability: ArrayLike<number>, smoother: CalibrationSmoother = 'loess'): CalibrationCurve {
  const { x, y } = smoother === 'lowess' ? averagedTies(lowess(probability, outcome)) : ascending(probability, loess(probability, outcome));
  const distances = x.map((p, i) => Math.abs(p - y[i]));
  const [e50, e90] = quantile(distances, [0.5, 0.9]);
  return {
    probability: x, observed: y,
    ici: distances.reduce((sum, value) => sum + value, 0) / x.length,
    e50, e90, eMax: distances.reduce((a, b) => Math.max(a, b), 0),
  };
}

function ascending(x: ArrayLike<number>, y: Float64Array): { x: Float64Array; y: Float64Array } {
  const order = Uint32Array.from({ length: x.length }, (_, i) => i).sort((i, j) => x[i] - x[j]);
  return { x: Float64Array.from(order, (i) => x[i]), y: Float64Array.from(order, (i) => y[i]) };
}

/** Equal x share the mean of their y. */
function averagedTies({ x, y }: { x: Float64Array; y: Float64Array }): { x: Float64Array; y: Float64Array } {
  const out = y.slice();
  for (let start = 0; start < x.length; ) {
    let end = start;
    let sum = 0;
    for (; end < x.length && x[end] === x[start]; end++) sum += y[end];
    out.fill(sum / (end - start), start, end);
    start = end;
  }
  return { x, y: out };
}
