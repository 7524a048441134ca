import { RadloomError } from '@radloom/core';
import { makeModel, responseOf } from './model.js';
import type { PathEnd, PenalisedOptions, PenalisedPath } from './options.js';
import { makeProblem, type Problem } from './problem.js';
import { ending, penalties } from './sequence.js';
import { type Solution, solutionOf } from './solution.js';
import { standardise } from './standardise.js';

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
  const { fit, nullLoss } = makeModel(problem, design, response, used, weights);

  const lambda: number[] = [];
  const explained: number[] = [];
  const solutions: Solution[] = [];
  let end: PathEnd = 'complete';
  for (const point of penalties(problem, fit, rows.length, response.scale)) {
    const outcome = fit.solve(point.internal, point.previous);
    if (outcome === 'not-converged') {
      end = outcome;
      break;
    }
    lambda.push(point.label());
    explained.push(fit.explained());
    solutions.push(solutionOf(fit, design, response, intercept));
    const reason = outcome === 'certain' ? 'explained' : problem.lambda === undefined ? ending(problem, explained, solutions.at(-1)!.nonzero) : undefined;
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
