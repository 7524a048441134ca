import { type MemberSet, RadloomError } from '@radloom/core';
import { coefficientsAt, penalisedPath } from '@radloom/statistics';

/** Log odds of the event as `intercept + sum_m weight_m probability_m`. */
export interface Blend {
  readonly intercept: number;
  /** Per member, at least 0. */
  readonly weight: Float64Array;
}

export interface BlendOptions {
  readonly penalties: readonly number[];
  /** Read blends off the automatic path; otherwise solve at each penalty. */
  readonly interpolate: boolean;
  /** The descent stops when no weight changes the objective by more than this part of the null deviance. */
  readonly threshold: number;
}

/** At small penalties and thresholds members that resemble or oppose each other take many sweeps, each short. */
const MAX_SWEEPS = 10_000_000;
/** Down to this part of the first penalty goes the path of R stacks, which asks glmnet for 0. */
const SMALLEST_RATIO = 1e-6;

/**
 * The blend at each penalty: binomial lasso with weights of at least 0 on columns standardised with 1/n, by glmnet's own descent. When
 * interpolating, linear between the solutions of glmnet's automatic path, whose ends hold beyond it (as R stacks reads them).
 *
 * Why not an exact solver: at glmnet's threshold the descent of a blend stops short of the optimum (members resemble each other), so
 * published blends are reproduced only by the same steps. A smaller threshold brings it nearer.
 *
 * @param times  per row, how often it counts; default once
 * @throws `no-spread` when no member's probabilities vary, `one-class`, `not-converged`
 */
export function blendsAt({ members, probability, y, rows }: MemberSet, { penalties, interpolate, threshold }: BlendOptions, times: ArrayLike<number> = new Uint8Array(rows).fill(1)): Blend[] {
  const used = [...y.keys()].filter((r) => times[r] > 0);
  const spread = members.some((_, m) => used.some((r) => probability[m * rows + r] !== probability[m * rows + used[0]]));
  if (!spread) throw new RadloomError({ code: 'no-spread', what: `None of the ${members.length} members tells the rows apart.`, fix: 'Add a member whose probabilities vary.' });
  if (used.every((r) => y[r] === y[used[0]])) throw new RadloomError({ code: 'one-class', what: 'All rows of the blend have the same outcome.' });
  const path = penalisedPath({
    family: 'binomial', x: probability, n: rows, p: members.length, y, weights: times, lower: 0, threshold, solver: 'cyclical', maxSweeps: MAX_SWEEPS,
    ...(interpolate ? { lambdaMinRatio: SMALLEST_RATIO } : { lambda: penalties }),
  });
  return penalties.map((penalty) => {
    const { intercept, coefficients } = coefficientsAt(path, penalty);
    return { intercept: intercept[0], weight: coefficients[0] };
  });
}

/** True when some member tells some rows apart. */
export function membersVary({ members, probability, rows }: MemberSet): boolean {
  return members.some((_, m) => probability.subarray(m * rows, (m + 1) * rows).some((value) => value !== probability[m * rows]));
}

/** Log odds of the event per row; member m, row r at `m * rows + r`. */
export function logOdds({ intercept, weight }: Blend, probability: Float64Array, rows: number): Float64Array {
  const odds = new Float64Array(rows).fill(intercept);
  weight.forEach((factor, m) => {
    if (factor !== 0) for (let r = 0; r < rows; r++) odds[r] += factor * probability[m * rows + r];
  });
  return odds;
}
