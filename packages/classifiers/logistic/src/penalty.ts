import { type Context, type Random, random, type TrainingSet } from '@radloom/core';
import { coefficientsAt, crossValidatedPath, type PenalisedOptions, type PenalisedPath, penalisedPath } from '@radloom/statistics';
import type { Settings } from './run.js';

/** The solution at one penalty, in the columns' own units. */
export interface Solution {
  readonly lambda: number;
  readonly intercept: number;
  readonly coefficient: Float64Array;
  /** Of the cross-validation, if there was one: losses along the path and both choices. */
  readonly crossValidation?: {
    readonly loss: string;
    readonly lambda: Float64Array;
    readonly mean: Float64Array;
    readonly error: Float64Array;
    readonly lambdaMin: number;
    readonly lambda1se: number;
  };
}

/** Fits at the given penalty, or along glmnet's path and at the penalty that the cross-validation chooses. */
export function fitPenalised({ x, y, rows, predictors }: TrainingSet, weights: Float64Array | undefined, settings: Settings, ctx: Context): Solution {
  const { alpha, standardise, threshold, lambda } = settings;
  const options: PenalisedOptions = { family: 'binomial', x, n: rows, p: predictors.length, y, weights, alpha, standardise, threshold };
  if (typeof lambda === 'number') return solutionAt(penalisedPath({ ...options, lambda: [lambda] }), lambda);
  const folds = dealFolds(y, Math.min(settings.folds, rows), random(ctx.seed));
  const found = crossValidatedPath({
    ...options,
    folds,
    loss: settings.loss,
    onFold: (done, total) => {
      ctx.signal.throwIfAborted();
      ctx.progress(done, total);
    },
  });
  for (const note of found.notes) ctx.warn('cross-validation', note);
  const { loss, mean, error, lambdaMin, lambda1se } = found;
  return {
    ...solutionAt(found.path, lambda === 'min' ? lambdaMin : lambda1se),
    crossValidation: { loss, lambda: found.lambda, mean, error, lambdaMin, lambda1se },
  };
}

function solutionAt(path: PenalisedPath, lambda: number): Solution {
  const { intercept, coefficients } = coefficientsAt(path, lambda);
  return { lambda, intercept: intercept[0], coefficient: coefficients[0] };
}

/** A fold number per row: each class is shuffled and dealt out in turn, so that folds have its share of both. */
export function dealFolds(y: Uint8Array, folds: number, stream: Random): Int32Array {
  const fold = new Int32Array(y.length);
  let dealt = 0;
  for (const level of [0, 1]) {
    const rows = [...y.keys()].filter((r) => y[r] === level);
    // Dealing goes on where the other class ended, so that no fold stays empty.
    for (const from of stream.permutation(rows.length)) fold[rows[from]] = dealt++ % folds;
  }
  return fold;
}
