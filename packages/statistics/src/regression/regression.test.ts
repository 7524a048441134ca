import { type Column, isRadloomError, random } from '@radloom/core';
import { describe, expect, test } from 'vitest';
import {
  buildDesign, cooksDistance, designOfColumns, dropEachTerm, exactProfileInterval, fitLinear, fitLogistic, likelihoodRatioVsNull, logisticResiduals, predictLogistic, pseudoRSquared, profileInterval, varianceInflation, waldInterval,
} from './index.js';

const site: Column = { kind: 'categorical', name: 'site', levels: ['a', 'b', 'c'], codes: Int32Array.of(0, 1, 2, 1, 0, 2) };
const age: Column = { kind: 'numeric', name: 'age', values: Float64Array.of(50, 60, 70, 65, 55, 75) };

describe('design matrix', () => {
  test('treatment contrasts, main effects before interactions', () => {
    const design = buildDesign([site, age], ['age:site', 'site', 'age']);
    expect(design.names).toEqual(['(Intercept)', 'siteb', 'sitec', 'age', 'age:siteb', 'age:sitec']);
    expect(design.terms).toEqual(['site', 'age', 'age:site']);
    expect([...design.termOf]).toEqual([-1, 0, 0, 1, 2, 2]);
    expect([...design.values.subarray(4 * 6, 5 * 6)]).toEqual([0, 60, 0, 65, 0, 0]);
  });

  test('all levels where the term without the factor, or the intercept, is missing', () => {
    expect(buildDesign([site, age], ['site', 'site:age']).names).toEqual(['(Intercept)', 'siteb', 'sitec', 'sitea:age', 'siteb:age', 'sitec:age']);
    expect(buildDesign([site, age], ['site'], { intercept: false }).names).toEqual(['sitea', 'siteb', 'sitec']);
  });

  test('a misspelt variable is met with the nearest one; missing values are refused', () => {
    expect(problem(() => buildDesign([site, age], ['agee']))).toMatchObject({ code: 'variable-unknown', fix: 'Did you mean age?' });
    expect(problem(() => buildDesign([{ ...age, values: Float64Array.of(1, NaN, 3, 4, 5, 6) }], ['age']))).toMatchObject({ code: 'value-missing' });
  });
});

describe('logistic regression, one binary predictor: everything in closed form', () => {
  // exposed: 30 events of 50; not exposed: 10 of 40
  const exposed = Array.from({ length: 90 }, (_, i) => (i < 50 ? 1 : 0));
  const y = exposed.map((x, i) => (x === 1 ? (i < 30 ? 1 : 0) : i < 60 ? 1 : 0));
  const design = designOfColumns(['exposed'], [exposed]);
  const fit = fitLogistic(design, y);

  test('coefficients are log odds, standard errors Woolf’s', () => {
    expect(fit.coefficients[0]).toBeCloseTo(Math.log(10 / 30), 7);
    expect(fit.coefficients[1]).toBeCloseTo(Math.log((30 * 30) / (20 * 10)), 7);
    expect(fit.standardErrors[1]).toBeCloseTo(Math.sqrt(1 / 30 + 1 / 20 + 1 / 10 + 1 / 30), 5); // weights of the last iteration
    expect(fit.converged).toBe(true);
    expect(fit.separation).toBeUndefined();
  });

  test('deviances by entropy; likelihood ratio test; AIC, BIC', () => {
    const entropy = (k: number, n: number) => -2 * (k * Math.log(k / n) + (n - k) * Math.log(1 - k / n));
    expect(fit.deviance).toBeCloseTo(entropy(30, 50) + entropy(10, 40), 6);
    expect(fit.nullDeviance).toBeCloseTo(entropy(40, 90), 10);
    expect(likelihoodRatioVsNull(fit)).toMatchObject({ chiSquared: expect.closeTo(fit.nullDeviance - fit.deviance, 12), df: 1 });
    expect(dropEachTerm(design, y, fit)[0]).toMatchObject({ term: 'exposed', chiSquared: expect.closeTo(fit.nullDeviance - fit.deviance, 6), aic: expect.closeTo(fit.nullDeviance + 2, 10) });
    expect([fit.aic, fit.bic]).toEqual([fit.deviance + 4, expect.closeTo(fit.deviance + 2 * Math.log(90), 12)]);
  });

  test('leverages sum to the coefficients, Pearson residuals to zero, predictions are the proportions', () => {
    expect(fit.leverage.reduce((a, b) => a + b)).toBeCloseTo(2, 10);
    expect(logisticResiduals(fit, y).deviance.reduce((sum, r) => sum + r * r, 0)).toBeCloseTo(fit.deviance, 10);
    expect([...new Set(Array.from(predictLogistic(design, fit.coefficients), (p) => Math.round(p * 1e6) / 1e6))]).toEqual([0.6, 0.25]);
  });

  test('pseudo R²: the entropy explained; Cook’s distance: equal rows move the fit alike', () => {
    const { mcFadden, coxSnell, nagelkerke } = pseudoRSquared(fit);
    expect(mcFadden).toBeCloseTo((fit.nullDeviance - fit.deviance) / fit.nullDeviance, 14);
    expect(coxSnell / nagelkerke).toBeCloseTo(1 - Math.exp(-fit.nullDeviance / 90), 12);
    const distances = cooksDistance(fit, y);
    expect(distances[0]).toBeCloseTo((0.4 / 0.6) * (1 / 50 / (1 - 1 / 50) ** 2) / 2, 6); // Pearson residual² 0.4/0.6, leverage 1/50
    expect(distances[1]).toBeCloseTo(distances[0], 12);
  });

  test('profile limits: the exact ones drop the deviance by 3.84, the splined ones are near, Wald’s are symmetric', () => {
    const exact = exactProfileInterval(design, y, fit, 1);
    const held = fitLogistic(buildDesign([{ kind: 'numeric', name: 'one', values: new Float64Array(90).fill(1) }], ['one'], { intercept: false }), y, { offset: exposed.map((x) => x * exact.upper) });
    expect(held.deviance - fit.deviance).toBeCloseTo(3.841458820694124, 6);
    const splined = profileInterval(design, y, fit, 1);
    expect([splined.lower, splined.upper]).toEqual([expect.closeTo(exact.lower, 3), expect.closeTo(exact.upper, 3)]);
    const wald = waldInterval(fit, 1);
    expect((wald.lower + wald.upper) / 2).toBeCloseTo(fit.coefficients[1], 12);
  });

  test('an offset takes its part; case weights count as rows', () => {
    expect(fitLogistic(design, y, { offset: exposed.map((x) => 0.4 * x) }).coefficients[1]).toBeCloseTo(fit.coefficients[1] - 0.4, 6);
    const twice = fitLogistic(design, y, { weights: y.map(() => 2) });
    expect(twice.standardErrors[1]).toBeCloseTo(fit.standardErrors[1] / Math.SQRT2, 4);
  });
});

