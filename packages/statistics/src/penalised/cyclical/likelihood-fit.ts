import type { Fit } from '../fit.js';
import type { Penalty } from '../predictor.js';
import { makeScreen } from '../screening.js';
import type { Design } from '../standardise.js';
import { descend, linearPredictor, makeDescent, measureColumns, type Stop } from './descent.js';
import type { Likelihood } from './likelihood.js';
import { admit, makeRoster } from './roster.js';

/**
 * A model whose loss is approximated by a quadratic at each solution of the last one: binomial, cox. The approximations end when the
 * last one changed no coefficient by more than the tolerance and no column left out has a gradient above the penalty.
 */
export function makeLikelihoodFit(design: Design, likelihood: Likelihood, penalty: Penalty, intercept: boolean, stop: Stop): Fit {
  const { n, p } = design;
  const roster = makeRoster(design, penalty);
  const screen = makeScreen(design, penalty.factor);
  const descent = makeDescent(design, penalty, roster, { count: 0 });
  const eta = new Float64Array(n);
  const before = new Float64Array(p);
  const found = new Int32Array(p);
  let total = 0;

  const approximate = () => {
    linearPredictor(descent, eta);
    total = likelihood.approximate(eta, descent.residual, descent.curvature);
    if (intercept) descent.interceptCurvature = total;
  };
  descent.intercept = likelihood.nullIntercept;
  approximate();
  screen.all(descent.residual);

  const admitAbove = (limit: number): number => admit(roster, found, screen.exceeding(descent.residual, limit, found));
  const settled = (interceptBefore: number): boolean => {
    if (descent.interceptCurvature * (descent.intercept - interceptBefore) ** 2 >= stop.tolerance) return false;
    for (let k = 0; k < roster.movedCount; k++) {
      const column = roster.moved[k];
      if (descent.columnCurvature[column] * (descent.coefficient[column] - before[column]) ** 2 >= stop.tolerance) return false;
    }
    return true;
  };

  return {
    set: { columns: Int32Array.from({ length: p }, (_, j) => j), size: p },
    predictors: [{ b: descent.coefficient, get intercept() { return descent.intercept; } }],
    slopes: () => screen.all(descent.residual).map(Math.abs),
    solve(lambda, previous) {
      admitAbove(penalty.alpha * (2 * lambda - previous));
      for (;;) {
        const interceptBefore = descent.intercept;
        before.set(descent.coefficient);
        measureColumns(descent);
        if (!descend(descent, lambda, stop)) return 'not-converged';
        approximate();
        if (total <= likelihood.certain) return 'certain';
        if (settled(interceptBefore) && admitAbove(penalty.alpha * lambda) === 0) return 'converged';
      }
    },
    explained: () => 1 - likelihood.loss() / likelihood.nullLoss,
  };
}
