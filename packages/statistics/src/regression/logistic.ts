import { RadloomError } from '@radloom/core';
import { normal } from '../distributions/normal.js';
import { type Design, designColumn } from './design.js';
import { logistic, logisticSlope, logit, unitDeviance } from './logit.js';
import { inverseGram, leastSquares, leverages, type QrFactors, qrFactors } from './qr.js';
import { findSeparation, type Separation } from './separation.js';

export interface LogisticOptions {
  /** Added to the linear predictor, per row. */
  readonly offset?: ArrayLike<number>;
  /** Case weights, per row. */
  readonly weights?: ArrayLike<number>;
  /** Stop when the deviance changes by less than this share of itself plus 0.1. Default 1e-8, as R. */
  readonly epsilon?: number;
  /** Default 25, as R. */
  readonly maxIterations?: number;
  /** Linear predictor to start from. */
  readonly start?: ArrayLike<number>;
}

/** What iteratively reweighted least squares leaves behind. */
export interface IrlsFit {
  /** Per design column; NaN where the column depends on those before. */
  readonly coefficients: Float64Array;
  readonly linearPredictor: Float64Array;
  readonly fitted: Float64Array;
  readonly deviance: number;
  readonly iterations: number;
  readonly converged: boolean;
  /** Factors of the weighted design at the weights of the last iteration, which is what R's standard errors rest on. */
  readonly qr: QrFactors;
}

/** A logistic regression with what is read off it. */
export interface LogisticFit extends IrlsFit {
  readonly names: readonly string[];
  readonly standardErrors: Float64Array;
  readonly z: Float64Array;
  /** Wald, two-sided. */
  readonly pValues: Float64Array;
  /** columns × columns, NaN for aliased ones. */
  readonly covariance: Float64Array;
  readonly nullDeviance: number;
  readonly rank: number;
  readonly dfResidual: number;
  readonly logLikelihood: number;
  readonly aic: number;
  readonly bic: number;
  /** Diagonal of the hat matrix, per row. */
  readonly leverage: Float64Array;
  /** Columns that depend on those before them and have no coefficient. */
  readonly aliased: readonly string[];
  /** Set when the likelihood has no maximum: some combination of the columns splits the classes. */
  readonly separation?: Separation;
}

/**
 * Logistic regression by iteratively reweighted least squares, with R's start, stopping rule and last-iteration weights: standard
 * errors and P agree with R's summary(glm) and not with those of a fit iterated to the end.
 *
 * @param outcome per row 1 (event) or 0
 * @throws `length-mismatch`, `outcome-not-binary`, `fit-diverged`
 */
export function fitLogistic(design: Design, outcome: ArrayLike<number>, options: LogisticOptions = {}): LogisticFit {
  checkOutcome(design, outcome);
  const fit = irls(design, outcome, options);
  const { rank } = fit.qr;
  const columns = design.names.length;
  const covariance = inverseGram(fit.qr);
  const standardErrors = Float64Array.from({ length: columns }, (_, c) => Math.sqrt(covariance[c * columns + c]));
  const z = standardErrors.map((error, c) => fit.coefficients[c] / error);
  const n = countedRows(design.rows, options.weights);
  const logLikelihood = -fit.deviance / 2;
  return {
    ...fit,
    names: design.names,
    standardErrors,
    z,
    pValues: z.map((value) => 2 * normal.upper(Math.abs(value))),
    covariance,
    nullDeviance: nullDeviance(design, outcome, options),
    rank,
    dfResidual: n - rank,
    logLikelihood,
    aic: fit.deviance + 2 * rank,
    bic: fit.deviance + Math.log(n) * rank,
    leverage: leverages(fit.qr),
    aliased: design.names.filter((_, c) => Number.isNaN(fit.coefficients[c])),
    separation: findSeparation(design, outcome, fit, options),
  };
}

function checkOutcome(design: Design, outcome: ArrayLike<number>): void {
  if (outcome.length !== design.rows) throw new RadloomError({ code: 'length-mismatch', what: `The design has ${design.rows} rows and the outcome ${outcome.length}.` });
  for (let i = 0; i < outcome.length; i++) {
    if (outcome[i] !== 0 && outcome[i] !== 1) throw new RadloomError({ code: 'outcome-not-binary', what: `The outcome of row ${i + 1} is ${outcome[i]}; logistic regression needs 0 or 1.` });
  }
}

/** Rows of weight 0 do not count. */
function countedRows(rows: number, weights: ArrayLike<number> | undefined): number {
  if (weights === undefined) return rows;
  let count = 0;
  for (let i = 0; i < rows; i++) if (weights[i] > 0) count++;
  return count;
}

