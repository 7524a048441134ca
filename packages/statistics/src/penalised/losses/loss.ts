import type { Projection } from '../gram.js';

/** A convex loss of a linear predictor, per unit of total weight: −Σ w loglik, or half the weighted squared error. */
export interface Loss {
  /** The same curvature at every point, so one Newton step is exact. */
  readonly constantCurvature: boolean;
  /** Intercept that minimises the loss without columns; 0 where there is none. */
  readonly nullIntercept: number;
  /** Loss without columns. */
  readonly nullLoss: number;
  /** Loss of a model that fits every row. */
  readonly saturatedLoss: number;
  /** What second derivatives have less than the curvature's, where rows interact. */
  readonly projection?: Projection;
  /**
   * The loss at `eta`; fills `residual` with −∂loss/∂eta and `curvature` with the second derivatives per row (where rows interact,
   * what they are before `projection` is subtracted).
   */
  evaluate(eta: Float64Array, residual: Float64Array, curvature: Float64Array): number;
}
