import { RadloomError } from '@radloom/core';
import { normal } from '../distributions/normal.js';
import { signedRank } from '../distributions/rank-distributions.js';
import { midranks } from '../roc/midranks.js';
import { tailProbability } from './alternative.js';
import { type RankTest, type RankTestOptions, standardised, tieTerm } from './mann-whitney.js';
import { differences } from './t-test.js';

/**
 * Wilcoxon's signed rank test of values about `centre`; values equal to it are left out, and then, or with ties, the normal
 * approximation is used, as R does.
 *
 * @throws `too-few-values` when no value differs from the centre
 */
export function signedRankTest(values: ArrayLike<number>, options: RankTestOptions & { centre?: number } = {}): RankTest {
  const { alternative = 'two-sided', exact, correct = true, centre = 0 } = options;
  const shifted = Float64Array.from(values, (value) => value - centre).filter((value) => value !== 0);
  const n = shifted.length;
  if (n === 0) throw new RadloomError({ code: 'too-few-values', what: 'No value differs from the centre: there are no ranks to sign.' });
  const ranks = midranks(shifted.map(Math.abs));
  const ties = tieTerm(ranks);
  const v = ranks.reduce((sum, rank, i) => sum + (shifted[i] > 0 ? rank : 0), 0);
  if ((exact ?? n < 50) && ties === 0 && n === values.length) {
    return { statistic: v, pValue: tailProbability(signedRank.cdf(v, n), signedRank.upper(v - 1, n), alternative), method: 'exact' };
  }
  const deviation = Math.sqrt((n * (n + 1) * (2 * n + 1)) / 24 - ties / 48);
  const z = standardised(v - (n * (n + 1)) / 4, deviation, alternative, correct);
  return { statistic: v, pValue: tailProbability(normal.cdf(z), normal.upper(z), alternative), method: 'normal' };
}

/** Wilcoxon's signed rank test of pairs. */
export function pairedSignedRankTest(x: ArrayLike<number>, y: ArrayLike<number>, options: RankTestOptions = {}): RankTest {
  return signedRankTest(differences(x, y), options);
}
