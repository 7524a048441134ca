import { chiSquared } from '../distributions/gamma.js';
import { normal } from '../distributions/normal.js';
import { logit } from '../regression/logit.js';
import { calibrationCurve } from './calibration-curve.js';
import { brierScore } from './probability-scores.js';

/** The indices of Harrell's val.prob, under its names. */
export interface ProbabilityValidation {
  readonly somersDxy: number;
  /** C index from probabilities rounded down to 1/5000, as val.prob reports it; the AUC itself differs slightly. */
  readonly cIndex: number;
  /** Nagelkerke's R² of the probabilities as they are. */
  readonly rSquared: number;
  /** Discrimination, its chi-squared (against the prevalence alone). */
  readonly discrimination: number;
  readonly discriminationChiSquared: number;
  /** Unreliability: its chi-squared tests intercept 0 and slope 1 together, 2 df. */
  readonly unreliability: number;
  readonly unreliabilityChiSquared: number;
  readonly unreliabilityP: number;
  /** Quality: discrimination − unreliability. */
  readonly quality: number;
  readonly brier: number;
  readonly intercept: number;
  readonly slope: number;
  /** Distances from the lowess curve: largest, 90th percentile, mean. */
  readonly eMax: number;
  readonly e90: number;
  readonly eAverage: number;
  /** Spiegelhalter's z of the Brier score, two-sided P. */
  readonly spiegelhalterZ: number;
  readonly spiegelhalterP: number;
}

/** lrm stops when −2 log L changes by less than this. */
const LRM_TOLERANCE = 0.025;

/**
 * External validation of probabilities (rms::val.prob). Rows with probability 0 or 1 have no logit: they count in the Brier score and
 * the curve and are left out of the logistic parts.
 *
 * Slope and intercept come from Newton iterations with lrm's start and stop, so they can differ from a regression run to the end in
 * the seventh digit.
 */
export function validateProbabilities(outcome: ArrayLike<number>, probability: ArrayLike<number>): ProbabilityValidation {
  const rows = Array.from({ length: outcome.length }, (_, i) => i).filter((i) => probability[i] > 0 && probability[i] < 1);
  const y = Float64Array.from(rows, (i) => outcome[i]);
  const x = Float64Array.from(rows, (i) => logit(probability[i]));
  const n = y.length;
  const asGiven = minusTwoLogLikelihood(x, y, 0, 1);
  const events = y.reduce((sum, value) => sum + value, 0);
  const nothing = -2 * (xLogX(events, n) + xLogX(n - events, n));
  const discriminationChiSquared = nothing - asGiven;
  const recalibrated = lrm(x, y);
  const unreliabilityChiSquared = asGiven - recalibrated.deviance;
  const discrimination = (discriminationChiSquared - 1) / n;
  const unreliability = (unreliabilityChiSquared - 2) / n;
  const { cIndex, somersDxy } = binnedConcordance(x, y);
  const { ici, e90, eMax } = calibrationCurve(outcome, probability, 'lowess');
  const spiegelhalterZ = spiegelhalter(outcome, probability);
  return {
    somersDxy, cIndex,
    rSquared: (1 - Math.exp(-discriminationChiSquared / n)) / (1 - Math.exp(-nothing / n)),
    discrimination, discriminationChiSquared, unreliability, unreliabilityChiSquared,
    unreliabilityP: chiSquared.upper(unreliabilityChiSquared, 2),
    quality: discrimination - unreliability,
    brier: brierScore(outcome, probability),
    intercept: recalibrated.intercept, slope: recalibrated.slope,
    eMax, e90, eAverage: ici,
    spiegelhalterZ, spiegelhalterP: 2 * normal.upper(Math.abs(spiegelhalterZ)),
  };
}

const xLogX = (count: number, n: number) => (count === 0 ? 0 : count * Math.log(count / n));

/** 1/(1 + e^−η), η kept within ±30. */
const bounded = (eta: number) => 1 / (1 + Math.exp(-Math.min(30, Math.max(-30, eta))));

function minusTwoLogLikelihood(x: Float64Array, y: Float64Array, intercept: number, slope: number): number {
  let sum = 0;
  for (let i = 0; i < y.length; i++) {
    const p = bounded(intercept + slope * x[i]);
    sum += y[i] === 1 ? Math.log(p) : Math.log(1 - p);
  }
  return -2 * sum;
}

/** Newton's method for intercept and slope, stopped as rms::lrm.fit stops: after the step that follows a small enough gain. */
function lrm(x: Float64Array, y: Float64Array): { intercept: number; slope: number; deviance: number } {
  const prevalence = y.reduce((sum, value) => sum + value, 0) / y.length;
  let intercept = Math.log(prevalence / (1 - prevalence));
  let slope = 0;
  let previous = 1e30;
  for (let iteration = 1; iteration < 12; iteration++) {
    const deviance = minusTwoLogLikelihood(x, y, intercept, slope);
    const step = newtonStep(x, y, intercept, slope);
    intercept += step[0];
    slope += step[1];
    if (Math.abs(previous - deviance) <= LRM_TOLERANCE) break;
    previous = deviance;
  }
  return { intercept, slope, deviance: minusTwoLogLikelihood(x, y, intercept, slope) };
}

function newtonStep(x: Float64Array, y: Float64Array, intercept: number, slope: number): [number, number] {
  let [u0, u1, v00, v01, v11] = [0, 0, 0, 0, 0];
  for (let i = 0; i < y.length; i++) {
    const p = bounded(intercept + slope * x[i]);
    const w = p * (1 - p);
    u0 += y[i] - p;
    u1 += (y[i] - p) * x[i];
    v00 += w;
    v01 += w * x[i];
    v11 += w * x[i] * x[i];
  }
  const determinant = v00 * v11 - v01 * v01;
  return [(v11 * u0 - v01 * u1) / determinant, (v00 * u1 - v01 * u0) / determinant];
}

/** Concordance of probabilities in bins of 1/5000. */
function binnedConcordance(x: Float64Array, y: Float64Array): { cIndex: number; somersDxy: number } {
  const bins = 5001;
  const events = new Float64Array(bins);
  const others = new Float64Array(bins);
  for (let i = 0; i < y.length; i++) (y[i] === 1 ? events : others)[Math.floor(5000 * bounded(x[i]) + 1) - 1]++;
  let [concordant, tied, below, all] = [0, 0, 0, 0];
  for (let b = 0; b < bins; b++) {
    concordant += events[b] * below;
    tied += events[b] * others[b];
    below += others[b];
    all += events[b];
  }
  const cIndex = (concordant + tied / 2) / (all * below);
  return { cIndex, somersDxy: 2 * cIndex - 1 };
}

function spiegelhalter(outcome: ArrayLike<number>, probability: ArrayLike<number>): number {
  let top = 0;
  let variance = 0;
  for (let i = 0; i < outcome.length; i++) {
    const p = probability[i];
    top += (outcome[i] - p) * (1 - 2 * p);
    variance += (1 - 2 * p) ** 2 * p * (1 - p);
  }
  return top / Math.sqrt(variance);
}
