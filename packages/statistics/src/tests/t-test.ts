import { RadloomError } from '@radloom/core';
import { studentT } from '../distributions/student.js';
import { type Alternative, tailProbability } from './alternative.js';
import { mean, variance } from './describe.js';

export interface TTestOptions {
  readonly alternative?: Alternative;
  /** Level of the interval. Default 0.95. */
  readonly level?: number;
  /** The difference (or mean) under the null hypothesis. Default 0. */
  readonly null?: number;
}

export interface TTest {
  readonly statistic: number;
  readonly df: number;
  readonly pValue: number;
  /** Difference of means (first − second), or the mean. */
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * t test of two independent samples: Welch's, or Student's with equal variances.
 *
 * @throws `too-few-values`, `constant-values`
 */
export function tTest(x: ArrayLike<number>, y: ArrayLike<number>, options: TTestOptions & { equalVariances?: boolean } = {}): TTest {
  const [m, n] = [x.length, y.length];
  if (m < 1 || n < 1 || m + n < 3 || (options.equalVariances !== true && (m < 2 || n < 2))) throw tooFew(Math.min(m, n));
  const [vx, vy] = [m > 1 ? variance(x) : 0, n > 1 ? variance(y) : 0];
  const [mx, my] = [mean(x), mean(y)];
  const estimate = mx - my;
  const size = Math.max(Math.abs(mx), Math.abs(my));
  if (options.equalVariances === true) {
    const df = m + n - 2;
    const pooled = ((m - 1) * vx + (n - 1) * vy) / df;
    return result(estimate, Math.sqrt(pooled * (1 / m + 1 / n)), size, df, options);
  }
  const [ex, ey] = [vx / m, vy / n];
  return result(estimate, Math.sqrt(ex + ey), size, (ex + ey) ** 2 / (ex ** 2 / (m - 1) + ey ** 2 / (n - 1)), options);
}

/**
 * t test of one sample's mean.
 *
 * @throws `too-few-values`, `constant-values`
 */
export function oneSampleTTest(x: ArrayLike<number>, options: TTestOptions = {}): TTest {
  if (x.length < 2) throw tooFew(x.length);
  return result(mean(x), Math.sqrt(variance(x) / x.length), Math.abs(mean(x)), x.length - 1, options);
}

/**
 * t test of the differences of pairs.
 *
 * @throws `length-mismatch`, `too-few-values`, `constant-values`
 */
export function pairedTTest(x: ArrayLike<number>, y: ArrayLike<number>, options: TTestOptions = {}): TTest {
  return oneSampleTTest(differences(x, y), options);
}

/** First minus second, pair by pair. */
export function differences(x: ArrayLike<number>, y: ArrayLike<number>): Float64Array {
  if (x.length !== y.length) throw new RadloomError({ code: 'length-mismatch', what: `Pairs need samples of equal size, not ${x.length} and ${y.length}.` });
  return Float64Array.from(x, (value, i) => value - y[i]);
}

const tooFew = (n: number) => new RadloomError({ code: 'too-few-values', what: `A t test needs two values a sample; one has ${n}.` });

/** @param size of the means: a standard error that is rounding noise beside it is none */
function result(estimate: number, error: number, size: number, df: number, { alternative = 'two-sided', level = 0.95, null: expected = 0 }: TTestOptions): TTest {
  if (!(error > 10 * Number.EPSILON * size)) throw new RadloomError({ code: 'constant-values', what: 'The values hardly vary: a t test is not defined.' });
  const statistic = (estimate - expected) / error;
  const pValue = tailProbability(studentT.cdf(statistic, df), studentT.upper(statistic, df), alternative);
  const reach = studentT.upperQuantile(alternative === 'two-sided' ? (1 - level) / 2 : 1 - level, df) * error;
  return { statistic, df, pValue, estimate, lower: alternative === 'less' ? -Infinity : estimate - reach, upper: alternative === 'greater' ? Infinity : estimate + reach };
}