/** The iterations alone, for fits inside fits (profiles, calibration). */
export function irls(design: Design, outcome: ArrayLike<number>, options: LogisticOptions = {}): IrlsFit {
  const { offset, weights, epsilon = 1e-8, maxIterations = 25, start } = options;
  const { rows } = design;
  const weight = (i: number) => weights?.[i] ?? 1;
  const eta = Float64Array.from({ length: rows }, (_, i) => start?.[i] ?? logit((weight(i) * outcome[i] + 0.5) / (weight(i) + 1)));
  const mu = eta.map(logistic);
  let deviance = totalDeviance(outcome, mu, weights);
  let step: { coefficients: Float64Array; qr: QrFactors } | undefined;
  let converged = false;
  let iterations = 0;
  while (iterations < maxIterations && !converged) {
    iterations++;
    step = weightedStep(design, outcome, eta, mu, { offset, weights, epsilon });
    eta.set(linearPredictor(design, step.coefficients, offset));
    for (let i = 0; i < rows; i++) mu[i] = logistic(eta[i]);
    const previous = deviance;
    deviance = totalDeviance(outcome, mu, weights);
    if (!Number.isFinite(deviance)) throw new RadloomError({ code: 'fit-diverged', what: `The logistic fit left the numbers in iteration ${iterations}.`, fix: 'Look for extreme or constant predictors.' });
    converged = Math.abs(deviance - previous) / (Math.abs(deviance) + 0.1) < epsilon;
  }
  return { ...step!, linearPredictor: eta, fitted: mu, deviance, iterations, converged };
}

/** One weighted least squares fit of the working response. */
export function weightedStep(
  design: Design,
  outcome: ArrayLike<number>,
  eta: Float64Array,
  mu: Float64Array,
  { offset, weights, epsilon = 1e-8 }: LogisticOptions,
): { coefficients: Float64Array; qr: QrFactors } {
  const { rows } = design;
  const scaled = new Float64Array(design.values.length);
  const response = new Float64Array(rows);
  const columns = design.names.length;
  for (let i = 0; i < rows; i++) {
    const slope = logisticSlope(eta[i]);
    const root = Math.sqrt(((weights?.[i] ?? 1) * slope * slope) / (mu[i] * (1 - mu[i])));
    response[i] = root * (eta[i] - (offset?.[i] ?? 0) + (outcome[i] - mu[i]) / slope);
    for (let c = 0; c < columns; c++) scaled[c * rows + i] = root * design.values[c * rows + i];
  }
  const qr = qrFactors(scaled, rows, columns, Math.min(1e-7, epsilon / 1000));
  return { coefficients: leastSquares(qr, response), qr };
}

/** X β + offset, columns without a coefficient left out. */
export function linearPredictor(design: Design, coefficients: ArrayLike<number>, offset?: ArrayLike<number>): Float64Array {
  const eta = Float64Array.from({ length: design.rows }, (_, i) => offset?.[i] ?? 0);
  for (let c = 0; c < coefficients.length; c++) {
    if (Number.isNaN(coefficients[c])) continue;
    const column = designColumn(design, c);
    for (let i = 0; i < design.rows; i++) eta[i] += coefficients[c] * column[i];
  }
  return eta;
}

function totalDeviance(outcome: ArrayLike<number>, mu: Float64Array, weights?: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < mu.length; i++) sum += (weights?.[i] ?? 1) * unitDeviance(outcome[i], mu[i]);
  return sum;
}

/** Deviance of the model with the intercept (and offset) alone, or of η = offset when the design has no intercept. */
function nullDeviance(design: Design, outcome: ArrayLike<number>, options: LogisticOptions): number {
  const { rows } = design;
  const hasIntercept = design.termOf.includes(-1);
  if (hasIntercept && options.offset !== undefined) {
    const alone: Design = { rows, names: ['(Intercept)'], values: new Float64Array(rows).fill(1), terms: [], termOf: Int32Array.of(-1) };
    return irls(alone, outcome, { ...options, start: undefined }).deviance;
  }
  let events = 0;
  let whole = 0;
  for (let i = 0; i < rows; i++) {
    const weight = options.weights?.[i] ?? 1;
    events += weight * outcome[i];
    whole += weight;
  }
  const mu = Float64Array.from({ length: rows }, (_, i) => (hasIntercept ? events / whole : logistic(options.offset?.[i] ?? 0)));
  return totalDeviance(outcome, mu, options.weights);
}

/** Probabilities of the event for other rows of the same columns. */
export function predictLogistic(design: Design, coefficients: ArrayLike<number>, offset?: ArrayLike<number>): Float64Array {
  return linearPredictor(design, coefficients, offset).map((eta) => 1 / (1 + Math.exp(-eta)));
}

/** Per row: deviance residuals and Pearson residuals. */
export function logisticResiduals(fit: IrlsFit, outcome: ArrayLike<number>): { deviance: Float64Array; pearson: Float64Array } {
  const deviance = fit.fitted.map((mu, i) => Math.sign(outcome[i] - mu) * Math.sqrt(unitDeviance(outcome[i], mu)));
  const pearson = fit.fitted.map((mu, i) => (outcome[i] - mu) / Math.sqrt(mu * (1 - mu)));
  return { deviance, pearson };
}
