import { type MemberSet, RadloomError } from '@radloom/core';
import { type Descent, startDescent } from './descent.js';
import { type Design, standardUnits } from './standard-units.js';

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
  /** See `startDescent`. */
  readonly threshold: number;
}

/** glmnet's automatic path: this many penalties in equal log steps down to this part of the first, ending when so much is explained. */
const LENGTH = 100;
const SMALLEST_RATIO = 1e-6;
const ALL_EXPLAINED = 0.999;
const SHORTEST = 5;
const MAX_SWEEPS = 100_000;
/** Stands for an infinite penalty. */
const BEYOND = 9.9e35;

interface Solution extends Blend {
  readonly penalty: number;
}

/**
 * The blend at each penalty: binomial lasso with weights of at least 0 on columns standardised with 1/n. When interpolating, linear
 * between the solutions of glmnet's automatic path, whose ends hold beyond it (as R stacks reads them).
 *
 * @param times  per row, how often it counts; default once
 * @throws `no-spread` when no member's probabilities vary, `one-class`, `not-converged`
 */
export function blendsAt({ members, probability, y, rows }: MemberSet, { penalties, interpolate, threshold }: BlendOptions, times: ArrayLike<number> = new Uint8Array(rows).fill(1)): Blend[] {
  const design = standardUnits(probability, rows, members.length, times);
  if (design.deviation.every((deviation) => deviation === 0)) throw new RadloomError({ code: 'no-spread', what: `None of the ${members.length} members tells the rows apart.`, fix: 'Add a member whose probabilities vary.' });
  let share = 0;
  for (let r = 0; r < rows; r++) share += times[r] * y[r];
  if (share === 0 || y.every((value, r) => value === 1 || times[r] === 0)) throw new RadloomError({ code: 'one-class', what: 'All rows of the blend have the same outcome.' });
  const descent = startDescent(design, y, threshold, MAX_SWEEPS);
  const solutions = [...(interpolate ? automaticPath(design, descent) : ownPath(penalties, design, descent))];
  if (solutions.length === 0) throw new RadloomError({ code: 'not-converged', what: `The blend was not found in ${MAX_SWEEPS} sweeps.`, fix: 'Use larger penalties or a larger threshold.' });
  return penalties.map((penalty) => interpolated(solutions, penalty));
}

function* automaticPath(design: Design, descent: Descent): Generator<Solution> {
  let largest = 0;
  for (let c = 0; c < design.columns; c++) largest = Math.max(largest, descent.gradient(c));
  const ratio = SMALLEST_RATIO ** (1 / (LENGTH - 1));
  let penalty = BEYOND;
  let before = 0;
  let explained = 0;
  for (let k = 0; k < LENGTH; k++) {
    const outcome = descent.descend(penalty, before);
    if (outcome === 'too-many-sweeps') return;
    yield solution(design, descent, k === 0 ? largest : penalty);
    const now = descent.explained();
    if (outcome === 'parted' || (k + 1 >= SHORTEST && (now > ALL_EXPLAINED || now < explained))) return;
    explained = now;
    before = k === 0 ? largest : penalty;
    penalty = before * ratio;
  }
}

function* ownPath(penalties: readonly number[], design: Design, descent: Descent): Generator<Solution> {
  let before = 0;
  for (const penalty of [...new Set(penalties)].sort((a, b) => b - a)) {
    const outcome = descent.descend(penalty, before);
    if (outcome === 'too-many-sweeps') return;
    yield solution(design, descent, penalty);
    if (outcome === 'parted') return;
    before = penalty;
  }
}

/** Where a descent is, in the members' own units. */
function solution({ mean, deviation }: Design, { coefficient, intercept }: Descent, penalty: number): Solution {
  const weight = coefficient.map((value, m) => (value === 0 ? 0 : value / deviation[m]));
  return { penalty, intercept: weight.reduce((sum, value, m) => sum - value * mean[m], intercept), weight };
}

/** Between solutions of decreasing penalty; beyond them the first and the last. */
function interpolated(solutions: readonly Solution[], penalty: number): Blend {
  const lower = solutions.findIndex((candidate) => candidate.penalty <= penalty);
  if (lower <= 0) {
    const { intercept, weight } = lower === 0 ? solutions[0] : solutions[solutions.length - 1];
    return { intercept, weight };
  }
  const [left, right] = [solutions[lower - 1], solutions[lower]];
  const part = (penalty - right.penalty) / (left.penalty - right.penalty);
  return { intercept: part * left.intercept + (1 - part) * right.intercept, weight: left.weight.map((value, m) => part * value + (1 - part) * right.weight[m]) };
}

/** Log odds of the event per row; member m, row r at `m * rows + r`. */
export function logOdds({ intercept, weight }: Blend, probability: Float64Array, rows: number): Float64Array {
  const odds = new Float64Array(rows).fill(intercept);
  weight.forEach((factor, m) => {
    if (factor !== 0) for (let r = 0; r < rows; r++) odds[r] += factor * probability[m * rows + r];
  });
  return odds;
}
