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
  const present = new Set<number>();
  const constants: number[] = [];
  const coefficients: SparseCoefficients[] = [];
  for (const predictor of predictors) {
    const places: number[] = [];
    for (let k = 0; k < set.size; k++) if (predictor.b[k] !== 0) places.push(k);
    places.sort((a, b) => set.columns[a] - set.columns[b]);
    const index = Int32Array.from(places, (k) => set.columns[k]);
    const value = Float64Array.from(places, (k) => (predictor.b[k] * response.scale) / scale[set.columns[k]]);
    let constant = predictor.intercept * response.scale + response.mean;
    index.forEach((j, k) => {
      constant -= value[k] * mean[j];
      present.add(j);
    });
    constants.push(intercept ? constant : 0);
    coefficients.push({ index, value });
  }
  // Only differences between classes matter: their intercepts are reported with mean 0.
  const middle = constants.length > 1 ? constants.reduce((sum, value) => sum + value, 0) / constants.length : 0;
  return { intercept: constants.map((value) => value - middle), coefficients, nonzero: present.size };
}
