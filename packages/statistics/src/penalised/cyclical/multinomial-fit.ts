import { centreOf } from '../class-centre.js';
import type { Fit } from '../fit.js';
import type { ClassData } from '../joint-step.js';
import { multinomialNullLoss } from '../multinomial-fit.js';
import type { Penalty } from '../predictor.js';
import { makeScreen } from '../screening.js';
import type { Design } from '../standardise.js';
import { type Descent, descend, linearPredictor, makeDescent, measureColumns, type Stop } from './descent.js';
import { LEAST } from './likelihood.js';
import { admit, makeRoster } from './roster.js';

const NEGLIGIBLE = (1 + LEAST) * LEAST;
const CERTAIN = NEGLIGIBLE * (1 - LEAST);
const LARGEST_ODDS = 1 / LEAST - 1;
const LARGEST_LINK = 250;

/**
 * A multinomial model, class after class: each is approximated and descended with the others held still. After each round the
 * intercepts, and the coefficients of each column, are shifted over classes to where the penalty is least, which changes no probability.
 */
export function makeClassesFit(design: Design, data: ClassData, penalty: Penalty, intercept: boolean, stop: Stop): Fit {
  const { n, p, z } = design;
  const { y, weights, classes } = data;
  const roster = makeRoster(design, penalty);
  const screens = Array.from({ length: classes }, () => makeScreen(design, penalty.factor));
  const sweeps = { count: 0 };
  const descents = screens.map(() => makeDescent(design, penalty, roster, sweeps));
  /** e^η per class and row, kept within bounds, and their sum per row. */
  const power = descents.map(() => new Float64Array(n));
  const sum = new Float64Array(n);
  const nullLoss = multinomialNullLoss(y, weights, classes, intercept);
  const before = new Float64Array(p);
  const eta = new Float64Array(n);
  const residual = new Float64Array(n);
  const found = new Int32Array(p);

  if (intercept) {
    for (let i = 0; i < n; i++) descents[y[i]].intercept += weights[i];
    for (const descent of descents) descent.intercept = Math.log(descent.intercept);
    centreIntercepts();
  }
  descents.forEach((descent, k) => power[k].fill(Math.exp(descent.intercept)));
  for (const powers of power) for (let i = 0; i < n; i++) sum[i] += powers[i];

  /** Residuals of a class without any row's probability rounded. */
  const residualsOf = (k: number): Float64Array => {
    for (let i = 0; i < n; i++) residual[i] = weights[i] * ((y[i] === k ? 1 : 0) - power[k][i] / sum[i]);
    return residual;
  };
  const slopes = (): Float64Array => {
    const largest = new Float64Array(p);
    screens.forEach((screen, k) => screen.all(residualsOf(k)).forEach((value, j) => (largest[j] = Math.max(largest[j], Math.abs(value)))));
    return largest;
  };
  const admitAbove = (limit: number): number => {
    let total = 0;
    screens.forEach((screen, k) => {
      const count = screen.exceeding(residualsOf(k), limit, found);
      for (let m = 0; m < count; m++) for (const other of screens) other.leaveOut(found[m]);
      total += admit(roster, found, count);
    });
    return total;
  };
  slopes();

  /** Approximates the loss in class k; the sum of the curvature. */
  const approximate = (descent: Descent, k: number): number => {
    let total = 0;
    for (let i = 0; i < n; i++) {
      let share = power[k][i] / sum[i];
      if (share < NEGLIGIBLE) share = 0;
      else if (share > (1 - LEAST) * (1 - LEAST)) share = 1;
      descent.curvature[i] = weights[i] * share * (1 - share);
      descent.residual[i] = weights[i] * ((y[i] === k ? 1 : 0) - share);
      total += descent.curvature[i];
    }
    if (intercept) descent.interceptCurvature = total;
    return total;
  };
  const settled = (descent: Descent, interceptBefore: number): boolean => {
    if (descent.interceptCurvature * (descent.intercept - interceptBefore) ** 2 > stop.tolerance) return false;
    for (let m = 0; m < roster.movedCount; m++) {
      const column = roster.moved[m];
      if (descent.columnCurvature[column] * (descent.coefficient[column] - before[column]) ** 2 > stop.tolerance) return false;
    }
    return true;
  };
  const expose = (descent: Descent, k: number): void => {
    linearPredictor(descent, eta);
    for (let i = 0; i < n; i++) {
      const others = sum[i] - power[k][i];
      const value = Math.exp(Math.min(LARGEST_LINK, Math.max(-LARGEST_LINK, eta[i])));
      power[k][i] = Math.min(LARGEST_ODDS * others, Math.max(others / LARGEST_ODDS, value));
      sum[i] = others + power[k][i];
    }
  };

  function centreIntercepts(): number {
    const mean = descents.reduce((total, descent) => total + descent.intercept, 0) / classes;
    for (const descent of descents) descent.intercept -= mean;
    return mean;
  }
  const recentre = (): void => {
    const shift = new Float64Array(n).fill(-centreIntercepts());
    const values = new Float64Array(classes);
    for (let m = 0; m < roster.movedCount; m++) {
      const column = roster.moved[m];
      descents.forEach(({ coefficient }, k) => (values[k] = coefficient[column]));
      const c = centreOf(values, penalty, column);
      if (c === 0) continue;
      for (const { coefficient } of descents) coefficient[column] -= c;
      for (let i = 0; i < n; i++) shift[i] -= c * z[column * n + i];
    }
    for (let i = 0; i < n; i++) {
      const factor = Math.exp(shift[i]);
      sum[i] *= factor;
      for (const powers of power) powers[i] *= factor;
    }
  };

  return {
    set: { columns: Int32Array.from({ length: p }, (_, j) => j), size: p },
    predictors: descents.map((descent) => ({ b: descent.coefficient, get intercept() { return descent.intercept; } })),
    slopes,
    solve(lambda, previous) {
      admitAbove(penalty.alpha * (2 * lambda - previous));
      for (;;) {
        let uncertain = false;
        let still = true;
        for (let k = 0; k < classes; k++) {
          const descent = descents[k];
          const interceptBefore = descent.intercept;
          before.set(descent.coefficient);
          if (approximate(descent, k) <= CERTAIN) continue;
          uncertain = true;
          measureColumns(descent);
          if (!descend(descent, lambda, stop)) return 'not-converged';
          if (!settled(descent, interceptBefore)) still = false;
          expose(descent, k);
        }
        recentre();
        if (!uncertain) return 'certain';
        if (still && admitAbove(penalty.alpha * lambda) === 0) return 'converged';
      }
    },
    explained() {
      let loss = 0;
      for (let i = 0; i < n; i++) loss -= weights[i] * Math.log(power[y[i]][i] / sum[i]);
      return 1 - loss / nullLoss;
    },
  };
}
