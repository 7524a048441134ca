import { RadloomError } from '@radloom/core';
import { normal } from '../distributions/normal.js';
import { concordance, spearmanDistance } from '../distributions/rank-distributions.js';
import { studentT } from '../distributions/student.js';
import { midranks } from '../roc/midranks.js';
import { type Alternative, tailProbability } from './alternative.js';
import { correlation, type CorrelationMethod } from './correlation.js';

export interface CorrelationTest {
  readonly estimate: number;
  /** Pearson: t. Spearman: S = (n³ − n)(1 − ρ)/6. Kendall: concordant pairs T (exact) or z. */
  readonly statistic: number;
  readonly pValue: number;
  /** Pearson: n − 2. */
  readonly df?: number;
  /** Pearson with four or more pairs: Fisher's z limits. */
  readonly lower?: number;
  readonly upper?: number;
  readonly method: 't' | 'exact' | 'edgeworth' | 'normal';
}

export interface CorrelationTestOptions {
  readonly method?: CorrelationMethod;
  readonly alternative?: Alternative;
  readonly level?: number;
  /** Spearman and Kendall: use the distribution without ties; default as R: n < 1290 (Spearman) or n < 50 (Kendall), and no ties. */
  readonly exact?: boolean;
}

/**
 * Test of no correlation, as R's cor.test with its defaults.
 *
 * @throws `length-mismatch`, `too-few-values`
 */
export function correlationTest(x: ArrayLike<number>, y: ArrayLike<number>, options: CorrelationTestOptions = {}): CorrelationTest {
  const { method = 'pearson', alternative = 'two-sided', level = 0.95, exact } = options;
  const n = x.length;
  if (n < (method === 'pearson' ? 3 : 2)) throw new RadloomError({ code: 'too-few-values', what: `A ${method} correlation cannot be tested on ${n} pairs.` });
  const estimate = correlation(x, y, method);
  if (method === 'pearson') return pearsonTest(estimate, n, alternative, level);
  const tied = new Set(Array.from(x)).size < n || new Set(Array.from(y)).size < n;
  if (method === 'spearman') return spearmanTest(estimate, n, (exact ?? n < 1290) && !tied, alternative);
  return (exact ?? n < 50) && !tied ? kendallExact(estimate, n, alternative) : kendallNormal(x, y, estimate, alternative);
}

function pearsonTest(r: number, n: number, alternative: Alternative, level: number): CorrelationTest {
  const df = n - 2;
  const statistic = (Math.sqrt(df) * r) / Math.sqrt(1 - r * r);
  const pValue = tailProbability(studentT.cdf(statistic, df), studentT.upper(statistic, df), alternative);
  const test: CorrelationTest = { estimate: r, statistic, df, pValue, method: 't' };
  if (n <= 3) return test;
  const z = Math.atanh(r);
  const reach = normal.upperQuantile(alternative === 'two-sided' ? (1 - level) / 2 : 1 - level) / Math.sqrt(n - 3);
  return { ...test, lower: alternative === 'less' ? -1 : Math.tanh(z - reach), upper: alternative === 'greater' ? 1 : Math.tanh(z + reach) };
}

function spearmanTest(rho: number, n: number, tabulated: boolean, alternative: Alternative): CorrelationTest {
  const middle = (n * n * n - n) / 6;
  const statistic = middle * (1 - rho);
  // a small S is a large correlation: the lower tail of S speaks for `greater`
  const t = (distance: number) => {
    const r = 1 - distance / middle;
    return r / Math.sqrt((1 - r * r) / (n - 2));
  };
  const small = (distance: number) => (tabulated ? spearmanDistance.cdf(distance, n) : studentT.upper(t(distance), n - 2));
  const large = (distance: number) => (tabulated ? spearmanDistance.atLeast(distance, n) : studentT.cdf(t(distance), n - 2));
  const pValue = alternative === 'greater' ? small(statistic) : alternative === 'less' ? large(statistic) : Math.min(1, 2 * (statistic > middle ? large(statistic) : small(statistic)));
  return { estimate: rho, statistic, pValue, method: tabulated ? (n <= 9 ? 'exact' : 'edgeworth') : 't' };
}

function kendallExact(tau: number, n: number, alternative: Alternative): CorrelationTest {
  const statistic = Math.round(((tau + 1) * n * (n - 1)) / 4);
  const pValue = tailProbability(concordance.cdf(statistic, n), concordance.upper(statistic - 1, n), alternative);
  return { estimate: tau, statistic, pValue, method: 'exact' };
}

/** The normal approximation with ties in both variables: Kendall (1976) section 4.9. */
function kendallNormal(x: ArrayLike<number>, y: ArrayLike<number>, tau: number, alternative: Alternative): CorrelationTest {
  const n = x.length;
  const [a, b] = [tieSums(x), tieSums(y)];
  const pairs = (n * (n - 1)) / 2;
  const score = tau * Math.sqrt((pairs - a.pairs / 2) * (pairs - b.pairs / 2));
  const variance =
    (n * (n - 1) * (2 * n + 5) - a.spread - b.spread) / 18 + (a.pairs * b.pairs) / (2 * n * (n - 1)) + (a.triples * b.triples) / (9 * n * (n - 1) * (n - 2));
  const statistic = score / Math.sqrt(variance);
  return { estimate: tau, statistic, pValue: tailProbability(normal.cdf(statistic), normal.upper(statistic), alternative), method: 'normal' };
}

/** Σ t(t−1), Σ t(t−1)(t−2) and Σ t(t−1)(2t+5) over groups of tied values. */
function tieSums(values: ArrayLike<number>): { pairs: number; triples: number; spread: number } {
  const sizes = new Map<number, number>();
  for (const rank of midranks(values)) sizes.set(rank, (sizes.get(rank) ?? 0) + 1);
  let [pairs, triples, spread] = [0, 0, 0];
  for (const t of sizes.values()) {
    pairs += t * (t - 1);
    triples += t * (t - 1) * (t - 2);
    spread += t * (t - 1) * (2 * t + 5);
  }
  return { pairs, triples, spread };
}
