import type { Fit } from './fit.js';
import type { SparseCoefficients } from './options.js';
import type { Design } from './standardise.js';

/** A response as the solver sees it. */
export interface Response {
  readonly y: Float64Array;
  /** Gaussian: standard deviation (divisor n) and mean of the response; 1 and 0 otherwise. */
  readonly scale: number;
  readonly mean: number;
}

/** One point of a path, in the units of columns and response. */
export interface Solution {
  /** Per predictor. */
  readonly intercept: readonly number[];
  readonly coefficients: readonly SparseCoefficients[];
  /** Columns with a coefficient in any predictor. */
  readonly nonzero: number;
}

/** The present solution of a fit. */
export function solutionOf({ set, predictors }: Fit, { mean, scale }: Design, response: Response, intercept: boolean): Solution {
  const constants: number[] = [];
  const coefficients: SparseCoefficients[] = [];
  for (const predictor of predictors) {
    const places = placesByColumn(set.columns, set.size, predictor.b);
    const index = new Int32Array(places.length);
    const value = new Float64Array(places.length);
    let constant = predictor.intercept * response.scale + response.mean;
    for (let k = 0; k < places.length; k++) {
      const column = set.columns[places[k]];
      index[k] = column;
      value[k] = (predictor.b[places[k]] * response.scale) / scale[column];
      constant -= value[k] * mean[column];
    }
    constants.push(intercept ? constant : 0);
    coefficients.push({ index, value });
  }
  const nonzero = coefficients.length === 1 ? coefficients[0].index.length : new Set(coefficients.flatMap(({ index }) => [...index])).size;
  // Only differences between classes matter: their intercepts are reported with mean 0.
  const middle = constants.length > 1 ? constants.reduce((sum, value) => sum + value, 0) / constants.length : 0;
  return { intercept: constants.map((value) => value - middle), coefficients, nonzero };
}

/** Places of coefficients that are not zero, in the order of their columns: sorted as one number each, column first, which needs no comparer. */
function placesByColumn(columns: Int32Array, size: number, b: Float64Array): Float64Array {
  let count = 0;
  for (let k = 0; k < size; k++) if (b[k] !== 0) count++;
  const keys = new Float64Array(count);
  count = 0;
  for (let k = 0; k < size; k++) if (b[k] !== 0) keys[count++] = columns[k] * size + k;
  keys.sort();
  for (let k = 0; k < count; k++) keys[k] %= size;
  return keys;
}
