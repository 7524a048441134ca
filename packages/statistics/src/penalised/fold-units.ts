import { concordance, weightedAuc } from './concordance.js';
import { type CrossValidationLoss, rowLoss } from './fold-loss.js';
import { positionOn, toResponse } from './interpolation.js';
import { partialLogLikelihood, riskSets, saturatedLogLikelihood } from './losses/cox.js';
import type { PenalisedPath } from './options.js';
import type { Problem } from './problem.js';

/** What is averaged: a row, or a fold as a whole. */
export interface Unit {
  readonly weight: number;
  /** Loss at each λ of the path on all rows. */
  readonly values: Float64Array;
}

/** Linear predictors of some rows at each given λ, read off a path by interpolation: `[λ][predictor][row]`. */
function linksAt({ x, n }: Problem, path: PenalisedPath, lambda: Float64Array, rows: ArrayLike<number>): Float64Array[][] {
  const own = Array.from(path.lambda, (_, k) =>
    path.coefficients.map((solutions, c) => {
      const eta = new Float64Array(rows.length).fill(path.intercept[c][k]);
      const { index, value } = solutions[k];
      for (let m = 0; m < index.length; m++) for (let i = 0; i < rows.length; i++) eta[i] += value[m] * x[index[m] * n + rows[i]];
      return eta;
    }),
  );
  return Array.from(lambda, (value) => {
    const { left, right, weight } = positionOn(path.lambda, value);
    return own[left].map((eta, c) => (weight === 1 ? eta.slice() : eta.map((link, i) => weight * link + (1 - weight) * own[right][c][i])));
  });
}

/** Losses of the held rows at each λ, one unit a row. */
export function rowUnits(problem: Problem, path: PenalisedPath, lambda: Float64Array, held: readonly number[], loss: CrossValidationLoss): Unit[] {
  const lossOf = rowLoss(problem.family, loss)!;
  const units = held.map((row) => ({ weight: problem.weights[row], values: new Float64Array(lambda.length) }));
  linksAt(problem, path, lambda, held).forEach((links, l) => {
    const means = toResponse(problem.family, links);
    held.forEach((row, i) => (units[i].values[l] = lossOf(means, i, problem.y[row])));
  });
  return units;
}

/** Area under the curve, or concordance, of a fold at each λ. */
export function rankUnit(problem: Problem, path: PenalisedPath, lambda: Float64Array, held: readonly number[], loss: CrossValidationLoss): Unit {
  const y = held.map((row) => problem.y[row]);
  const weights = held.map((row) => problem.weights[row]);
  const status = held.map((row) => problem.status[row]);
  const values = linksAt(problem, path, lambda, held).map((links) =>
    // Of probabilities, not of their log odds: those that saturate tie.
    loss === 'C' ? concordance(y, status, links[0], weights) : weightedAuc(y, toResponse(problem.family, links)[0], weights),
  );
  return { weight: weights.reduce((sum, value) => sum + value, 0), values: Float64Array.from(values) };
}

/**
 * Cox deviance of a fold per event. With `difference`: of all rows minus that of the kept rows, which uses the risk sets of all
 * (Verweij & van Houwelingen 1993); otherwise of the held rows alone.
 */
export function coxUnit(problem: Problem, path: PenalisedPath, lambda: Float64Array, held: readonly number[], kept: Int32Array, difference: boolean): Unit {
  const all = Int32Array.from({ length: problem.n }, (_, i) => i);
  const events = held.reduce((sum, row) => sum + problem.weights[row] * problem.status[row], 0);
  const whole = coxDeviance(problem, all);
  const part = coxDeviance(problem, difference ? kept : Int32Array.from(held));
  const values = linksAt(problem, path, lambda, all).map(([eta]) => (difference ? whole(eta) - part(eta) : part(eta)) / events);
  return { weight: events, values: Float64Array.from(values) };
}

/** The deviance of some rows as a function of the log hazards of all; weights are rescaled to mean 1. */
function coxDeviance({ y, status, weights }: Problem, rows: Int32Array): (eta: Float64Array) => number {
  const total = rows.reduce((sum, row) => sum + weights[row], 0);
  const w = Float64Array.from(rows, (row) => (weights[row] * rows.length) / total);
  const dead = Float64Array.from(rows, (row) => status[row]);
  const sets = riskSets(Float64Array.from(rows, (row) => y[row]), dead, w);
  const saturated = saturatedLogLikelihood(sets);
  return (eta) => 2 * (saturated - partialLogLikelihood(sets, dead, w, Float64Array.from(rows, (row) => eta[row])));
}

/** The weighted mean of units. */
export function joined(units: readonly Unit[]): Unit {
  const weight = units.reduce((sum, unit) => sum + unit.weight, 0);
  const values = new Float64Array(units[0].values.length);
  for (const unit of units) unit.values.forEach((value, l) => (values[l] += (unit.weight * value) / weight));
  return { weight, values };
}
