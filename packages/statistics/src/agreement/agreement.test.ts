import { describe, expect, test } from 'vitest';
import { blandAltman, cohenKappa, concordanceCorrelation, intraclassCorrelation, meanSquares } from './index.js';

/** Shrout & Fleiss (1979), table 2: four judges rate six targets. */
const judges = [[9, 6, 8, 7, 10, 6], [2, 1, 4, 1, 5, 2], [5, 3, 6, 2, 6, 4], [8, 2, 8, 6, 9, 7]];

describe('Shrout & Fleiss (1979), tables 3 and 4', () => {
  test('mean squares', () => {
    const { between, within, rater, residual } = meanSquares(judges);
    expect([between, within, rater, residual].map((value) => Math.round(value * 100) / 100)).toEqual([11.24, 6.26, 32.49, 1.02]);
  });

  test.each([
    ['ICC(1,1)', { model: 'one-way' }, 0.17], ['ICC(2,1)', { model: 'two-way' }, 0.29], ['ICC(3,1)', { model: 'two-way', type: 'consistency' }, 0.71],
    ['ICC(1,k)', { model: 'one-way', unit: 'average' }, 0.44], ['ICC(2,k)', { model: 'two-way', unit: 'average' }, 0.62], ['ICC(3,k)', { model: 'two-way', type: 'consistency', unit: 'average' }, 0.91],
  ] as const)('%s', (name, form, value) => {
    const found = intraclassCorrelation(judges, form);
    expect(found.name).toBe(name);
    expect(Math.round(found.icc * 100) / 100).toBe(value);
    expect(found.lower).toBeLessThan(found.icc);
    expect(found.upper).toBeGreaterThan(found.icc);
  });

  test('limits of ICC(2,1): 0.019 to 0.761', () => {
    const { lower, upper } = intraclassCorrelation(judges, { model: 'two-way' });
    expect([lower, upper]).toEqual([expect.closeTo(0.019, 3), expect.closeTo(0.761, 3)]);
  });
});

describe('definitions', () => {
  test('the mean of k ratings: Spearman-Brown steps one rating up', () => {
    for (const form of [{ model: 'one-way' }, { model: 'two-way', type: 'agreement' }, { model: 'two-way', type: 'consistency' }] as const) {
      const one = intraclassCorrelation(judges, form).icc;
      expect(intraclassCorrelation(judges, { ...form, unit: 'average' }).icc).toBeCloseTo((4 * one) / (1 + 3 * one), 12);
    }
    const [single, average] = (['single', 'average'] as const).map((unit) => intraclassCorrelation(judges, { model: 'two-way', unit }, { convention: 'shrout-fleiss' }));
    expect(average.lower).toBeCloseTo((4 * single.lower) / (1 + 3 * single.lower), 12);
  });

  test('a constant offset of a rater hurts agreement, not consistency', () => {
    const offset = [judges[0], judges[0].map((value) => value + 3)];
    expect(intraclassCorrelation(offset, { model: 'two-way', type: 'consistency' }).icc).toBeCloseTo(1, 12);
    expect(intraclassCorrelation(offset, { model: 'two-way', type: 'agreement' }).icc).toBeLessThan(0.5);
  });

  test('raters who agree to the last digit: 1, and so are the limits; far from 0 nothing changes', () => {
    const same = [[3, 1, 4, 1.5], [3, 1, 4, 1.5], [3, 1, 4, 1.5]];
    for (const unit of ['single', 'average'] as const) {
      for (const form of [{ model: 'one-way' }, { model: 'two-way', type: 'agreement' }, { model: 'two-way', type: 'consistency' }] as const) {
        expect(intraclassCorrelation(same, { ...form, unit })).toMatchObject({ icc: 1, lower: 1, upper: 1, pValue: 0 });
      }
    }
    expect(intraclassCorrelation([[1, 2, 4], [3, 4, 6]], { model: 'two-way', type: 'consistency' })).toMatchObject({ icc: 1, lower: 1, upper: 1 });
    expect(concordanceCorrelation([1, 2, 3], [1, 2, 3])).toMatchObject({ ccc: 1, lower: 1, upper: 1 });
    expect(concordanceCorrelation([1, 2, 3], [3, 2, 1])).toMatchObject({ ccc: -1, lower: -1, upper: -1 });
    const ratings = [[1, 2.5, 4, 8], [1.25, 2, 4.5, 7]];
    const moved = ratings.map((values) => values.map((value) => value + 2 ** 40));
    expect(meanSquares(moved)).toEqual(meanSquares(ratings));
  });

  test('concordance: 1 with itself, 0 for a mirror’s middle, Pearson times the bias', () => {
    const x = [1, 2, 3, 4, 5];
    const shifted = concordanceCorrelation(x, x.map((value) => value + 1));
    expect(shifted.ccc).toBeCloseTo(4 / 5, 14); // 2·2 / (2 + 2 + 1)
    expect(shifted.pearson * shifted.biasCorrection).toBeCloseTo(shifted.ccc, 14);
    const loose = concordanceCorrelation(x, [1.2, 1.8, 3.3, 3.9, 5.2]);
    expect(loose.lower).toBeLessThan(loose.ccc);
    expect(loose.upper).toBeLessThan(1);
  });

  test('limits of agreement of differences −1, 0, 1', () => {
    expect(blandAltman([1, 2, 3], [2, 2, 2])).toMatchObject({ bias: 0, sd: 1, lower: -1.96, upper: 1.96 });
  });

  test('kappa: 0.4 for [[20, 5], [10, 15]] (0.7 observed, 0.5 by chance); weights forgive neighbours', () => {
    expect(cohenKappa([[20, 5], [10, 15]]).kappa).toBeCloseTo(0.4, 14);
    const table = [[8, 2, 0], [1, 7, 2], [0, 3, 7]];
    expect(cohenKappa(table, 'quadratic').kappa).toBeGreaterThan(cohenKappa(table, 'linear').kappa);
    expect(cohenKappa(table, 'linear').kappa).toBeGreaterThan(cohenKappa(table).kappa);
  });

  test('raters of different length, or one rater, are refused', () => {
    expect(() => meanSquares([[1, 2, 3]])).toThrow('two raters');
    expect(() => meanSquares([[1, 2, 3], [1, 2]])).toThrow('two raters');
    expect(() => meanSquares([[1, 2, 3], [1, NaN, 2]])).toThrow('subject 2');
  });
});
