import { cos, exp, sin } from './correctly-rounded.js';

/**
 * A recursive filter of fourth order for one axis, its causal and anticausal halves to be added:
 *
 *   y+[i] = n0 x[i] + n1 x[i-1] + n2 x[i-2] + n3 x[i-3] - d1 y+[i-1] - d2 y+[i-2] - d3 y+[i-3] - d4 y+[i-4]
 *   y-[i] = m1 x[i+1] + m2 x[i+2] + m3 x[i+3] + m4 x[i+4] - d1 y-[i+1] - d2 y-[i+2] - d3 y-[i+3] - d4 y-[i+4]
 *
 * Beyond its ends a line keeps its end value v forever, where the halves have settled: there d_k y+ = v bn_k and d_k y- = v bm_k.
 */
export interface RecursiveFilter {
  readonly n: Coefficients;
  readonly m: Coefficients;
  readonly d: Coefficients;
  readonly bn: Coefficients;
  readonly bm: Coefficients;
}

type Coefficients = readonly [number, number, number, number];

/** A sum of two damped waves, a cos(w t) + b sin(w t), damped by exp(l t), t in units of sigma. */
interface Waves {
  readonly a1: number;
  readonly b1: number;
  readonly a2: number;
  readonly b2: number;
}

/** Frequencies and dampings: G. Farneback & C.-F. Westin, "Improving Deriche-style recursive Gaussian filters" (2006), table 1. */
const w1 = 0.6681;
const l1 = -1.3932;
const w2 = 2.0787;
const l2 = -1.3732;

/** Amplitudes of the Gaussian and of its second derivative, same table. */
const gaussian: Waves = { a1: 1.353, b1: 1.8151, a2: -0.3531, b2: 0.0902 };
const secondDerivative: Waves = { a1: -1.3563, b1: 5.2318, a2: 0.3446, b2: -2.2355 };

/**
 * The filter that smooths with a Gaussian; its response to a constant is that constant.
 *
 * @param sigma standard deviation in voxels
 */
export function gaussianSmoothing(sigma: number): RecursiveFilter {
  const poles = feedback(sigma);
  const n = feedforward(sigma, gaussian);
  const gain = (2 * total(n)) / poles.sum - n[0];
  return symmetric(scaled(n, 1 / gain), poles.d);
}

/**
 * The filter whose response is the second derivative after smoothing, per voxel squared times `scale`; 0 for a constant, 2 `scale`
 * for x squared. The Gaussian's own waves are mixed in until the response to a constant vanishes.
 *
 * @param sigma standard deviation in voxels
 */
export function gaussianSecondDerivative(sigma: number, scale = 1): RecursiveFilter {
  const { d, sum, first, second } = feedback(sigma);
  const n0 = feedforward(sigma, gaussian);
  const n2 = feedforward(sigma, secondDerivative);
  const beta = -(2 * total(n2) - sum * n2[0]) / (2 * total(n0) - sum * n0[0]);
  const n: Coefficients = [n2[0] + beta * n0[0], n2[1] + beta * n0[1], n2[2] + beta * n0[2], n2[3] + beta * n0[3]];
  const nSum = total(n2) + beta * total(n0);
  const nFirst = moment(n2, 1, 2, 3) + beta * moment(n0, 1, 2, 3);
  const nSecond = moment(n2, 1, 4, 9) + beta * moment(n0, 1, 4, 9);
  let gain = nSecond * sum * sum - second * nSum * sum - 2 * nFirst * first * sum + 2 * first * first * nSum;
  gain /= sum * sum * sum;
  return symmetric(scaled(n, scale / gain), d);
}

/** Denominator d and its sums 1 + sum d_k, sum k d_k, sum k^2 d_k. */
function feedback(sigma: number) {
  const cos1 = cos(w1 / sigma);
  const cos2 = cos(w2 / sigma);
  const exp1 = exp(l1 / sigma);
  const exp2 = exp(l2 / sigma);
  const d4 = exp1 * exp1 * exp2 * exp2;
  const d3 = -2 * cos1 * exp1 * exp2 * exp2 + -2 * cos2 * exp2 * exp1 * exp1;
  const d2 = 4 * cos2 * cos1 * exp1 * exp2 + (exp1 * exp1 + exp2 * exp2);
  const d1 = -2 * (exp2 * cos2 + exp1 * cos1);
  const d: Coefficients = [d1, d2, d3, d4];
  return { d, sum: 1 + d1 + d2 + d3 + d4, first: d1 + 2 * d2 + 3 * d3 + 4 * d4, second: d1 + 4 * d2 + 9 * d3 + 16 * d4 };
}

/** Numerator of the causal half whose impulse response is the sum of waves. */
function feedforward(sigma: number, { a1, b1, a2, b2 }: Waves): Coefficients {
  const sin1 = sin(w1 / sigma);
  const sin2 = sin(w2 / sigma);
  const cos1 = cos(w1 / sigma);
  const cos2 = cos(w2 / sigma);
  const exp1 = exp(l1 / sigma);
  const exp2 = exp(l2 / sigma);
  const n1 = exp2 * (b2 * sin2 - (a2 + 2 * a1) * cos2) + exp1 * (b1 * sin1 - (a1 + 2 * a2) * cos1);
  const n2 = ((a1 + a2) * cos2 * cos1 - (b1 * cos2 * sin1 + b2 * cos1 * sin2)) * (2 * exp1 * exp2) + (a2 * exp1 * exp1 + a1 * exp2 * exp2);
  const n3 = exp2 * exp1 * exp1 * (b2 * sin2 - a2 * cos2) + exp1 * exp2 * exp2 * (b1 * sin1 - a1 * cos1);
  return [a1 + a2, n1, n2, n3];
}

/** The anticausal half that mirrors the causal one, and what both have settled to beyond the ends. */
function symmetric(n: Coefficients, d: Coefficients): RecursiveFilter {
  const m: Coefficients = [n[1] - d[0] * n[0], n[2] - d[1] * n[0], n[3] - d[2] * n[0], -d[3] * n[0]];
  const sum = 1 + d[0] + d[1] + d[2] + d[3];
  const settled = (numerator: number): Coefficients => [(d[0] * numerator) / sum, (d[1] * numerator) / sum, (d[2] * numerator) / sum, (d[3] * numerator) / sum];
  return { n, m, d, bn: settled(total(n)), bm: settled(total(m)) };
}

const total = (n: Coefficients) => n[0] + n[1] + n[2] + n[3];
const moment = (n: Coefficients, k1: number, k2: number, k3: number) => k1 * n[1] + k2 * n[2] + k3 * n[3];
const scaled = (n: Coefficients, by: number): Coefficients => [n[0] * by, n[1] * by, n[2] * by, n[3] * by];
