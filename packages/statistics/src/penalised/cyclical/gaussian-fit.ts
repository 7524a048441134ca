import type { Fit } from '../fit.js';
import type { Penalty } from '../predictor.js';
import { makeScreen } from '../screening.js';
import type { Design } from '../standardise.js';
import { makeDescent, measureColumns, type Stop, sweepAdmitted, sweepMoved } from './descent.js';
import { admit, makeRoster } from './roster.js';

/**
 * A linear model: the quadratic is the loss itself. Once short sweeps have been needed at one penalty, every later penalty begins with
 * them.
 *
 * @param y  scaled and, with an intercept, centred
 */
export function makeGaussianFit(design: Design, y: Float64Array, weights: Float64Array, penalty: Penalty, stop: Stop): Fit {
  const { p } = design;
  const roster = makeRoster(design, penalty);
  const screen = makeScreen(design, penalty.factor);
  const descent = makeDescent(design, penalty, roster, { count: 0 });
  const found = new Int32Array(p);
  descent.curvature.set(weights);
  descent.residual.set(y.map((value, i) => weights[i] * value));
  const squares = () => descent.residual.reduce((sum, value, i) => sum + (value * value) / weights[i], 0);
  const nullSquares = squares();
  screen.all(descent.residual);
  measureColumns(descent);
  let shortFirst = false;

  const admitAbove = (limit: number): number => {
    const count = admit(roster, found, screen.exceeding(descent.residual, limit, found));
    if (count > 0) measureColumns(descent);
    return count;
  };
  const shortSweeps = (lambda: number): boolean => {
    shortFirst = true;
    while (sweepMoved(descent, lambda) >= stop.tolerance) if (descent.sweeps.count > stop.maxSweeps) return false;
    return true;
  };

  return {
    set: { columns: Int32Array.from({ length: p }, (_, j) => j), size: p },
    predictors: [{ b: descent.coefficient, intercept: 0 }],
    slopes: () => screen.all(descent.residual).map(Math.abs),
    solve(lambda, previous) {
      admitAbove(penalty.alpha * (2 * lambda - previous));
      if (shortFirst && !shortSweeps(lambda)) return 'not-converged';
      for (;;) {
        if (sweepAdmitted(descent, lambda) < stop.tolerance) {
          if (admitAbove(penalty.alpha * lambda) === 0) return 'converged';
          continue;
        }
        if (descent.sweeps.count > stop.maxSweeps || !shortSweeps(lambda)) return 'not-converged';
      }
    },
    explained: () => 1 - squares() / nullSquares,
  };
}
