import { RadloomError } from '@radloom/core';
import type { Coalitions } from './coalitions.js';
import type { Attribution } from './linear.js';

/**
 * Kernel SHAP (Lundberg & Lee 2017): the additive explanation that fits the predictions of the coalitions best under the Shapley weights,
 * held to add up exactly. With all coalitions it is the Shapley value of the game "unknown features come from a background row".
 *
 * @param prediction  per explained row, as it is
 * @param perturbed   row i, set k, background b at `(i * sets + k) * background + b`, then the background rows as they are
 */
export function kernelAttribution({ features, known, weight }: Coalitions, prediction: Float64Array, perturbed: Float64Array, background: number): Attribution {
  const rows = prediction.length;
  const sets = weight.length;
  const meanOf = (start: number) => {
    let sum = 0;
    for (let b = 0; b < background; b++) sum += perturbed[start + b];
    return sum / background;
  };
  const base = meanOf(rows * sets * background);
  const values = new Float64Array(rows * features);
  if (features === 1) {
    prediction.forEach((value, i) => (values[i] = value - base));
    return { values, base };
  }
  // The last feature takes what is left of the sum, which leaves an unconstrained regression on the differences to it.
  const free = features - 1;
  const difference = (k: number, j: number) => known[k * features + j] - known[k * features + free];
  const normal = new Float64Array(free * free);
  for (let k = 0; k < sets; k++) for (let a = 0; a < free; a++) for (let c = 0; c <= a; c++) normal[a * free + c] += weight[k] * difference(k, a) * difference(k, c);
  const factor = cholesky(normal, free);
  const right = new Float64Array(free);
  for (let i = 0; i < rows; i++) {
    right.fill(0);
    const whole = prediction[i] - base;
    for (let k = 0; k < sets; k++) {
      const gain = weight[k] * (meanOf((i * sets + k) * background) - base - known[k * features + free] * whole);
      for (let a = 0; a < free; a++) right[a] += difference(k, a) * gain;
    }
    solve(factor, free, right);
    let rest = whole;
    for (let a = 0; a < free; a++) rest -= values[i * features + a] = right[a];
    values[i * features + free] = rest;
  }
  return { values, base };
}

/** The lower factor of a symmetric positive definite matrix, of which the lower half is given, row by row. */
function cholesky(matrix: Float64Array, n: number): Float64Array {
  const factor = matrix.slice();
  for (let j = 0; j < n; j++) {
    for (let k = 0; k < j; k++) for (let i = j; i < n; i++) factor[i * n + j] -= factor[i * n + k] * factor[j * n + k];
    const pivot = factor[j * n + j];
    if (!(pivot > 0)) throw new RadloomError({ code: 'too-few-coalitions', what: `The coalitions do not tell ${n + 1} features apart.`, where: { field: 'coalitions' }, fix: `Set it to at least ${4 * (n + 1)}.` });
    for (let i = j; i < n; i++) factor[i * n + j] /= Math.sqrt(pivot);
  }
  return factor;
}

/** Overwrites the right side by the solution. */
function solve(factor: Float64Array, n: number, right: Float64Array): void {
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) right[i] -= factor[i * n + k] * right[k];
    right[i] /= factor[i * n + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) right[i] -= factor[k * n + i] * right[k];
    right[i] /= factor[i * n + i];
  }
}
