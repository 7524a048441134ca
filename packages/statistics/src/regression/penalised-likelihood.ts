import { RadloomError } from '@radloom/core';
import type { Design } from './design.js';
import { cholesky, choleskyInverse, choleskyLogDeterminant, choleskySolve } from './symmetric.js';

/** Penalised likelihood and what its derivatives need at one coefficient vector. */
export interface Penalised {
  /** log likelihood + ½ log |I|. */
  readonly logLikelihood: number;
  readonly score: Float64Array;
  /** Fisher information XᵀWX, columns × columns. */
  readonly information: Float64Array;
  readonly fitted: Float64Array;
  /** Hat values of the weighted design. */
  readonly leverage: Float64Array;
}

/** XᵀWX with w = μ(1 − μ) × factor. */
export function information(design: Design, mu: Float64Array, factor: (i: number) => number): Float64Array {
  const { rows, values } = design;
  const columns = design.names.length;
  const out = new Float64Array(columns * columns);
  for (let a = 0; a < columns; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = 0;
      for (let i = 0; i < rows; i++) sum += values[a * rows + i] * values[b * rows + i] * mu[i] * (1 - mu[i]) * factor(i);
      out[a * columns + b] = sum;
      out[b * columns + a] = sum;
    }
  }
  return out;
}

/** The Cholesky factor of an information matrix, or an error that names the cause. */
export function factor(matrix: Float64Array, size: number): Float64Array {
  const lower = cholesky(matrix, size);
  if (lower !== undefined) return lower;
  throw new RadloomError({ code: 'design-singular', what: 'The information matrix is singular: some predictors are combinations of others.', fix: 'Leave out one of the dependent predictors.' });
}

/** The inverse of a symmetric positive definite matrix. */
export const inverse = (matrix: Float64Array, size: number) => choleskyInverse(factor(matrix, size), size);

/** log(1 + e^x) without overflow. */
const softplus = (x: number) => (x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x)));

/** Penalised likelihood, score and information at a coefficient vector. */
export function evaluate(design: Design, outcome: ArrayLike<number>, beta: Float64Array): Penalised {
  const { rows, values } = design;
  const columns = beta.length;
  const fitted = new Float64Array(rows);
  let logLikelihood = 0;
  for (let i = 0; i < rows; i++) {
    let eta = 0;
    for (let c = 0; c < columns; c++) eta += values[c * rows + i] * beta[c];
    fitted[i] = 1 / (1 + Math.exp(-eta));
    logLikelihood -= softplus(outcome[i] === 1 ? -eta : eta);
  }
  const info = information(design, fitted, () => 1);
  const lower = factor(info, columns);
  const leverage = hatValues(design, fitted, lower);
  const score = new Float64Array(columns);
  for (let i = 0; i < rows; i++) {
    const pull = outcome[i] - fitted[i] + leverage[i] * (0.5 - fitted[i]);
    for (let c = 0; c < columns; c++) score[c] += values[c * rows + i] * pull;
  }
  return { logLikelihood: logLikelihood + choleskyLogDeterminant(lower, columns) / 2, score, information: info, fitted, leverage };
}

/** w x ᵀ I⁻¹ x, row by row. */
function hatValues(design: Design, fitted: Float64Array, lower: Float64Array): Float64Array {
  const { rows, values } = design;
  const columns = design.names.length;
  const x = new Float64Array(columns);
  return fitted.map((mu, i) => {
    for (let c = 0; c < columns; c++) x[c] = values[c * rows + i];
    const solved = choleskySolve(lower, columns, x);
    let sum = 0;
    for (let c = 0; c < columns; c++) sum += x[c] * solved[c];
    return mu * (1 - mu) * sum;
  });
}
