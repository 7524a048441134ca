import { binomialLikelihood, coxLikelihood } from './cyclical/likelihood.js';
import { makeGaussianFit } from './cyclical/gaussian-fit.js';
import { makeLikelihoodFit } from './cyclical/likelihood-fit.js';
import { makeClassesFit } from './cyclical/multinomial-fit.js';
import { type Fit, makeSingleFit } from './fit.js';
import { binomialLoss } from './losses/binomial.js';
import { coxLoss } from './losses/cox.js';
import { gaussianLoss } from './losses/gaussian.js';
import type { Loss } from './losses/loss.js';
import { makeMultinomialFit, multinomialNullLoss } from './multinomial-fit.js';
import type { Penalty } from './predictor.js';
import type { Problem } from './problem.js';
import type { Response } from './solution.js';
import type { Design } from './standardise.js';

/** A model at its null solution, and the null loss above that of a perfect fit. */
export interface Model {
  readonly fit: Fit;
  readonly nullLoss: number;
}

/** The response of the used rows as the solver sees it. */
export function responseOf({ family, y, intercept }: Problem, used: Int32Array, weights: Float64Array): Response {
  const values = Float64Array.from(used, (row) => y[row]);
  if (family !== 'gaussian') return { y: values, scale: 1, mean: 0 };
  const mean = intercept ? values.reduce((sum, value, i) => sum + weights[i] * value, 0) : 0;
  const scale = Math.sqrt(values.reduce((sum, value, i) => sum + weights[i] * (value - mean) ** 2, 0));
  return { y: values.map((value) => (value - mean) / scale), scale, mean };
}

/** @param used  rows of the problem, in the order of the design; `weights` are theirs, sum 1 */
export function makeModel(problem: Problem, design: Design, response: Response, used: Int32Array, weights: Float64Array): Model {
  const scaled = (bounds: Float64Array) => bounds.map((value, j) => (value * design.scale[j]) / response.scale);
  const penalty: Penalty = { alpha: problem.alpha, factor: problem.factor, lower: scaled(problem.lower), upper: scaled(problem.upper) };
  return problem.solver === 'cyclical' ? cyclical(problem, design, response, used, weights, penalty) : newton(problem, design, response, used, weights, penalty);
}

function newton(problem: Problem, design: Design, { y }: Response, used: Int32Array, weights: Float64Array, penalty: Penalty): Model {
  const { family, intercept, threshold, maxSteps, classes } = problem;
  if (family === 'multinomial') {
    const nullLoss = multinomialNullLoss(y, weights, classes, intercept);
    return { fit: makeMultinomialFit(design, { y, weights, classes }, penalty, intercept, { tolerance: threshold * nullLoss, maxSteps }), nullLoss };
  }
  const loss = lossOf(problem, y, used, weights);
  const nullLoss = loss.nullLoss - loss.saturatedLoss;
  // A gaussian response and its columns are centred: the intercept is known.
  return { fit: makeSingleFit(design, loss, penalty, intercept && family === 'binomial', { tolerance: threshold * nullLoss, maxSteps }), nullLoss };
}

function lossOf({ family, intercept, status }: Problem, y: Float64Array, used: Int32Array, weights: Float64Array): Loss {
  if (family === 'gaussian') return gaussianLoss(y, weights);
  if (family === 'binomial') return binomialLoss(y, weights, intercept);
  return coxLoss(y, Float64Array.from(used, (row) => status[row]), weights);
}

function cyclical(problem: Problem, design: Design, { y }: Response, used: Int32Array, weights: Float64Array, penalty: Penalty): Model {
  const { family, intercept, threshold, maxSweeps, classes } = problem;
  const stop = (scale: number) => ({ tolerance: threshold * scale, maxSweeps });
  if (family === 'gaussian') {
    const nullLoss = gaussianLoss(y, weights).nullLoss;
    return { fit: makeGaussianFit(design, y, weights, penalty, stop(2 * nullLoss)), nullLoss };
  }
  if (family === 'multinomial') {
    const nullLoss = multinomialNullLoss(y, weights, classes, intercept);
    return { fit: makeClassesFit(design, { y, weights, classes }, penalty, intercept, stop(nullLoss)), nullLoss };
  }
  const likelihood = family === 'binomial' ? binomialLikelihood(y, weights, intercept) : coxLikelihood(y, Float64Array.from(used, (row) => problem.status[row]), weights);
  return { fit: makeLikelihoodFit(design, likelihood, penalty, intercept && family === 'binomial', stop(likelihood.nullLoss)), nullLoss: likelihood.nullLoss };
}
