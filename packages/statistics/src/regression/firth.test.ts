import { isRadloomError } from '@radloom/core';
import { describe, expect, test } from 'vitest';
import { designOfColumns, firthInterval, firthNullLogLikelihood, firthTest, fitFirth } from './index.js';

/** Rows of a 2 × 2 table: exposed events a, exposed others b, unexposed events c, unexposed others d. */
function rowsOf(a: number, b: number, c: number, d: number) {
  const exposed = [...fill(a + b, 1), ...fill(c + d, 0)];
  const outcome = [...fill(a, 1), ...fill(b, 0), ...fill(c, 1), ...fill(d, 0)];
  return { design: designOfColumns(['exposed'], [exposed]), outcome };
}

const fill = (count: number, value: number) => Array.from({ length: count }, () => value);

describe('2 × 2: Firth’s estimate is the log odds ratio with ½ added to each cell', () => {
  test.each([[7, 3, 4, 9], [10, 0, 4, 6], [5, 0, 0, 5]])('%d %d %d %d', (a, b, c, d) => {
    const { design, outcome } = rowsOf(a, b, c, d);
    const fit = fitFirth(design, outcome);
    expect(fit.coefficients[0]).toBeCloseTo(Math.log((c + 0.5) / (d + 0.5)), 9);
    expect(fit.coefficients[1]).toBeCloseTo(Math.log(((a + 0.5) * (d + 0.5)) / ((b + 0.5) * (c + 0.5))), 9);
  });

  test('its information is that of the fitted proportions', () => {
    const { design, outcome } = rowsOf(7, 3, 4, 9);
    const fit = fitFirth(design, outcome);
    const [p, q] = [7.5 / 11, 4.5 / 14];
    expect(fit.covariance[3]).toBeCloseTo(1 / (10 * p * (1 - p)) + 1 / (13 * q * (1 - q)), 9);
    expect(fit.leverage.reduce((x, y) => x + y)).toBeCloseTo(2, 9);
    expect(fit.augmentedCovariance[3]).toBeLessThan(fit.covariance[3]);
  });
});

describe('the profile', () => {
  const { design, outcome } = rowsOf(10, 0, 4, 6);
  const fit = fitFirth(design, outcome);

  test('limits are finite under separation, and the test at a limit has P = 1 − level', () => {
    const { lower, upper } = firthInterval(design, outcome, fit, 1);
    expect([lower, upper].every(Number.isFinite)).toBe(true);
    const moved = designOfColumns(['exposed'], [Array.from(design.values.subarray(20))]);
    expect(firthTest(moved, outcome, fit, 1).pValue).toBeLessThan(0.05); // 0 lies below the lower limit
    expect(lower).toBeGreaterThan(0);
    expect(firthInterval(design, outcome, fit, 1, 0.5).lower).toBeGreaterThan(lower);
  });

  test('the penalised likelihood falls from the maximum to the null model by half the test', () => {
    expect(2 * (fit.logLikelihood - firthNullLogLikelihood(design, outcome))).toBeCloseTo(firthTest(design, outcome, fit, 1).chiSquared, 9);
  });
});

describe('units', () => {
  const age = [61, 45, 72, 58, 66, 49, 70, 53, 64, 77, 41, 68, 55, 47, 73, 62, 51, 69, 44, 57];
  const marker = [0.3, 1.1, 0.2, 0.9, 1.6, 0.4, 0.7, 1.9, 0.1, 1.2, 0.8, 0.5, 1.4, 0.6, 1, 1.7, 0.15, 1.3, 0.45, 0.95];
  const outcome = [1, 0, 1, 0, 1, 1, 0, 0, 0, 1, 0, 1, 1, 0, 0, 1, 0, 1, 1, 0];
  const fitted = (years: (value: number) => number, units: (value: number) => number) => {
    const design = designOfColumns(['age', 'marker'], [age.map(years), marker.map(units)]);
    return { design, fit: fitFirth(design, outcome) };
  };
  const { design, fit } = fitted((value) => value, (value) => value);

  test.each([1e8, 1e-8])('a column %d times as large has a coefficient as much smaller, and the same P', (factor) => {
    const other = fitted((value) => value, (value) => value * factor);
    expect(other.fit.coefficients[1]).toBeCloseTo(fit.coefficients[1], 10);
    expect((other.fit.coefficients[2] * factor) / fit.coefficients[2]).toBeCloseTo(1, 9);
    expect(Math.sqrt(other.fit.covariance[8]) * factor).toBeCloseTo(Math.sqrt(fit.covariance[8]), 9);
    expect(firthTest(other.design, outcome, other.fit, 2).pValue).toBeCloseTo(firthTest(design, outcome, fit, 2).pValue, 9);
  });

  test('a column that lies far from 0 beside its spread changes the intercept alone', () => {
    const far = 2 ** 20;
    const other = fitted((value) => value + far, (value) => value);
    expect(other.fit.coefficients[0] + far * other.fit.coefficients[1]).toBeCloseTo(fit.coefficients[0], 6);
    expect(other.fit.coefficients[1]).toBeCloseTo(fit.coefficients[1], 9);
    expect(other.fit.logLikelihood).toBeCloseTo(fit.logLikelihood, 9);
    for (const at of [4, 5, 8]) expect(other.fit.covariance[at] / fit.covariance[at]).toBeCloseTo(1, 8);
    const [own, moved] = [firthInterval(design, outcome, fit, 1), firthInterval(other.design, outcome, other.fit, 1)];
    expect([moved.lower, moved.upper]).toEqual([expect.closeTo(own.lower, 7), expect.closeTo(own.upper, 7)]);
  });
});

test('dependent columns have no penalised fit and are named', () => {
  const x = [1, 2, 3, 4, 5, 6];
  try {
    fitFirth(designOfColumns(['x', 'twice'], [x, x.map((value) => 2 * value)]), [0, 1, 0, 1, 1, 0]);
    expect.unreachable();
  } catch (error) {
    expect(isRadloomError(error) && error.code).toBe('design-singular');
    expect((error as Error).message).toMatch(/^The information matrix is singular: twice is a combination of the columns before\./);
  }
});
