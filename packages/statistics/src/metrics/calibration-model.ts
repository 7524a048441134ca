import { RadloomError } from '@radloom/core';
import { clusterSums, type Clusters } from '../resampling/clusters.js';
import { type Design, designOfColumns } from '../regression/design.js';
import { fitLogistic } from '../regression/logistic.js';
import { logit } from '../regression/logit.js';

/** How probabilities relate to outcomes on the logit scale. */
export interface CalibrationModel {
  /** Slope of the outcome on logit(p): below 1 the predictions are too extreme. */
  readonly slope: number;
  readonly slopeError: number;
  /** Intercept of the same model. */
  readonly intercept: number;
  readonly interceptError: number;
  /** Intercept with the slope held at 1: above 0 the risk is underestimated. */
  readonly inTheLarge: number;
  readonly inTheLargeError: number;
  /** Observed over expected events. */
  readonly observedOverExpected: number;
}

/**
 * Calibration slope and calibration in the large (Cox 1958), by logistic regression of the outcome on logit(p).
 *
 * Standard errors are those of the model; given clusters of rows, those of the sandwich over clusters (Liang & Zeger 1986, times count over
 * count - 1), and not below those of distinct rows that count once.
 *
 * @param probability per row, strictly between 0 and 1
 * @throws `probability-certain` when one is 0 or 1, whose logit is infinite
 */
export function calibrationModel(outcome: ArrayLike<number>, probability: ArrayLike<number>, clusters?: Clusters): CalibrationModel {
  const logits = Float64Array.from(probability, logit);
  const certain = logits.findIndex((value) => !Number.isFinite(value));
  if (certain >= 0) {
    throw new RadloomError({ code: 'probability-certain', what: `The probability of row ${certain + 1} is ${probability[certain]}; its logit is infinite.`, fix: 'Leave such rows out, or move probabilities away from 0 and 1 and say so.', data: { row: certain } });
  }
  const recalibrated = fitLogistic(designOfColumns(['logit'], [logits]), outcome);
  const alone: Design = { rows: logits.length, names: ['(Intercept)'], values: new Float64Array(logits.length).fill(1), terms: [], termOf: Int32Array.of(-1) };
  const shifted = fitLogistic(alone, outcome, { offset: logits });
  let events = 0;
  let expected = 0;
  for (let i = 0; i < logits.length; i++) {
    events += outcome[i];
    expected += probability[i];
  }
  const [intercept, slope] = recalibrated.coefficients;
  const [inTheLarge] = shifted.coefficients;
  const [interceptError, slopeError] = errorsOf(recalibrated.standardErrors, { outcome, odds: logits.map((value) => intercept + slope * value), covariates: [undefined, logits] }, clusters);
  const [inTheLargeError] = errorsOf(shifted.standardErrors, { outcome, odds: logits.map((value) => inTheLarge + value), covariates: [undefined] }, clusters);
  return { slope, slopeError, intercept, interceptError, inTheLarge, inTheLargeError, observedOverExpected: events / expected };
}

/** A fitted logistic model of one or two coefficients; a covariate that is undefined is 1 in every row. */
interface Fit {
  readonly outcome: ArrayLike<number>;
  readonly odds: Float64Array;
  readonly covariates: readonly (Float64Array | undefined)[];
}

/** Standard errors of the coefficients: the model's, or the larger of the sandwich's and the model's for one turn of the rows. */
function errorsOf(model: Float64Array, { outcome, odds, covariates }: Fit, clusters: Clusters | undefined): Float64Array {
  if (clusters === undefined) return model;
  const mean = odds.map((value) => 1 / (1 + Math.exp(-value)));
  const at = (j: number, r: number) => covariates[j]?.[r] ?? 1;
  const cells = covariates.map((_, j) => covariates.map((_other, k) => mean.reduce((sum, p, r) => sum + at(j, r) * at(k, r) * p * (1 - p), 0)));
  const bread = inverse(cells);
  const scores = covariates.map((_, j) => clusterSums(clusters, (r) => at(j, r) * (outcome[r] - mean[r])));
  const factor = clusters.count / (clusters.count - 1);
  return model.map((error, j) => {
    // What a cluster contributes to the coefficient.
    const influence = scores[0].map((_, c) => covariates.reduce((sum, _covariate, k) => sum + bread[j][k] * scores[k][c], 0));
    const robust = Math.sqrt(factor * influence.reduce((sum, value) => sum + value * value, 0));
    return clusters.turns === 1 ? robust : Math.max(robust, error * Math.sqrt(clusters.turns));
  });
}

function inverse(cells: readonly (readonly number[])[]): number[][] {
  if (cells.length === 1) return [[1 / cells[0][0]]];
  const [[a, b], [c, d]] = cells;
  const determinant = a * d - b * c;
  return [[d / determinant, -b / determinant], [-c / determinant, a / determinant]];
}
