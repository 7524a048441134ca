import { centreOf } from './class-centre.js';
import { type Accuracy, CERTAIN, emptySet, enter, type Fit } from './fit.js';
import { type ClassData, makeJointStep, multinomialLoss } from './joint-step.js';
import { classLoss } from './losses/class.js';
import { isWide, makePredictor, type Penalty, type Predictor } from './predictor.js';
import { makeScreen } from './screening.js';
import type { Design } from './standardise.js';

/**
 * A multinomial model: one linear predictor per class, improved together; with many working columns in turn, the others held fixed.
 * Adding the same number to a coefficient of every class changes no probability, so after each round the number is taken that makes
 * the penalty least.
 */
export function makeMultinomialFit(design: Design, data: ClassData, penalty: Penalty, intercept: boolean, { tolerance, maxSteps }: Accuracy): Fit {
  const { n, p, z } = design;
  const { y, weights, classes } = data;
  const set = emptySet(design, penalty);
  const share = classShares(y, weights, classes);
  const level = intercept ? share.reduce((sum, value) => sum + Math.log(value), 0) / classes : 0;
  const nullLoss = multinomialNullLoss(y, weights, classes, intercept);
  const others = new Float64Array(n);
  const predictors: Predictor[] = [];
  for (let k = 0; k < classes; k++) {
    const member = Float64Array.from(y, (value) => (value === k ? 1 : 0));
    predictors.push(makePredictor(design, classLoss(member, weights, others, intercept ? Math.log(share[k]) - level : 0), penalty, set, intercept));
  }
  const jointStep = makeJointStep(design, data, penalty, set, intercept, predictors);
  const screens = predictors.map(() => makeScreen(design, penalty.factor));
  const found = new Int32Array(p);

  /** Makes class k's residuals those of the present predictors of all classes. */
  const attend = (k: number) => {
    for (let i = 0; i < n; i++) {
      let most = -Infinity;
      for (let c = 0; c < classes; c++) if (c !== k && predictors[c].eta[i] > most) most = predictors[c].eta[i];
      let sum = 0;
      for (let c = 0; c < classes; c++) if (c !== k) sum += Math.exp(predictors[c].eta[i] - most);
      others[i] = most + Math.log(sum);
    }
    predictors[k].refresh();
  };

  const recentre = () => {
    const values = new Float64Array(classes);
    for (let place = 0; place < set.size; place++) {
      const j = set.columns[place];
      predictors.forEach((predictor, k) => (values[k] = predictor.b[place]));
      const c = centreOf(values, penalty, j);
      if (c === 0) continue;
      for (const predictor of predictors) {
        predictor.b[place] -= c;
        for (let i = 0; i < n; i++) predictor.eta[i] -= c * z[j * n + i];
      }
    }
    if (!intercept) return;
    const mean = predictors.reduce((sum, predictor) => sum + predictor.intercept, 0) / classes;
    for (const predictor of predictors) {
      predictor.intercept -= mean;
      for (let i = 0; i < n; i++) predictor.eta[i] -= mean;
    }
  };

  const turns = (lambda: number) => {
    let change = 0;
    predictors.forEach((predictor, k) => {
      attend(k);
      change = Math.max(change, predictor.step(lambda, tolerance));
    });
    return change;
  };

  const enterViolations = (limit: number): number => {
    let count = 0;
    screens.forEach((screen, k) => {
      attend(k);
      const more = screen.exceeding(predictors[k].residual, limit, found);
      for (let m = 0; m < more; m++) {
        enter(set, found[m]);
        screens.forEach((other) => other.leaveOut(found[m]));
      }
      count += more;
    });
    return count;
  };

  const slopes = () => {
    const largest = new Float64Array(p);
    screens.forEach((screen, k) => {
      attend(k);
      screen.all(predictors[k].residual).forEach((value, j) => (largest[j] = Math.max(largest[j], Math.abs(value))));
    });
    return largest;
  };
  slopes();

  return {
    set,
    predictors,
    slopes,
    solve(lambda) {
      for (let step = 0; step < maxSteps; step++) {
        const idle = set.size === 0 && !intercept;
        const change = idle ? 0 : isWide(set.size, n) ? turns(lambda) : jointStep(lambda, tolerance);
        recentre();
        if (predictors.every((predictor) => predictor.weight() < CERTAIN)) return 'converged';
        if (step > 0 && change >= tolerance) continue;
        if (enterViolations(lambda * penalty.alpha) === 0 && change < tolerance) return 'converged';
      }
      return 'not-converged';
    },
    explained: () => (nullLoss - multinomialLoss(data, predictors)) / nullLoss,
  };
}

/** Loss without columns: each class at its share of the rows, or all classes alike without intercept. */
export function multinomialNullLoss(y: Float64Array, weights: Float64Array, classes: number, intercept: boolean): number {
  return intercept ? -classShares(y, weights, classes).reduce((sum, value) => sum + value * Math.log(value), 0) : Math.log(classes);
}

function classShares(y: Float64Array, weights: Float64Array, classes: number): Float64Array {
  const share = new Float64Array(classes);
  for (let i = 0; i < y.length; i++) share[y[i]] += weights[i];
  return share;
}
