import { RadloomError } from '@radloom/core';
import { normal } from '../distributions/normal.js';
import { studentT } from '../distributions/student.js';
import { clusterSums, type Clusters } from '../resampling/clusters.js';
import { splitClasses } from './labels.js';
import { midranks } from './midranks.js';

/** How each row fares against the other class: an event's share of others it beats, an other's share of events that beat it. */
interface Placements {
  readonly events: Float64Array;
  readonly others: Float64Array;
  readonly auc: number;
}

/** Placement values from three rankings, O(n log n): Sun & Xu (2014). */
function placements(outcome: ArrayLike<number>, score: ArrayLike<number>): Placements {
  const { events, others } = splitClasses(outcome, score);
  const m = events.length;
  const n = others.length;
  const all = midranks([...events, ...others]);
  const withinEvents = midranks(events);
  const withinOthers = midranks(others);
  const up = Float64Array.from(events, (_, i) => (all[i] - withinEvents[i]) / n);
  const down = Float64Array.from(others, (_, j) => 1 - (all[m + j] - withinOthers[j]) / m);
  let sum = 0;
  for (const value of up) sum += value;
  return { events: up, others: down, auc: sum / m };
}

/** Sample covariance (n − 1), both about the same centre estimate; NaN for fewer than two values. */
function covariance(a: Float64Array, b: Float64Array, centreA: number, centreB: number): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - centreA) * (b[i] - centreB);
  return sum / (a.length - 1);
}

/**
 * The covariance of two areas. With clusters Obuchowski's (1997): placements are summed over the rows of a cluster, and a cluster with rows of
 * both classes adds the covariance of the two sums; with clusters of one row each it is DeLong's to the last bit. Rows that folds repeat are
 * not worth more than one turn of them: averaging over repeats takes away the noise of the fits, and the patients are as few as before.
 */
function areaCovariance(a: Placements, b: Placements, outcome: ArrayLike<number>, clusters: Clusters | undefined): number {
  const plain = independentCovariance(a, b);
  return clusters === undefined ? plain : clusteredCovariance(a, b, outcome, clusters);
}

function clusteredCovariance(a: Placements, b: Placements, outcome: ArrayLike<number>, clusters: Clusters): number {
  const sums = (values: Placements) => [1, 0].map((wanted) => {
    const own = wanted === 1 ? values.events : values.others;
    let next = 0;
    return clusterSums(clusters, (r) => (outcome[r] === wanted ? own[next++] - values.auc : 0));
  });
  const holding = [1, 0].map((wanted) => clusterSums(clusters, (r) => (outcome[r] === wanted ? 1 : 0)).reduce((count, rows) => count + (rows > 0 ? 1 : 0), 0));
  const [[eventsA, othersA], [eventsB, othersB]] = [sums(a), sums(b)];
  const [m, n] = [a.events.length, a.others.length];
  const product = (first: Float64Array, second: Float64Array, count: number) => (count < 2 ? NaN : count / (count - 1)) * first.reduce((sum, value, c) => sum + value * second[c], 0);
  return product(eventsA, eventsB, holding[0]) / m ** 2 + product(othersA, othersB, holding[1]) / n ** 2 + (product(eventsA, othersB, clusters.count) + product(eventsB, othersA, clusters.count)) / (m * n);
}

/** A variance that is not below that of rows that each count once. */
function atLeastOneTurn(variance: number, plain: number, clusters: Clusters | undefined): number {
  return clusters === undefined || clusters.turns === 1 ? variance : Math.max(variance, plain * clusters.turns);
}

function independentCovariance(a: Placements, b: Placements): number {
  return covariance(a.events, b.events, a.auc, b.auc) / a.events.length + covariance(a.others, b.others, a.auc, b.auc) / a.others.length;
}

