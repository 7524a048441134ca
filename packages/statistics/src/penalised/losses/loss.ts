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
  /**
   * The loss at `eta`; fills `residual` with −∂loss/∂eta and `curvature` with a diagonal that bounds the second derivative from
   * above (its diagonal itself where rows do not interact).
   */
  evaluate(eta: Float64Array, residual: Float64Array, curvature: Float64Array): number;
}
