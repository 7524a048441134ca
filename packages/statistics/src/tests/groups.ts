import { RadloomError } from '@radloom/core';
import { fDistribution } from '../distributions/f.js';
import { chiSquared } from '../distributions/gamma.js';
import { normal } from '../distributions/normal.js';
import { midranks } from '../roc/midranks.js';
import { mean, squaresAbout, variance } from './describe.js';
import { tieTerm } from './mann-whitney.js';
import { quantile } from './quantile.js';

/** Samples to compare, each in any order. Where no sample varies there is nothing to compare by: statistic and P are NaN. */
export type Samples = readonly ArrayLike<number>[];

/** An F test. */
export interface FTest {
  readonly statistic: number;
  readonly df1: number;
  readonly df2: number;
  readonly pValue: number;
}

/** A chi-squared test. */
export interface ChiSquaredResult {
  readonly statistic: number;
  readonly df: number;
  readonly pValue: number;
}

function checked(groups: Samples, least: number): number {
  if (groups.length < 2 || groups.some((group) => group.length < least)) throw new RadloomError({ code: 'too-few-values', what: `Comparing groups needs at least two of them, each with ${least} or more values.` });
  return groups.reduce((sum, group) => sum + group.length, 0);
}

const pooled = (groups: Samples) => groups.flatMap((group) => Array.from(group));

/** One-way analysis of variance; `between` and `within` are sums of squares. */
export function oneWayAnova(groups: Samples): FTest & { between: number; within: number } {
  const n = checked(groups, 1);
  const grand = mean(pooled(groups));
  const between = groups.reduce((sum, group) => sum + group.length * (mean(group) - grand) ** 2, 0);
  const within = groups.reduce((sum, group) => sum + squaresAbout(group, mean(group)), 0);
  const [df1, df2] = [groups.length - 1, n - groups.length];
  const statistic = between / df1 / (within / df2);
  return { statistic, df1, df2, pValue: fDistribution.upper(statistic, df1, df2), between, within };
}

/** Welch's (1951) analysis of variance for unequal variances. */
export function welchAnova(groups: Samples): FTest {
  checked(groups, 2);
  const k = groups.length;
  const weights = groups.map((group) => group.length / variance(group));
  const whole = weights.reduce((a, b) => a + b, 0);
  const means = groups.map(mean);
  const centre = means.reduce((sum, value, g) => sum + weights[g] * value, 0) / whole;
  const spread = weights.reduce((sum, weight, g) => sum + (1 - weight / whole) ** 2 / (groups[g].length - 1), 0) / (k * k - 1);
  const between = weights.reduce((sum, weight, g) => sum + weight * (means[g] - centre) ** 2, 0);
  const statistic = between / ((k - 1) * (1 + 2 * (k - 2) * spread));
  const df2 = 1 / (3 * spread);
  return { statistic, df1: k - 1, df2, pValue: fDistribution.upper(statistic, k - 1, df2) };
}

/** The Kruskal-Wallis rank test, corrected for ties. */
export function kruskalWallis(groups: Samples): ChiSquaredResult {
  const n = checked(groups, 1);
  const ranks = midranks(pooled(groups));
  let at = 0;
  let sum = 0;
  for (const group of groups) {
    let own = 0;
    for (let i = 0; i < group.length; i++) own += ranks[at++];
    sum += (own * own) / group.length;
  }
  const statistic = ((12 * sum) / (n * (n + 1)) - 3 * (n + 1)) / (1 - tieTerm(ranks) / (n * n * n - n));
  const df = groups.length - 1;
  return { statistic, df, pValue: chiSquared.upper(statistic, df) };
}

/** Levene's test: analysis of variance of the distances from each group's median (Brown & Forsythe, as car's default) or mean. */
export function leveneTest(groups: Samples, centre: 'median' | 'mean' = 'median'): FTest {
  checked(groups, 1);
  const distances = groups.map((group) => {
    const middle = centre === 'median' ? quantile(group, [0.5])[0] : mean(group);
    return Float64Array.from(group, (value) => Math.abs(value - middle));
  });
  const { statistic, df1, df2, pValue } = oneWayAnova(distances);
  return { statistic, df1, df2, pValue };
}

/** Bartlett's test of equal variances. */
export function bartlettTest(groups: Samples): ChiSquaredResult {
  const n = checked(groups, 2);
  const k = groups.length;
  const degrees = groups.map((group) => group.length - 1);
  const variances = groups.map(variance);
  const whole = variances.reduce((sum, value, g) => sum + degrees[g] * value, 0) / (n - k);
  const raw = (n - k) * Math.log(whole) - variances.reduce((sum, value, g) => sum + degrees[g] * Math.log(value), 0);
  const statistic = raw / (1 + (degrees.reduce((sum, df) => sum + 1 / df, 0) - 1 / (n - k)) / (3 * (k - 1)));
  return { statistic, df: k - 1, pValue: chiSquared.upper(statistic, k - 1) };
}

/** The Fligner-Killeen test of equal variances: normal scores of the distances from each group's median. */
export function flignerTest(groups: Samples): ChiSquaredResult {
  const n = checked(groups, 1);
  const distances = groups.flatMap((group) => {
    const middle = quantile(group, [0.5])[0];
    return Array.from(group, (value) => Math.abs(value - middle));
  });
  const scores = midranks(distances).map((rank) => normal.quantile((1 + rank / (n + 1)) / 2));
  const centre = mean(scores);
  let at = 0;
  const between = groups.reduce((sum, group) => {
    const own = scores.subarray(at, (at += group.length));
    return sum + group.length * (mean(own) - centre) ** 2;
  }, 0);
  const statistic = between / (squaresAbout(scores, centre) / (n - 1));
  return { statistic, df: groups.length - 1, pValue: chiSquared.upper(statistic, groups.length - 1) };
}

/** F test of the ratio of two variances, two-sided, with limits of the ratio. */
export function varianceRatioTest(x: ArrayLike<number>, y: ArrayLike<number>, level = 0.95): FTest & { lower: number; upper: number } {
  checked([x, y], 2);
  const statistic = variance(x) / variance(y);
  const [df1, df2] = [x.length - 1, y.length - 1];
  const tail = (1 - level) / 2;
  const pValue = Math.min(1, 2 * Math.min(fDistribution.cdf(statistic, df1, df2), fDistribution.upper(statistic, df1, df2)));
  return { statistic, df1, df2, pValue, lower: statistic / fDistribution.upperQuantile(tail, df1, df2), upper: statistic / fDistribution.quantile(tail, df1, df2) };
}
