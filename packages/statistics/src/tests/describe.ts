import { RadloomError } from '@radloom/core';
import { quantile, type QuantileType } from './quantile.js';

/** A sample in numbers. */
export interface Description {
  readonly n: number;
  readonly mean: number;
  /** With n − 1; NaN for a single value. */
  readonly sd: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly median: number;
  /** Median distance from the median times 1.4826, the sd's estimate under normality. */
  readonly mad: number;
  readonly lowerQuartile: number;
  readonly upperQuartile: number;
  readonly iqr: number;
  /** Third standardised moment g₁ (moments over n). */
  readonly skewness: number;
  /** Excess kurtosis g₂ (moments over n). */
  readonly excessKurtosis: number;
}

/**
 * Location, spread and shape of a sample.
 *
 * @param type of the quartiles; 7 as R and numpy, 6 as SPSS
 * @throws `no-values`
 */
export function describeSample(values: ArrayLike<number>, type: QuantileType = 7): Description {
  if (values.length === 0) throw new RadloomError({ code: 'no-values', what: 'There are no values to describe.' });
  const [minimum, lowerQuartile, upperQuartile, maximum] = quantile(values, [0, 0.25, 0.75, 1], type);
  const median = quantile(values, [0.5])[0];
  const centre = mean(values);
  const [m2, m3, m4] = [2, 3, 4].map((power) => mean(Array.from(values, (value) => (value - centre) ** power)));
  return {
    n: values.length, mean: centre, sd: Math.sqrt(variance(values)), minimum, maximum, median,
    mad: 1.4826 * quantile(Array.from(values, (value) => Math.abs(value - median)), [0.5])[0],
    lowerQuartile, upperQuartile, iqr: upperQuartile - lowerQuartile,
    skewness: m3 / m2 ** 1.5, excessKurtosis: m4 / (m2 * m2) - 3,
  };
}

/** The mean, corrected once by the mean of the remainders. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  const first = sum / values.length;
  let rest = 0;
  for (let i = 0; i < values.length; i++) rest += values[i] - first;
  return Number.isFinite(rest) ? first + rest / values.length : first;
}

/** The variance with n − 1; NaN for fewer than two values. */
export function variance(values: ArrayLike<number>): number {
  return squaresAbout(values, mean(values)) / (values.length - 1);
}

/** Σ (value − centre)². */
export function squaresAbout(values: ArrayLike<number>, centre: number): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] - centre) ** 2;
  return sum;
}

/** Difference of means over the pooled standard deviation (Cohen's d). */
export function cohenD(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const pooled = ((x.length - 1) * variance(x) + (y.length - 1) * variance(y)) / (x.length + y.length - 2);
  return (mean(x) - mean(y)) / Math.sqrt(pooled);
}

/** Cohen's d times Hedges' (1981) small-sample factor 1 − 3/(4 df − 1). */
export function hedgesG(x: ArrayLike<number>, y: ArrayLike<number>): number {
  return cohenD(x, y) * (1 - 3 / (4 * (x.length + y.length - 2) - 1));
}

/** Standardised mean difference for balance tables: the mean of the two variances below (Austin 2009). */
export function standardisedDifference(x: ArrayLike<number>, y: ArrayLike<number>): number {
  return (mean(x) - mean(y)) / Math.sqrt((variance(x) + variance(y)) / 2);
}

/** The same for two proportions. */
export function standardisedProportionDifference(p: number, q: number): number {
  return (p - q) / Math.sqrt((p * (1 - p) + q * (1 - q)) / 2);
}
