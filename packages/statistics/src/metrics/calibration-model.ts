import { RadloomError } from '@radloom/core';
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
 * @param probability per row, strictly between 0 and 1
 * @throws `probability-certain` when one is 0 or 1, whose logit is infinite
 */
export function calibrationModel(outcome: ArrayLike<number>, probability: ArrayLike<number>): CalibrationModel {
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
  return {
    slope: recalibrated.coefficients[1],
    slopeError: recalibrated.standardErrors[1],
    intercept: recalibrated.coefficients[0],
    interceptError: recalibrated.standardErrors[0],
    inTheLarge: shifted.coefficients[0],
    inTheLargeError: shifted.standardErrors[0],
    observedOverExpected: events / expected,
  };
}
