import { RadloomError } from '@radloom/core';
import { normal } from '../distributions/normal.js';

/** Polynomials of Royston P. (1995) Algorithm AS R94, lowest order first. */
const LARGEST_WEIGHT = [0, 0.221157, -0.147981, -2.07119, 4.434685, -2.706056];
const SECOND_WEIGHT = [0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633];
const GAMMA = [-2.273, 0.459];
const SMALL_MEAN = [0.544, -0.39978, 0.025054, -6.714e-4];
const SMALL_LOG_SD = [1.3822, -0.77857, 0.062767, -0.0020322];
const LARGE_MEAN = [-1.5861, -0.31082, -0.083751, 0.0038915];
const LARGE_LOG_SD = [-0.4803, -0.082676, 0.0030302];

const polynomial = (coefficients: readonly number[], x: number) => coefficients.reduceRight((sum, c) => sum * x + c, 0);

export interface ShapiroWilk {
  readonly w: number;
  readonly pValue: number;
}

/**
 * The Shapiro-Wilk test of normality, Royston's AS R94 as in R.
 *
 * @throws `sample-size` outside 3 to 5000 values, `constant-values`
 */
export function shapiroWilk(values: ArrayLike<number>): ShapiroWilk {
  const n = values.length;
  if (n < 3 || n > 5000) throw new RadloomError({ code: 'sample-size', what: `The Shapiro-Wilk test takes 3 to 5000 values, not ${n}.` });
  const sorted = Float64Array.from(values).sort();
  const range = sorted[n - 1] - sorted[0];
  if (!(range >= 1e-19)) throw new RadloomError({ code: 'constant-values', what: 'All values are equal: normality cannot be tested.' });
  const missing = oneMinusW(sorted, range, weights(n));
  return { w: 1 - missing, pValue: significance(missing, n) };
}

/** Weights of the upper half, largest order statistic first. */
function weights(n: number): Float64Array {
  const half = Math.floor(n / 2);
  if (n === 3) return Float64Array.of(Math.SQRT1_2);
  const scores = Float64Array.from({ length: half }, (_, i) => normal.quantile((i + 1 - 0.375) / (n + 0.25)));
  const square = 2 * scores.reduce((sum, score) => sum + score * score, 0);
  const length = Math.sqrt(square);
  const step = 1 / Math.sqrt(n);
  const out = new Float64Array(half);
  out[0] = polynomial(LARGEST_WEIGHT, step) - scores[0] / length;
  if (n > 5) out[1] = polynomial(SECOND_WEIGHT, step) - scores[1] / length;
  const fixed = n > 5 ? 2 : 1;
  let left = square;
  let room = 1;
  for (let i = 0; i < fixed; i++) {
    left -= 2 * scores[i] ** 2;
    room -= 2 * out[i] ** 2;
  }
  const scale = Math.sqrt(left / room);
  for (let i = fixed; i < half; i++) out[i] = -scores[i] / scale;
  return out;
}

/** 1 − W, W being the squared correlation of order statistics and weights, without cancellation for W near 1. */
function oneMinusW(sorted: Float64Array, range: number, upper: Float64Array): number {
  const n = sorted.length;
  const weight = (i: number) => (2 * i + 1 === n ? 0 : i < n / 2 ? -upper[i] : upper[n - 1 - i]);
  let meanWeight = 0;
  let meanValue = 0;
  for (let i = 0; i < n; i++) {
    meanWeight += weight(i) / n;
    meanValue += sorted[i] / range / n;
  }
  let [ww, xx, wx] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const a = weight(i) - meanWeight;
    const x = sorted[i] / range - meanValue;
    ww += a * a;
    xx += x * x;
    wx += a * x;
  }
  const root = Math.sqrt(ww * xx);
  return ((root - wx) * (root + wx)) / (ww * xx);
}

function significance(missing: number, n: number): number {
  if (n === 3) return Math.max(0, 1.90985931710274 * (Math.asin(Math.sqrt(1 - missing)) - 1.0471975511966)); // 6/π (asin √W − asin √¾)
  const y = Math.log(missing);
  if (n > 11) {
    const x = Math.log(n);
    return normal.upper((y - polynomial(LARGE_MEAN, x)) / Math.exp(polynomial(LARGE_LOG_SD, x)));
  }
  const gamma = polynomial(GAMMA, n);
  if (y >= gamma) return 1e-99;
  return normal.upper((-Math.log(gamma - y) - polynomial(SMALL_MEAN, n)) / Math.exp(polynomial(SMALL_LOG_SD, n)));
}
