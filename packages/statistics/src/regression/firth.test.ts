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

test('dependent columns have no penalised fit', () => {
  const x = [1, 2, 3, 4, 5, 6];
  try {
    fitFirth(designOfColumns(['x', 'twice'], [x, x.map((value) => 2 * value)]), [0, 1, 0, 1, 1, 0]);
    expect.unreachable();
  } catch (error) {
    expect(isRadloomError(error) && error.code).toBe('design-singular');
  }
});
