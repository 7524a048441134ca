import { random } from '@radloom/core';
import { describe, expect, test } from 'vitest';
import { concordance, weightedAuc } from './concordance.js';
import { type CrossValidationOptions, crossValidatedPath, penalisedPath, predictAt } from './index.js';

function example(n = 60, p = 8): CrossValidationOptions & { y: number[]; folds: number[] } {
  const stream = random([7, 7, 7, 7]);
  const x = Float64Array.from({ length: n * p }, () => stream.normal());
  const y = Array.from({ length: n }, (_, i) => Number(x[i] + 0.8 * stream.normal() > 0));
  return { family: 'binomial', x, n, p, y, folds: y.map((_, i) => (i % 5) + 1) };
}

const rowsOf = (x: Float64Array, n: number, p: number, rows: number[]) => Float64Array.from({ length: rows.length * p }, (_, at) => x[Math.floor(at / rows.length) * n + rows[at % rows.length]]);

describe('worked examples', () => {
  test('scores 1 2 2 3 of none, event, none, event: of 4 pairs 3 are in order and one ties', () => {
    expect(weightedAuc([0, 1, 0, 1], [1, 2, 2, 3], [1, 1, 1, 1])).toBe(3.5 / 4);
    expect(weightedAuc([0, 1, 0, 1], [1, 2, 2, 3], [1, 3, 1, 1])).toBe((3 + 1.5 + 1 + 1) / 8);
  });
  test('a death at 1 is compared with all who lived longer, and with who left at that time', () => {
    // Pairs: 0-1 (in order), 0-2 (tie), 0-3 (against); row 1 was censored, row 2 outlived row 3's 2: 3-1 at risk longer (in order), 3-2 (in order).
    expect(concordance([1, 3, 4, 2], [1, 0, 0, 1], [5, 1, 5, 6], [1, 1, 1, 1])).toBe((1 + 0.5 + 0 + 1 + 1) / 5);
    expect(concordance([1, 1], [1, 0], [2, 1], [1, 1])).toBe(1);
  });
});

describe('cross-validation', () => {
  const options = example();
  const { x, n, p, y, folds } = options;

  test('mean and error are those of the folds, each fitted without its rows', () => {
    const lambda = [0.2, 0.1, 0.05];
    const cv = crossValidatedPath({ ...options, lambda, loss: 'deviance' });
    const found = lambda.map((value) => {
      const means = [1, 2, 3, 4, 5].map((fold) => {
        const kept = [...y.keys()].filter((i) => folds[i] !== fold);
        const held = [...y.keys()].filter((i) => folds[i] === fold);
        const path = penalisedPath({ family: 'binomial', x: rowsOf(x, n, p, kept), n: kept.length, p, y: kept.map((i) => y[i]), lambda });
        const [probability] = predictAt(path, { x: rowsOf(x, n, p, held), rows: held.length, lambda: value });
        return held.reduce((sum, i, k) => sum - 2 * Math.log(y[i] === 1 ? probability[k] : 1 - probability[k]), 0) / held.length;
      });
      const mean = means.reduce((sum, m) => sum + m, 0) / 5;
      return { mean, error: Math.sqrt(means.reduce((sum, m) => sum + (m - mean) ** 2, 0) / 5 / 4) };
    });
    found.forEach(({ mean, error }, k) => {
      expect(cv.mean[k]).toBeCloseTo(mean, 12);
      expect(cv.error[k]).toBeCloseTo(error, 12);
    });
  });

  test('lambda.min is the best, lambda.1se the largest within its error', () => {
    const cv = crossValidatedPath({ ...options, loss: 'class' });
    expect(cv.mean[cv.indexMin]).toBe(Math.min(...cv.mean));
    expect(cv.lambda1se).toBeGreaterThanOrEqual(cv.lambdaMin);
    expect(cv.mean[cv.index1se]).toBeLessThanOrEqual(cv.mean[cv.indexMin] + cv.error[cv.indexMin]);
    cv.mean.slice(0, cv.index1se).forEach((mean) => expect(mean).toBeGreaterThan(cv.mean[cv.indexMin] + cv.error[cv.indexMin]));
  });

  test('area under the curve is taken larger as better, and gives way where folds are small', () => {
    const cv = crossValidatedPath({ ...options, loss: 'auc' });
    expect(cv.loss).toBe('auc');
    expect(crossValidatedPath({ ...options, loss: 'auc', lambda: [9, 0.1] }).mean[0]).toBe(0.5); // no column, all rows tie
    expect(cv.mean[cv.indexMin]).toBe(Math.max(...cv.mean));
    const small = crossValidatedPath({ ...options, loss: 'auc', folds: y.map((_, i) => i % 10) });
    expect(small.loss).toBe('deviance');
    expect(small.notes[0]).toContain('fewer than 10 rows');
  });

  test('with fewer than 3 rows a fold every row counts for itself', () => {
    const cv = crossValidatedPath({ ...options, loss: 'mse', folds: y.map((_, i) => i % 30) });
    expect(cv.notes[0]).toContain('fewer than 3 rows');
    expect(cv.mean[0]).toBeCloseTo(0.5, 1); // twice the Brier score of the share of events
  });

  test.each(['gaussian', 'multinomial', 'cox'] as const)('%s: each of its losses', (family) => {
    const response = family === 'gaussian' ? y.map((value, i) => value + x[n + i]) : family === 'multinomial' ? y.map((value, i) => (i % 3 === 0 ? 2 : value)) : y.map((value, i) => 1 + ((i * 7) % 23) + 5 * value);
    const losses = { gaussian: ['mse', 'mae'], multinomial: ['deviance', 'class', 'mse', 'mae'], cox: ['deviance', 'C'] } as const;
    for (const loss of losses[family]) {
      const cv = crossValidatedPath({ ...options, family, y: response, status: family === 'cox' ? y.map((_, i) => Number(i % 4 > 0)) : undefined, loss });
      expect(cv.mean.every(Number.isFinite) && cv.error.every((value) => value >= 0)).toBe(true);
      expect(cv.lambda.length).toBe(cv.path.lambda.length);
    }
  });

  test('folds that cannot be used are refused', () => {
    expect(() => crossValidatedPath({ ...options, folds: y.map((_, i) => i % 2) })).toThrow('at least 3 folds');
    expect(() => crossValidatedPath({ ...options, folds: y.map((value, i) => (value === 1 ? 1 : 2 + (i % 2))) })).toThrow('When fold 1 is held out, only rows without the event are left');
    expect(() => crossValidatedPath({ ...options, family: 'gaussian', loss: 'auc' })).toThrow('no cross-validation loss auc');
  });
});
