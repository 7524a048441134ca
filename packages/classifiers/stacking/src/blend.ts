import type { MemberSet } from '@radloom/core';
import { coefficientsAt, penalisedPath } from '@radloom/statistics';

/** Log odds of the event as `intercept + sum_m weight_m probability_m`. */
export interface Blend {
  readonly intercept: number;
  /** Per member, at least 0. */
  readonly weight: Float64Array;
}

/** Far below glmnet's 1e-7, so that a weight is good to more digits than anyone prints. */
const THRESHOLD = 1e-14;

/**
 * The blend at each penalty: binomial lasso, weights bounded below by 0, columns standardised with 1/n; when interpolating, linear
 * between the solutions of glmnet's automatic path down to a millionth of its largest penalty, beyond which its end holds.
 *
 * @param weights  per row, how often it counts
 */
export function blendsAt({ members, probability, y, rows }: MemberSet, penalties: readonly number[], interpolate: boolean, weights?: ArrayLike<number>): Blend[] {
  const path = penalisedPath({
    family: 'binomial',
    x: probability,
    n: rows,
    p: members.length,
    y,
    weights,
    lower: 0,
    threshold: THRESHOLD,
    ...(interpolate ? { lambdaMinRatio: 0 } : { lambda: Float64Array.from(penalties) }),
  });
  return penalties.map((penalty) => {
    const { intercept, coefficients } = coefficientsAt(path, penalty);
    return { intercept: intercept[0], weight: coefficients[0] };
  });
}

/** Log odds of the event per row; member m, row r at `m * rows + r`. */
export function logOdds({ intercept, weight }: Blend, probability: Float64Array, rows: number): Float64Array {
  const odds = new Float64Array(rows).fill(intercept);
  weight.forEach((factor, m) => {
    if (factor !== 0) for (let r = 0; r < rows; r++) odds[r] += factor * probability[m * rows + r];
  });
  return odds;
}
