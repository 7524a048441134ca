import { isRadloomError } from '@radloom/core';
import { describe, expect, test } from 'vitest';
import {
  adjustPValues, bartlettTest, cohenD, describeSample, flignerTest, hedgesG, hodgesLehmann, kruskalWallis, leveneTest, mannWhitneyTest, oneSampleTTest, oneWayAnova, pairedSignedRankTest, pairedTTest,
  quantile, shapiroWilk, signedRankTest, standardisedDifference, standardisedProportionDifference, tTest, varianceRatioTest, welchAnova,
} from './index.js';

describe('checkable on paper', () => {
  test('1, 2, 3, 4, 10: mean 4, sd √12.5, median 3, MAD 1 × 1.4826', () => {
    expect(describeSample([10, 1, 3, 2, 4])).toMatchObject({ n: 5, mean: 4, sd: Math.sqrt(12.5), minimum: 1, maximum: 10, median: 3, mad: 1.4826, iqr: 2 });
  });

  test('the lower quartile of 1..4 by each of the nine types', () => {
    const found = ([1, 2, 3, 4, 5, 6, 7, 8, 9] as const).map((type) => quantile([4, 3, 2, 1], [0.25], type)[0]);
    expect(found).toEqual([1, 1.5, 1, 1, 1.5, 1.25, 1.75, 17 / 12, 1.4375].map((value) => expect.closeTo(value, 12)));
  });

  test('all of {4, 5} above all of {1, 2, 3}: U = 6, P = 2/10', () => {
    expect(mannWhitneyTest([4, 5], [1, 2, 3])).toEqual({ statistic: 6, pValue: expect.closeTo(0.2, 14), method: 'exact' });
    expect(mannWhitneyTest([4, 5], [1, 2, 3], { alternative: 'greater' }).pValue).toBeCloseTo(0.1, 14);
    expect(hodgesLehmann([4, 5], [1, 2, 3])).toEqual({ estimate: 2.5, lower: 1, upper: 4, method: 'exact' });
  });

  test('ties: U of {1, 2} and {2, 3} is 0.5, variance 4/12 × (5 − 6/12)', () => {
    const z = (-1.5 + 0.5) / Math.sqrt((4 / 12) * (5 - 6 / 12));
    const { statistic, pValue, method } = mannWhitneyTest([1, 2], [2, 3]);
    expect({ statistic, method }).toEqual({ statistic: 0.5, method: 'normal' });
    expect(pValue).toBeCloseTo(0.41421617824252516, 12); // 2 Φ(z)
    expect(z).toBeCloseTo(-0.816496580927726, 14);
  });

  test('all of four differences positive: V = 10, P = 2/16', () => {
    expect(signedRankTest([0.1, 0.4, 0.2, 0.3])).toEqual({ statistic: 10, pValue: 0.125, method: 'exact' });
    expect(signedRankTest([0, 0.4, 0.2, 0.3]).method).toBe('normal');
  });

  test('adjusting 0.01, 0.02, 0.03, 0.04', () => {
    const p = [0.03, 0.01, 0.04, 0.02];
    const rounded = (method: 'holm' | 'hochberg' | 'bonferroni' | 'BH') => Array.from(adjustPValues(p, method), (value) => Math.round(value * 1e12) / 1e12);
    expect(rounded('holm')).toEqual([0.06, 0.04, 0.06, 0.06]);
    expect(rounded('hochberg')).toEqual([0.04, 0.04, 0.04, 0.04]);
    expect(rounded('bonferroni')).toEqual([0.12, 0.04, 0.16, 0.08]);
    expect(rounded('BH')).toEqual([0.04, 0.04, 0.04, 0.04]);
    expect([...adjustPValues([NaN, 0.3], 'holm')]).toEqual([NaN, 0.3]);
  });

  test('effect sizes: means 1 apart at sd 1', () => {
    expect(cohenD([1, 2, 3], [0, 1, 2])).toBe(1);
    expect(hedgesG([1, 2, 3], [0, 1, 2])).toBeCloseTo(1 - 3 / 15, 14);
    expect(standardisedDifference([1, 2, 3], [0, 1, 2])).toBe(1);
    expect(standardisedProportionDifference(0.5, 0.2)).toBeCloseTo(0.3 / Math.sqrt(0.205), 14);
  });
});

