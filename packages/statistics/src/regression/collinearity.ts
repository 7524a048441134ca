import { cholesky, choleskyLogDeterminant, submatrix } from './symmetric.js';

/** How much a term's variance is inflated by the others. */
export interface VarianceInflation {
  readonly term: string;
  readonly df: number;
  /** The variance inflation factor for one column, its generalisation (Fox & Monette 1992) for a factor. */
  readonly gvif: number;
  /** GVIF^(1/(2 df)): comparable between terms of different df. */
  readonly scaled: number;
}

/** A fitted model, as far as this looks at it. */
export interface FittedTerms {
  readonly terms: readonly string[];
  readonly termOf: ArrayLike<number>;
  /** columns × columns. */
  readonly covariance: Float64Array;
}

/**
 * Variance inflation from the correlation of the coefficients without the intercept (as car::vif): for a logistic model that is not
 * the inflation of the predictors alone.
 *
 * Columns without a coefficient are left out.
 */
export function varianceInflation({ terms, termOf, covariance }: FittedTerms): VarianceInflation[] {
  const columns = termOf.length;
  const used = Array.from({ length: columns }, (_, c) => c).filter((c) => termOf[c] >= 0 && !Number.isNaN(covariance[c * columns + c]));
  const size = used.length;
  const part = submatrix(covariance, columns, used);
  const correlation = part.map((value, at) => value / Math.sqrt(part[Math.floor(at / size) * (size + 1)] * part[(at % size) * (size + 1)]));
  const logDeterminant = (keep: number[]) => {
    const lower = cholesky(submatrix(correlation, size, keep), keep.length);
    return lower === undefined ? -Infinity : choleskyLogDeterminant(lower, keep.length);
  };
  const all = used.map((_, i) => i);
  const whole = logDeterminant(all);
  return terms.flatMap((term, t) => {
    const own = all.filter((i) => termOf[used[i]] === t);
    if (own.length === 0) return [];
    const gvif = Math.exp(logDeterminant(own) + logDeterminant(all.filter((i) => !own.includes(i))) - whole);
    return [{ term, df: own.length, gvif, scaled: gvif ** (1 / (2 * own.length)) }];
  });
}
