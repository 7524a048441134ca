import { RadloomError } from '@radloom/core';
import { type Fit, makeSingleFit } from './fit.js';
import { binomialLoss } from './losses/binomial.js';
import { coxLoss } from './losses/cox.js';
import { gaussianLoss } from './losses/gaussian.js';
import type { Loss } from './losses/loss.js';
import { makeMultinomialFit } from './multinomial-fit.js';
import type { PathEnd, PenalisedFamily, PenalisedOptions, PenalisedPath, SparseCoefficients } from './options.js';
import type { Penalty } from './predictor.js';
import { makeProblem, type Problem } from './problem.js';
import { type Design, standardise } from './standardise.js';

/** Stands for infinite penalty, as in glmnet: the first solution is fitted here and labelled with the largest useful λ. */
const BEYOND = 9.9e35;
/** The automatic path does not end before this many values. */
const LEAST = 5;
const SMALLEST_RATIO = 1e-6;

/** When an automatic path ends: enough explained, or too little gained over the last `back` values. */
const ENDINGS: Record<PenalisedFamily, { explained: number; gain: number; back: number; relative: boolean }> = {
  gaussian: { explained: 0.999, gain: 1e-5, back: 1, relative: true },
  binomial: { explained: 0.999, gain: 1e-5, back: 1, relative: false },
  multinomial: { explained: 0.999, gain: 1e-5, back: 1, relative: false },
  cox: { explained: 0.99, gain: 1e-3, back: LEAST - 1, relative: true },
};

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
  const { family, p, alpha } = problem;
  const used = rows.filter((row) => problem.weights[row] > 0);
  const raw = Float64Array.from(used, (row) => problem.weights[row]);
  const totalWeight = raw.reduce((sum, value) => sum + value, 0);
  const weights = raw.map((value) => value / totalWeight);
  const design = standardise(problem.x, problem.n, p, used, weights, problem.intercept || family === 'cox', problem.standardise);
  for (let j = 0; j < p; j++) if (Number.isNaN(problem.factor[j])) design.usable[j] = 0;
  if (!design.usable.includes(1)) throw new RadloomError({ code: 'constant-columns', what: `None of the ${p} columns varies over the ${used.length} rows.` });
  const response = scaledResponse(problem, used, weights);
  const penalty = penaltyOf(problem, design, response.scale);
  const { fit, nullLoss, saturatedLoss } = makeFit(problem, design, response.y, used, weights, penalty);

  const lambda: number[] = [];
  const explained: number[] = [];
  const solutions: Solution[] = [];
  let end: PathEnd = 'complete';
  for (const value of sequence(problem, fit, penalty, rows.length, response.scale)) {
    if (!fit.solve(value.internal)) {
      end = 'not-converged';
      break;
    }
    lambda.push(value.label());
    explained.push(fit.explained());
    solutions.push(record(fit, design, response, problem.intercept));
    const stop = problem.lambda === undefined ? ending(problem, explained, solutions.at(-1)!.nonzero) : undefined;
    end = stop ?? end;
    if (stop !== undefined) break;
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
    nullDeviance: 2 * totalWeight * (nullLoss - saturatedLoss) * response.scale * response.scale,
    end,
  };
}

interface Response {
  readonly y: Float64Array;
  /** Gaussian only: standard deviation (divisor n) and mean of the response; 1 and 0 otherwise. */
  readonly scale: number;
  readonly mean: number;
}

function scaledResponse({ family, y, intercept }: Problem, used: Int32Array, weights: Float64Array): Response {
  const values = Float64Array.from(used, (row) => y[row]);
  if (family !== 'gaussian') return { y: values, scale: 1, mean: 0 };
  const mean = intercept ? values.reduce((sum, value, i) => sum + weights[i] * value, 0) : 0;
  const scale = Math.sqrt(values.reduce((sum, value, i) => sum + weights[i] * (value - mean) ** 2, 0));
  return { y: values.map((value) => (value - mean) / scale), scale, mean };
}

function penaltyOf({ alpha, factor, lower, upper }: Problem, { scale }: Design, responseScale: number): Penalty {
  const scaled = (bounds: Float64Array) => bounds.map((value, j) => (value * scale[j]) / responseScale);
  return { alpha, factor, lower: scaled(lower), upper: scaled(upper) };
}