describe('definitions', () => {
  const x = [3.1, 4.7, 2.2, 5.9, 4.4, 3.8];
  const y = [2.9, 1.4, 3.3, 2.5, 0.8];

  test('two groups: F = t², Kruskal-Wallis = z² without correction, Welch’s F = Welch’s t²', () => {
    expect(oneWayAnova([x, y]).statistic).toBeCloseTo(tTest(x, y, { equalVariances: true }).statistic ** 2, 10);
    expect(welchAnova([x, y]).statistic).toBeCloseTo(tTest(x, y).statistic ** 2, 10);
    expect(kruskalWallis([x, y]).pValue).toBeCloseTo(mannWhitneyTest(x, y, { exact: false, correct: false }).pValue, 12);
  });

  test('one-sided P add up to 1; the interval ends where P is its tail', () => {
    const [less, greater] = (['less', 'greater'] as const).map((alternative) => tTest(x, y, { alternative }).pValue);
    expect(less + greater).toBeCloseTo(1, 12);
    const { lower } = tTest(x, y, { level: 0.9 });
    expect(tTest(x, y, { null: lower }).pValue).toBeCloseTo(0.1, 10);
  });

  test('location does not change tests of spread, scale does not change any', () => {
    const moved = x.map((value) => 100 + value);
    for (const [test, before] of [[leveneTest([moved, y]), leveneTest([x, y])], [bartlettTest([moved, y]), bartlettTest([x, y])], [flignerTest([moved, y]), flignerTest([x, y])]]) {
      expect(test.pValue).toBeCloseTo(before.pValue, 9);
    }
    expect(varianceRatioTest(x.map((v) => 3 * v), y.map((v) => 3 * v)).pValue).toBeCloseTo(varianceRatioTest(x, y).pValue, 12);
    expect(shapiroWilk(x.map((v) => -5 * v)).w).toBeCloseTo(shapiroWilk(x).w, 12);
  });

  test('with many values the shift is the root of the rank sum, to 1e-4', () => {
    const many = Array.from({ length: 60 }, (_, i) => Math.sin(i * 12.9898) * 3);
    const { estimate, method } = hodgesLehmann(many.map((value) => value + 2), many);
    expect(method).toBe('normal');
    expect(Math.abs(estimate - 2)).toBeLessThan(1e-3);
  });

  test('groups without any variation have no P', () => {
    const flat = [[2, 2], [2, 2, 2]];
    for (const test of [oneWayAnova, welchAnova, kruskalWallis, leveneTest, bartlettTest, flignerTest]) expect(test(flat).pValue).toBeNaN();
    expect(varianceRatioTest(flat[0], flat[1]).pValue).toBeNaN();
    expect(oneWayAnova([[1], [2]]).pValue).toBeNaN();
  });

  test('what cannot be tested is an error with a code', () => {
    for (const [action, code] of [
      [() => shapiroWilk([1, 2]), 'sample-size'], [() => shapiroWilk([2, 2, 2]), 'constant-values'], [() => tTest([1], [2, 3]), 'too-few-values'],
      [() => oneSampleTTest([5, 5, 5]), 'constant-values'], [() => pairedTTest([1, 2], [1]), 'length-mismatch'], [() => quantile([], [0.5]), 'no-values'], [() => signedRankTest([0, 0]), 'too-few-values'],
      [() => mannWhitneyTest([1, NaN], [2, 3]), 'value-missing'], [() => quantile([1, NaN], [0.5]), 'value-missing'], [() => hodgesLehmann([0, 0], [1, 1, 1]), 'constant-values'],
    ] as const) {
      expect(codeOf(action)).toBe(code);
    }
  });
});

describe('published values', () => {
  test('Shapiro & Wilk (1965), weights of eleven men: W = 0.79, P about 0.007', () => {
    const { w, pValue } = shapiroWilk([148, 154, 158, 160, 161, 162, 166, 170, 182, 195, 236]);
    expect(w).toBeCloseTo(0.7888, 4);
    expect(pValue).toBeCloseTo(0.0067, 4);
  });

  test('Student (1908), sleep: t = −1.861 (Welch, df 17.776), paired −4.062', () => {
    const first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
    const second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
    const welch = tTest(first, second);
    expect([welch.statistic, welch.df, welch.pValue, welch.lower, welch.upper]).toEqual([-1.8608, 17.776, 0.07939, -3.3655, 0.2055].map((value, i) => expect.closeTo(value, [4, 3, 5, 4, 4][i])));
    expect(pairedTTest(first, second).pValue).toBeCloseTo(0.002833, 6);
  });

  test('Hollander & Wolfe (1973): permeability (U = 35), depression (V = 40), mucociliary (H = 0.771)', () => {
    const term = [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
    expect(mannWhitneyTest(term, [1.15, 0.88, 0.9, 0.74, 1.21], { alternative: 'greater' })).toMatchObject({ statistic: 35, pValue: expect.closeTo(0.1272, 4) });
    const before = [1.83, 0.5, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.3];
    const after = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];
    expect(pairedSignedRankTest(before, after, { alternative: 'greater' })).toMatchObject({ statistic: 40, pValue: expect.closeTo(0.01953, 5) });
    const h = kruskalWallis([[2.9, 3, 2.5, 2.6, 3.2], [3.8, 2.7, 4, 2.4], [2.8, 3.4, 3.7, 2.2, 2]]);
    expect([h.statistic, h.pValue]).toEqual([expect.closeTo(0.77143, 5), expect.closeTo(0.68, 4)]);
  });
});

function codeOf(action: () => unknown): string | undefined {
  try {
    action();
  } catch (error) {
    return isRadloomError(error) ? error.code : undefined;
  }
  return undefined;
}
