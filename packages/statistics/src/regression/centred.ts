import type { Design } from './design.js';

/** A design whose columns lie about 0, and the way between its coefficients and those of the design it came from. */
export interface CentredDesign {
  readonly design: Design;
  into(coefficients: Float64Array): Float64Array;
  outOf(coefficients: Float64Array): Float64Array;
  /** columns × columns. */
  covarianceOutOf(covariance: Float64Array): Float64Array;
}

/** Standard deviations from 0 beyond which a column's coefficient cannot be moved without the intercept. */
const FAR = 10;

/** Whether a column's mean is many standard deviations from 0. */
export function farFromZero({ rows, names, values, termOf }: Design): boolean {
  return names.some((_, c) => {
    if (termOf[c] === -1) return false;
    const column = values.subarray(c * rows, (c + 1) * rows);
    const mean = column.reduce((sum, value) => sum + value, 0) / rows;
    const square = column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rows;
    return mean * mean > FAR * FAR * square;
  });
}

/** The design as it is. */
export const asGiven = (design: Design): CentredDesign => ({ design, into: (coefficients) => coefficients, outOf: (coefficients) => coefficients, covarianceOutOf: (covariance) => covariance });

/**
 * Columns minus their means, where there is an intercept to take them up: the same model, likelihood and information determinant, but
 * steps from 0 stay near the data, also where a column's values lie far from 0 beside their spread.
 */
export function centred(design: Design): CentredDesign {
  const intercept = design.termOf.indexOf(-1);
  if (intercept < 0) return asGiven(design);
  const { rows, names } = design;
  const values = design.values.slice();
  const means = Float64Array.from(names, (_, c) => {
    if (c === intercept) return 0;
    const column = values.subarray(c * rows, (c + 1) * rows);
    const mean = column.reduce((sum, value) => sum + value, 0) / rows;
    for (let i = 0; i < rows; i++) column[i] -= mean;
    return mean;
  });
  const shifted = (coefficients: Float64Array, sign: 1 | -1) => coefficients.with(intercept, coefficients.reduce((sum, value, c) => sum + sign * means[c] * value, coefficients[intercept]));
  return {
    design: { ...design, values },
    into: (coefficients) => shifted(coefficients, 1),
    outOf: (coefficients) => shifted(coefficients, -1),
    covarianceOutOf(covariance) {
      const size = names.length;
      const out = new Float64Array(size * size);
      // T V Tᵀ with T the step of `outOf`: first every row, then every column.
      for (let r = 0; r < size; r++) out.set(shifted(covariance.slice(r * size, (r + 1) * size), -1), r * size);
      for (let c = 0; c < size; c++) {
        const column = shifted(Float64Array.from({ length: size }, (_, r) => out[r * size + c]), -1);
        for (let r = 0; r < size; r++) out[r * size + c] = column[r];
      }
      return out;
    },
  };
}
