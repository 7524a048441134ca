import { type Design, designColumn } from './design.js';
import type { IrlsFit, LogisticOptions } from './logistic.js';
import { linearPredictor, weightedStep } from './logistic.js';

/** The classes can be split by a combination of predictors, so that no finite coefficient is best. */
export interface Separation {
  /** `complete`: every row is on its side; `quasi`: some rows lie on the boundary. */
  readonly kind: 'complete' | 'quasi';
  /** Columns whose coefficients run away. */
  readonly columns: readonly string[];
}

/** A Newton step from a fit that has stopped moves the linear predictor by about 1 a row under separation, by less than 1e-3 otherwise. */
const STILL_MOVING = 0.1;

/**
 * Looks one Newton step beyond a stopped fit: where a maximum exists the step is tiny, under separation it goes on for ever
 * (Albert & Anderson 1984).
 */
export function findSeparation(design: Design, outcome: ArrayLike<number>, fit: IrlsFit, options: LogisticOptions): Separation | undefined {
  const next = weightedStep(design, outcome, fit.linearPredictor, fit.fitted, options);
  const eta = linearPredictor(design, next.coefficients, options.offset);
  const moved = eta.reduce((most, value, i) => Math.max(most, Math.abs(value - fit.linearPredictor[i])), 0);
  const perfect = fit.fitted.every((mu, i) => Math.abs(outcome[i] - mu) < 1e-4);
  if (!(moved > STILL_MOVING) && !perfect) return undefined;
  const columns = design.names.filter((_, c) => {
    const change = Math.abs(next.coefficients[c] - fit.coefficients[c]);
    return change * spread(designColumn(design, c)) > STILL_MOVING / 10;
  });
  return { kind: perfect ? 'complete' : 'quasi', columns };
}

/** Range of a column, or its size when it is constant. */
function spread(column: Float64Array): number {
  let low = Infinity;
  let high = -Infinity;
  for (const value of column) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return high > low ? high - low : Math.abs(high);
}
