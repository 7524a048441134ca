export type PenalisedFamily = 'gaussian' | 'binomial' | 'multinomial' | 'cox';

/** What to fit and how. The data are read, never changed. */
export interface PenalisedOptions {
  readonly family: PenalisedFamily;
  /** Column-major: row r, column c at `c * n + r`. No value is missing. */
  readonly x: Float64Array;
  /** Rows. */
  readonly n: number;
  /** Columns. */
  readonly p: number;
  /**
   * Per row. gaussian: the response; binomial: 1 event, 0 none; multinomial: class 0..K−1; cox: the time of the event or of leaving
   * observation.
   */
  readonly y: ArrayLike<number>;
  /** cox only: 1 where the event happened at `y`, 0 where observation ended. */
  readonly status?: ArrayLike<number>;
  /** Observation weights; default 1 each. Only ratios matter, but for `nullDeviance`. */
  readonly weights?: ArrayLike<number>;
  /** Share of the lasso in the penalty: 1 lasso, 0 ridge. Default 1. */
  readonly alpha?: number;
  /** Penalties to fit at, any order. Default: a sequence of its own, `lambdaCount` values from the smallest λ that keeps nothing. */
  readonly lambda?: ArrayLike<number>;
  /** Length of the automatic sequence. Default 100; it may end earlier, when nothing more is explained. */
  readonly lambdaCount?: number;
  /** Last λ of the automatic sequence as a share of the first; at least 1e-6. Default 1e-4, or 0.01 when rows are fewer than columns. */
  readonly lambdaMinRatio?: number;
  /** Penalise columns in units of their standard deviation (divisor n); coefficients come back in the columns' units. Default true. */
  readonly standardise?: boolean;
  /** Default true; cox has none. */
  readonly intercept?: boolean;
  /** Multiplies λ for each column: 0 leaves it unpenalised, Infinity leaves it out. Rescaled to sum to p. Default 1 each. */
  readonly penaltyFactor?: ArrayLike<number>;
  /** Lower bounds of coefficients, one or one per column, at most 0. Default −Infinity. */
  readonly lower?: number | ArrayLike<number>;
  /** Upper bounds, at least 0. Default Infinity. */
  readonly upper?: number | ArrayLike<number>;
  /** Stops when no coefficient changes the objective by more than this part of the null deviance. Default 1e-7. */
  readonly threshold?: number;
  /** The automatic path ends when more columns than this have coefficients. Default p + 1. */
  readonly maxNonzero?: number;
  /**
   * `newton` (default) reaches the optimum in few steps. `cyclical` takes the steps of glmnet in their order and stops where they do: with
   * more columns than rows that is short of the optimum even at a small threshold, and its numbers are reproduced only so.
   */
  readonly solver?: 'newton' | 'cyclical';
  /** `newton`: steps at one λ before the path is given up there. Default 1000. */
  readonly maxSteps?: number;
  /** `cyclical`: sweeps over the whole path before it is given up. Default 100,000. */
  readonly maxSweeps?: number;
}

/** Coefficients that are not zero: `value[k]` belongs to column `index[k]`, ascending. */
export interface SparseCoefficients {
  readonly index: Int32Array;
  readonly value: Float64Array;
}

/** Why a path has the length it has. */
export type PathEnd = 'complete' | 'explained' | 'no-gain' | 'nonzero-limit' | 'not-converged';

/** Solutions along decreasing λ. */
export interface PenalisedPath {
  readonly family: PenalisedFamily;
  readonly p: number;
  /** Decreasing. */
  readonly lambda: Float64Array;
  /** Per predictor (one; for multinomial one per class) and λ. Zeros for cox. */
  readonly intercept: readonly Float64Array[];
  /** Per predictor and λ, in the units of the columns. For binomial they raise the log odds of the event. */
  readonly coefficients: readonly (readonly SparseCoefficients[])[];
  /** Columns with a coefficient (in any class), per λ. */
  readonly nonzero: Int32Array;
  /** 1 − deviance / null deviance, per λ. */
  readonly devianceRatio: Float64Array;
  /** Of the model without columns. */
  readonly nullDeviance: number;
  readonly end: PathEnd;
}
