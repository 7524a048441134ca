import { isRadloomError } from '@radloom/core';
import { mannWhitneyTest } from '../tests/mann-whitney.js';
import { shapiroWilk } from '../tests/shapiro-wilk.js';
import { tTest } from '../tests/t-test.js';
import type { ComparisonRules } from './rules.js';

/** Two samples compared, and what the other tests would have said. */
export interface NumberComparison {
  readonly test: 'welch' | 'student' | 'mann-whitney';
  /** NaN where the test is not defined: an empty sample, or values that do not vary. */
  readonly pValue: number;
  /** Shapiro-Wilk P of each sample; NaN where it cannot be tested (fewer than 3 values, more than 5000, all equal). */
  readonly normality: readonly [number, number];
  /** True where both samples may be normal. */
  readonly normal: boolean;
  readonly variants: { readonly welch: number; readonly student: number; readonly 'mann-whitney': number };
  /** True where the variants fall on both sides of alpha: the finding depends on the choice. */
  readonly variantsDisagree: boolean;
}

/**
 * Compares two samples by a test that their distribution decides: normal by Shapiro-Wilk in both, a t test; else, and where normality cannot
 * be tested, Mann-Whitney.
 *
 * @param x, y values of each sample, none missing or infinite
 */
export function compareNumbers(x: Float64Array, y: Float64Array, rules: ComparisonRules = {}): NumberComparison {
  const { numbers = 'auto', variances = 'welch', normality: least = 0.05, alpha = 0.05 } = rules;
  const normality = [x, y].map((sample) => whereDefined(() => shapiroWilk(sample).pValue)) as [number, number];
  const normal = normality.every((p) => p >= least);
  const variants = {
    welch: whereDefined(() => tTest(x, y).pValue),
    student: whereDefined(() => tTest(x, y, { equalVariances: true }).pValue),
    'mann-whitney': whereDefined(() => mannWhitneyTest(x, y).pValue),
  };
  const test = numbers === 't' || (numbers === 'auto' && normal) ? variances : 'mann-whitney';
  return { test, pValue: variants[test], normality, normal, variants, variantsDisagree: disagree(Object.values(variants), alpha) };
}

/** True where P values lie on both sides of alpha; undefined ones do not count. */
export function disagree(pValues: readonly number[], alpha: number): boolean {
  return new Set(pValues.filter((p) => !Number.isNaN(p)).map((p) => p < alpha)).size > 1;
}

/** NaN where the test says that it is not defined for such values. */
function whereDefined(test: () => number): number {
  try {
    return test();
  } catch (error) {
    if (isRadloomError(error)) return NaN;
    throw error;
  }
}