function makeFit(problem: Problem, design: Design, y: Float64Array, used: Int32Array, weights: Float64Array, penalty: Penalty): { fit: Fit; nullLoss: number; saturatedLoss: number } {
  const { family, intercept, threshold, maxSteps } = problem;
  if (family === 'multinomial') {
    const nullLoss = multinomialNullLoss(y, weights, problem.classes, intercept);
    return { fit: makeMultinomialFit(design, y, weights, problem.classes, penalty, intercept, { tolerance: threshold * nullLoss, maxSteps }), nullLoss, saturatedLoss: 0 };
  }
  const loss: Loss =
    family === 'gaussian' ? gaussianLoss(y, weights) : family === 'binomial' ? binomialLoss(y, weights, intercept) : coxLoss(y, Float64Array.from(used, (row) => problem.status[row]), weights);
  const { nullLoss, saturatedLoss } = loss;
  // The gaussian response and columns are centred: its intercept is known.
  const fit = makeSingleFit(design, loss, penalty, intercept && family === 'binomial', { tolerance: threshold * (nullLoss - saturatedLoss), maxSteps });
  return { fit, nullLoss, saturatedLoss };
}

function multinomialNullLoss(y: Float64Array, weights: Float64Array, classes: number, intercept: boolean): number {
  if (!intercept) return Math.log(classes);
  const share = new Float64Array(classes);
  y.forEach((value, i) => (share[value] += weights[i]));
  return -share.reduce((sum, value) => sum + value * Math.log(value), 0);
}

/** Penalties in turn: the one to solve at, in units of the scaled response, and the one to report once it is known. */
function* sequence(problem: Problem, fit: Fit, { factor, alpha }: Penalty, rows: number, scale: number): Generator<{ internal: number; label: () => number }> {
  if (problem.lambda !== undefined) {
    for (const value of problem.lambda) yield { internal: value / scale, label: () => value };
    return;
  }
  let first = NaN;
  const start = () => {
    if (!Number.isNaN(first)) return first;
    first = 0;
    fit.slopes().forEach((slope, j) => {
      if (factor[j] > 0) first = Math.max(first, slope / factor[j]);
    });
    return (first /= Math.max(alpha, 1e-3));
  };
  yield { internal: BEYOND, label: () => start() * scale };
  const ratio = Math.max(SMALLEST_RATIO, problem.lambdaMinRatio ?? (rows < problem.p ? 0.01 : 1e-4));
  for (let k = 1; k < problem.lambdaCount; k++) {
    const internal = start() * ratio ** (k / (problem.lambdaCount - 1));
    yield { internal, label: () => internal * scale };
  }
}

function ending({ family, lower, upper, maxNonzero }: Problem, explained: readonly number[], nonzero: number): PathEnd | undefined {
  const k = explained.length - 1;
  if (k + 1 < LEAST) return undefined;
  const { explained: enough, back, relative } = ENDINGS[family];
  // A bound of 0 can hold the path still for a while without being its end.
  const gain = lower.includes(0) || upper.includes(0) ? -1e-9 : ENDINGS[family].gain;
  if (nonzero > maxNonzero) return 'nonzero-limit';
  const gained = explained[k] - explained[k - back];
  if (explained[k] !== 0 && (relative ? gained / explained[k] : gained) < gain) return 'no-gain';
  return explained[k] > enough ? 'explained' : undefined;
}

interface Solution {
  readonly intercept: readonly number[];
  readonly coefficients: readonly SparseCoefficients[];
  readonly nonzero: number;
}

/** The present solution in the units of columns and response. */
function record({ set, predictors }: Fit, { mean, scale }: Design, response: Response, hasIntercept: boolean): Solution {
  const present = new Set<number>();
  const parts = predictors.map((predictor) => {
    const places: number[] = [];
    for (let k = 0; k < set.size; k++) if (predictor.b[k] !== 0) places.push(k);
    places.sort((a, b) => set.columns[a] - set.columns[b]);
    const index = Int32Array.from(places, (k) => set.columns[k]);
    const value = Float64Array.from(places, (k) => (predictor.b[k] * response.scale) / scale[set.columns[k]]);
    let intercept = predictor.intercept * response.scale + response.mean;
    index.forEach((j, k) => {
      intercept -= value[k] * mean[j];
      present.add(j);
    });
    return { intercept: hasIntercept ? intercept : 0, coefficients: { index, value } };
  });
  return { intercept: parts.map((part) => part.intercept), coefficients: parts.map((part) => part.coefficients), nonzero: present.size };
}
