import { RadloomError } from '@radloom/core';
import { normal } from '../distributions/normal.js';
import { rankSum } from '../distributions/rank-distributions.js';
import { brentRoot } from '../distributions/roots.js';
import type { Alternative } from './alternative.js';
import { pooledRanks, rankSumDeviation, type RankTestOptions, standardised } from './mann-whitney.js';
import { quantile } from './quantile.js';

/** A shift between two samples with limits. */
export interface ShiftEstimate {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
  readonly method: 'exact' | 'normal';
}

/** Tolerance of R's root search for the normal method. */
const ROOT_TOLERANCE = 1e-4;

/**
 * Hodges & Lehmann's shift of the first sample against the second: the median of all differences, with the limits that the
 * Mann-Whitney test does not reject.
 *
 * With ties or 50 values and more, estimate and limits are roots of the standardised rank sum found to 1e-4, as R finds them.
 *
 * @throws `too-few-values`, `constant-values` when the samples hold one value each and ranks say nothing of their distance
 */
export function hodgesLehmann(x: ArrayLike<number>, y: ArrayLike<number>, options: RankTestOptions & { level?: number } = {}): ShiftEstimate {
  const { alternative = 'two-sided', exact, correct = true, level = 0.95 } = options;
  const [m, n] = [x.length, y.length];
  if (m === 0 || n === 0) throw new RadloomError({ code: 'too-few-values', what: 'A shift needs a value in both samples.' });
  const { ties } = pooledRanks(x, y);
  const tail = alternative === 'two-sided' ? (1 - level) / 2 : 1 - level;
  const found = (exact ?? (m < 50 && n < 50)) && ties === 0 ? exactShift(x, y, tail) : normalShift(x, y, tail, alternative, correct);
  return { ...found, lower: alternative === 'less' ? -Infinity : found.lower, upper: alternative === 'greater' ? Infinity : found.upper };
}

function exactShift(x: ArrayLike<number>, y: ArrayLike<number>, tail: number): ShiftEstimate {
  const shifts = Float64Array.from(Array.from(x).flatMap((a) => Array.from(y, (b) => a - b))).sort();
  const k = Math.max(1, rankSum.quantile(tail, x.length, y.length));
  return { estimate: quantile(shifts, [0.5])[0], lower: shifts[k - 1], upper: shifts[shifts.length - k], method: 'exact' };
}

function normalShift(x: ArrayLike<number>, y: ArrayLike<number>, tail: number, alternative: Alternative, correct: boolean): ShiftEstimate {
  const [m, n] = [x.length, y.length];
  const least = lowest(x) - highest(y);
  const most = highest(x) - lowest(y);
  if (least === most) throw new RadloomError({ code: 'constant-values', what: `All values of either sample are equal, ${least} apart: a shift has no limits.` });
  const z = (shift: number, corrected: boolean) => {
    const { u, ties } = pooledRanks(Float64Array.from(x, (value) => value - shift), y);
    return standardised(u - (m * n) / 2, rankSumDeviation(m, n, ties), alternative, corrected);
  };
  const limit = (target: number, corrected: boolean) => {
    const [atLower, atUpper] = [z(least, corrected) - target, z(most, corrected) - target];
    if (atLower <= 0) return least;
    if (atUpper >= 0) return most;
    return brentRoot((shift) => z(shift, corrected) - target, least, most, { tolerance: ROOT_TOLERANCE, atLower, atUpper });
  };
  const reach = normal.upperQuantile(tail);
  return { estimate: limit(0, false), lower: limit(reach, correct), upper: limit(-reach, correct), method: 'normal' };
}

const lowest = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => Math.min(a, b), Infinity);
const highest = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => Math.max(a, b), -Infinity);
