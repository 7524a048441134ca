import { RadloomError } from '@radloom/core';
import { normal } from '../distributions/normal.js';
import { rankSum } from '../distributions/rank-distributions.js';
import { midranks } from '../roc/midranks.js';
import { type Alternative, tailProbability } from './alternative.js';

export interface RankTestOptions {
  readonly alternative?: Alternative;
  /** Exact distribution; default: samples under 50 without ties, as R. With ties the normal approximation is used all the same. */
  readonly exact?: boolean;
  /** Continuity correction of the normal approximation. Default true. */
  readonly correct?: boolean;
}

export interface RankTest {
  /** Mann-Whitney: U of the first sample (R's W). Signed rank: V. */
  readonly statistic: number;
  readonly pValue: number;
  readonly method: 'exact' | 'normal';
}

/**
 * The Mann-Whitney (Wilcoxon rank sum) test.
 *
 * The normal approximation has the variance corrected for ties.
 *
 * @throws `too-few-values` when a sample is empty
 */
export function mannWhitneyTest(x: ArrayLike<number>, y: ArrayLike<number>, options: RankTestOptions = {}): RankTest {
  const { alternative = 'two-sided', exact, correct = true } = options;
  const [m, n] = [x.length, y.length];
  if (m === 0 || n === 0) throw new RadloomError({ code: 'too-few-values', what: 'The Mann-Whitney test needs a value in both samples.' });
  const { u, ties } = pooledRanks(x, y);
  if ((exact ?? (m < 50 && n < 50)) && ties === 0) {
    return { statistic: u, pValue: tailProbability(rankSum.cdf(u, m, n), rankSum.upper(u - 1, m, n), alternative), method: 'exact' };
  }
  const z = standardised(u - (m * n) / 2, rankSumDeviation(m, n, ties), alternative, correct);
  return { statistic: u, pValue: tailProbability(normal.cdf(z), normal.upper(z), alternative), method: 'normal' };
}

/** U of the first sample, and Σ (t³ − t) over groups of tied values. */
export function pooledRanks(x: ArrayLike<number>, y: ArrayLike<number>): { u: number; ties: number } {
  const ranks = midranks([...Array.from(x), ...Array.from(y)]);
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += ranks[i];
  return { u: sum - (x.length * (x.length + 1)) / 2, ties: tieTerm(ranks) };
}

/** Σ (t³ − t) over groups of equal ranks. */
export function tieTerm(ranks: Float64Array): number {
  const sorted = ranks.slice().sort();
  let sum = 0;
  for (let start = 0; start < sorted.length; ) {
    let end = start;
    while (end < sorted.length && sorted[end] === sorted[start]) end++;
    const t = end - start;
    sum += t * t * t - t;
    start = end;
  }
  return sum;
}

/** Standard deviation of U under the null hypothesis. */
export function rankSumDeviation(m: number, n: number, ties: number): number {
  return Math.sqrt(((m * n) / 12) * (m + n + 1 - ties / ((m + n) * (m + n - 1))));
}

/** z of a rank statistic, moved half a unit towards 0 (or against the alternative) when corrected. */
export function standardised(distance: number, deviation: number, alternative: Alternative, correct: boolean): number {
  const shift = { 'two-sided': Math.sign(distance) * 0.5, greater: 0.5, less: -0.5 }[alternative];
  return (distance - (correct ? shift : 0)) / deviation;
}