/** An AUC with DeLong's variance and the symmetric normal interval, cut at 0 and 1. */
export interface DeLong {
  readonly auc: number;
  readonly variance: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * AUC, its variance and interval after DeLong, DeLong & Clarke-Pearson (1988).
 *
 * Given clusters of rows, the variance is Obuchowski's (1997), and not below that of distinct rows that count once.
 * Perfect separation (AUC 1 or 0) has variance 0 and an interval without width: it says nothing about the uncertainty.
 * The variance is NaN when a class has a single row, or a single cluster.
 *
 * @throws `one-class`, `score-missing`
 */
export function deLong(outcome: ArrayLike<number>, score: ArrayLike<number>, level = 0.95, clusters?: Clusters): DeLong {
  const values = placements(outcome, score);
  const variance = atLeastOneTurn(areaCovariance(values, values, outcome, clusters), independentCovariance(values, values), clusters);
  const reach = normal.quantile((1 + level) / 2) * Math.sqrt(variance);
  return { auc: values.auc, variance, lower: Math.max(0, values.auc - reach), upper: Math.min(1, values.auc + reach) };
}

/** Two AUCs compared: the difference is the first minus the second. */
export interface DeLongComparison {
  readonly difference: number;
  readonly lower: number;
  readonly upper: number;
  /** z for paired scores, t for unpaired. */
  readonly statistic: number;
  /** Degrees of freedom of t; Infinity for z. */
  readonly df: number;
  readonly pValue: number;
  /** Covariance of the two areas; 0 for unpaired scores. */
  readonly covariance: number;
}

/** Difference over standard error; equal areas without any variance are no difference at all. */
const standardised = (difference: number, error: number) => (error === 0 ? (difference === 0 ? 0 : Math.sign(difference) * Infinity) : difference / error);

/**
 * DeLong's test of two scores on the same rows; with clusters of rows by Obuchowski's (1997) variance, as `deLong`.
 *
 * @throws `one-class`, `score-missing`
 */
export function deLongTest(outcome: ArrayLike<number>, first: ArrayLike<number>, second: ArrayLike<number>, level = 0.95, clusters?: Clusters): DeLongComparison {
  const a = placements(outcome, first);
  const b = placements(outcome, second);
  const shared = areaCovariance(a, b, outcome, clusters);
  const difference = a.auc - b.auc;
  const variance = (covarianceOf: (own: Placements, other: Placements) => number) => Math.max(0, covarianceOf(a, a) + covarianceOf(b, b) - 2 * covarianceOf(a, b));
  const error = Math.sqrt(atLeastOneTurn(variance((own, other) => areaCovariance(own, other, outcome, clusters)), variance(independentCovariance), clusters));
  const statistic = standardised(difference, error);
  const reach = normal.quantile((1 + level) / 2) * error;
  return { difference, lower: difference - reach, upper: difference + reach, statistic, df: Infinity, pValue: 2 * normal.upper(Math.abs(statistic)), covariance: shared };
}

/** One of two independent samples. */
export interface ScoredSample {
  readonly outcome: ArrayLike<number>;
  readonly score: ArrayLike<number>;
}

/**
 * DeLong's test of scores on different rows: t with Welch's degrees of freedom, as pROC.
 *
 * @throws `one-class`, `score-missing`, `too-few-rows` when a class has a single row
 */
export function deLongTestUnpaired(first: ScoredSample, second: ScoredSample, level = 0.95): DeLongComparison {
  const a = deLong(first.outcome, first.score);
  const b = deLong(second.outcome, second.score);
  if (Number.isNaN(a.variance) || Number.isNaN(b.variance)) throw new RadloomError({ code: 'too-few-rows', what: 'DeLong’s variance needs two rows in each class.' });
  const whole = a.variance + b.variance;
  const df = whole ** 2 / (a.variance ** 2 / (first.score.length - 1) + b.variance ** 2 / (second.score.length - 1));
  const difference = a.auc - b.auc;
  const error = Math.sqrt(whole);
  const statistic = standardised(difference, error);
  const reach = error === 0 ? 0 : studentT.quantile((1 + level) / 2, df) * error;
  return { difference, lower: difference - reach, upper: difference + reach, statistic, df, pValue: error === 0 ? (difference === 0 ? 1 : 0) : studentT.twoSided(statistic, df), covariance: 0 };
}
