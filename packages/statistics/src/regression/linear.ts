import { RadloomError } from '@radloom/core';
import { fDistribution } from '../distributions/f.js';
import { studentT } from '../distributions/student.js';
import type { Design } from './design.js';
import { linearPredictor } from './logistic.js';
import { inverseGram, leastSquares, leverages, qrFactors } from './qr.js';

/** An ordinary least squares fit. */
export interface LinearFit {
  readonly names: readonly string[];
  /** Per design column; NaN where it depends on those before. */
  readonly coefficients: Float64Array;
  readonly standardErrors: Float64Array;
  readonly t: Float64Array;
  readonly pValues: Float64Array;
  readonly covariance: Float64Array;
  readonly fitted: Float64Array;
  readonly residuals: Float64Array;
  readonly leverage: Float64Array;
  readonly residualSumOfSquares: number;
  readonly sigma: number;
  readonly rank: number;
  readonly dfResidual: number;
  readonly rSquared: number;
  readonly adjustedRSquared: number;
  readonly f: { readonly statistic: number; readonly df1: number; readonly df2: number; readonly pValue: number };
  readonly logLikelihood: number;
  readonly aic: number;
  readonly bic: number;
}

/**
 * Linear regression by least squares (R's lm).
 *
 * @throws `length-mismatch`, `too-few-rows` when nothing is left for the residuals
 */
export function fitLinear(design: Design, response: ArrayLike<number>): LinearFit {
  const { rows } = design;
  if (response.length !== rows) throw new RadloomError({ code: 'length-mismatch', what: `The design has ${rows} rows and the response ${response.length}.` });
  const y = Float64Array.from(response);
  const columns = design.names.length;
  const qr = qrFactors(design.values, rows, columns);
  const { rank } = qr;
  const dfResidual = rows - rank;
  if (dfResidual < 1) throw new RadloomError({ code: 'too-few-rows', what: `${rows} rows cannot carry ${rank} coefficients and a residual variance.` });
  const coefficients = leastSquares(qr, y);
  const fitted = linearPredictor(design, coefficients);
  const residuals = y.map((value, i) => value - fitted[i]);
  const residualSumOfSquares = residuals.reduce((sum, value) => sum + value * value, 0);
  const variance = residualSumOfSquares / dfResidual;
  const covariance = inverseGram(qr).map((value) => value * variance);
  const standardErrors = coefficients.map((_, c) => Math.sqrt(covariance[c * columns + c]));
  const t = coefficients.map((value, c) => value / standardErrors[c]);
  const logLikelihood = (-rows / 2) * (Math.log(2 * Math.PI) + Math.log(residualSumOfSquares / rows) + 1);
  const parameters = rank + 1; // the coefficients and the variance
  return {
    names: design.names, coefficients, standardErrors, t,
    pValues: t.map((value) => studentT.twoSided(value, dfResidual)),
    covariance, fitted, residuals, leverage: leverages(qr), residualSumOfSquares, sigma: Math.sqrt(variance), rank, dfResidual,
    ...explained(design, fitted, residualSumOfSquares, rank, dfResidual),
    logLikelihood, aic: 2 * parameters - 2 * logLikelihood, bic: Math.log(rows) * parameters - 2 * logLikelihood,
  };
}

/** R² and the F test against the intercept alone (against zero when there is none). */
function explained(design: Design, fitted: Float64Array, residual: number, rank: number, dfResidual: number) {
  const intercept = design.termOf.includes(-1) ? 1 : 0;
  const centre = intercept === 1 ? fitted.reduce((sum, value) => sum + value, 0) / fitted.length : 0;
  const model = fitted.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  const df1 = rank - intercept;
  const rSquared = model / (model + residual);
  const statistic = model / df1 / (residual / dfResidual);
  return {
    rSquared,
    adjustedRSquared: 1 - (1 - rSquared) * ((design.rows - intercept) / dfResidual),
    f: { statistic, df1, df2: dfResidual, pValue: fDistribution.upper(statistic, df1, dfResidual) },
  };
}