describe('what can go wrong is named', () => {
  const stream = random([2, 4, 6, 8]);
  const x = Array.from({ length: 40 }, () => stream.normal());
  const z = Array.from({ length: 40 }, () => stream.normal());

  test('dependent columns are aliased, the earlier one keeps its coefficient', () => {
    const y = x.map((value) => (value + stream.normal() > 0 ? 1 : 0));
    const fit = fitLogistic(designOfColumns(['x', 'z', 'both'], [x, z, x.map((value, i) => value + 2 * z[i])]), y);
    expect(fit.aliased).toEqual(['both']);
    expect(fit.rank).toBe(3);
    expect(fit.coefficients[3]).toBeNaN();
  });

  test('complete and quasi-complete separation', () => {
    expect(fitLogistic(designOfColumns(['x', 'z'], [x, z]), x.map((value) => (value > 0 ? 1 : 0))).separation).toMatchObject({ kind: 'complete' });
    const group = x.map((_, i) => (i < 10 ? 1 : 0));
    const quasi = fitLogistic(designOfColumns(['group', 'z'], [group, z]), group.map((g, i) => (g === 1 || i % 2 === 0 ? 1 : 0)));
    expect(quasi.separation).toEqual({ kind: 'quasi', columns: ['group'] });
  });

  test('a strong effect with a finite maximum is not separation', () => {
    const far = Array.from({ length: 60 }, (_, i) => (i - 29.5) * 2);
    const y = far.map((value, i) => (value > 0 !== (i === 29 || i === 30) ? 1 : 0));
    const fit = fitLogistic(designOfColumns(['far'], [far]), y);
    expect(Math.max(...fit.linearPredictor)).toBeGreaterThan(15);
    expect(fit.separation).toBeUndefined();
  });

  test('an outcome that is not 0 or 1', () => {
    expect(problem(() => fitLogistic(designOfColumns(['x'], [[1, 2, 3]]), [0, 1, 2]))).toMatchObject({ code: 'outcome-not-binary' });
  });
});

test('variance inflation of least squares is 1/(1 − R²) of each predictor on the others', () => {
  const stream = random([1, 3, 5, 7]);
  const a = Array.from({ length: 30 }, () => stream.normal());
  const b = a.map((value) => 0.8 * value + 0.6 * stream.normal());
  const y = a.map((value, i) => value - b[i] + stream.normal());
  const design = designOfColumns(['a', 'b'], [a, b]);
  const expected = 1 / (1 - fitLinear(designOfColumns(['b'], [b]), a).rSquared);
  expect(varianceInflation({ ...design, covariance: fitLinear(design, y).covariance }).map(({ gvif }) => gvif)).toEqual([expect.closeTo(expected, 10), expect.closeTo(expected, 10)]);
});

function problem(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return isRadloomError(error) ? error : undefined;
  }
  return undefined;
}
