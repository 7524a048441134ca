import { RadloomError } from '@radloom/core';
import { type Fit, makeSingleFit } from './fit.js';
import { binomialLoss } from './losses/binomial.js';
import { coxLoss } from './losses/cox.js';
import { gaussianLoss } from './losses/gaussian.js';
import type { Loss } from './losses/loss.js';
import { makeMultinomialFit, multinomialNullLoss } from './multinomial-fit.js';
import type { PathEnd, PenalisedOptions, PenalisedPath } from './options.js';
import type { Penalty } from './predictor.js';
import { makeProblem, type Problem } from './problem.js';
import { ending, penalties } from './sequence.js';
import { type Response, type Solution, solutionOf } from './solution.js';
import { type Design, standardise } from './standardise.js';

/**
 * Penalised regression along a path of penalties:
 * minimises loss + λ Σ_j f_j [(1 − α)/2 β_j² + α |β_j|], the loss being the mean over weights of half the squared error (gaussian) or
 * of minus the log likelihood (Friedman, Hastie & Tibshirani 2010; cox: Simon et al. 2011, Breslow ties).
 *
 * Rules are glmnet's: columns standardised with divisor n; the gaussian response too, so that its ridge part is λ(1 − α)/s_y in the
 * response's units; λ from max_j |x_j'r| / (f_j max(α, 0.001)) downwards in equal log steps; early endings as in `PathEnd`; constant
 * columns keep coefficient 0.
 *
 * @example
 * const path = penalisedPath({ family: 'binomial', x, n: 82, p: 1051, y });
 * const { intercept, coefficients } = coefficientsAt(path, 0.05);
 *
 * @throws `bad-dimensions`, `missing-value`, `bad-response`, `one-class`, `no-events`, `constant-response`, `constant-columns`,
 * `bad-weights`, `bad-bounds`, `bad-setting`, `not-converged` (at the first λ; later the path ends there)
 */
export function penalisedPath(options: PenalisedOptions): PenalisedPath {
  const problem = makeProblem(options);
  return fitPath(problem, Int32Array.from({ length: problem.n }, (_, i) => i));
}

/** The path of some rows of a checked problem. */
export function fitPath(problem: Problem, rows: Int32Array): PenalisedPath {
  const { family, p, intercept } = problem;
  const used = rows.filter((row) => problem.weights[row] > 0);
  const raw = Float64Array.from(used, (row) => problem.weights[row]);
  const totalWeight = raw.reduce((sum, value) => sum + value, 0);
  const weights = raw.map((value) => value / totalWeight);
  const design = standardise(problem.x, problem.n, p, used, weights, intercept || family === 'cox', problem.standardise);
  for (let j = 0; j < p; j++) if (Number.isNaN(problem.factor[j])) design.usable[j] = 0;
  if (!design.usable.includes(1)) throw new RadloomError({ code: 'constant-columns', what: `None of the ${p} columns varies over the ${used.length} rows.` });
  const response = responseOf(problem, used, weights);
  const { fit, nullLoss } = makeFit(problem, design, response, used, weights);

  const lambda: number[] = [];
  const explained: number[] = [];
  const solutions: Solution[] = [];
  let end: PathEnd = 'complete';
  for (const point of penalties(problem, fit, rows.length, response.scale)) {
    if (!fit.solve(point.internal)) {
      end = 'not-converged';
      break;
    }
    lambda.push(point.label());
    explained.push(fit.explained());
    solutions.push(solutionOf(fit, design, response, intercept));
    const reason = problem.lambda === undefined ? ending(problem, explained, solutions.at(-1)!.nonzero) : undefined;
    if (reason === undefined) continue;
    end = reason;
    break;
  }
  if (solutions.length === 0) throw new RadloomError({ code: 'not-converged', what: `The ${family} model did not converge at its largest penalty.`, fix: 'Start from a larger lambda.' });
  return {
    family,
    p,
    lambda: Float64Array.from(lambda),
    intercept: fit.predictors.map((_, c) => Float64Array.from(solutions, (solution) => solution.intercept[c])),
    coefficients: fit.predictors.map((_, c) => solutions.map((solution) => solution.coefficients[c])),
    nonzero: Int32Array.from(solutions, (solution) => solution.nonzero),
    devianceRatio: Float64Array.from(explained),
    nullDeviance: 2 * totalWeight * nullLoss * response.scale ** 2,
    end,
  };
}

function responseOf({ family, y, intercept }: Problem, used: Int32Array, weights: Float64Array): Response {
  const values = Float64Array.from(used, (row) => y[row]);
  if (family !== 'gaussian') return { y: values, scale: 1, mean: 0 };
  const mean = intercept ? values.reduce((sum, value, i) => sum + weights[i] * value, 0) : 0;
  const scale = Math.sqrt(values.reduce((sum, value, i) => sum + weights[i] * (value - mean) ** 2, 0));
  return { y: values.map((value) => (value - mean) / scale), scale, mean };
}

/** The model at its null solution, and the null loss above that of a perfect fit. */
function makeFit(problem: Problem, design: Design, { y, scale }: Response, used: Int32Array, weights: Float64Array): { fit: Fit; nullLoss: number } {
  const { family, intercept, threshold, maxSteps, classes } = problem;
  const scaled = (bounds: Float64Array) => bounds.map((value, j) => (value * design.scale[j]) / scale);
  const penalty: Penalty = { alpha: problem.alpha, factor: problem.factor, lower: scaled(problem.lower), upper: scaled(problem.upper) };
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
