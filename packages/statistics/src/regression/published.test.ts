import { describe, expect, test } from 'vitest';
import { designOfColumns, fitLinear, fitLogistic } from './index.js';

describe('published values', () => {
  test('NIST’s certified values for Longley’s data, eight digits against a condition of 5e9', () => {
    const fit = fitLinear(designOfColumns(['x1', 'x2', 'x3', 'x4', 'x5', 'x6'], longley.predictors), longley.response);
    longley.certified.forEach(([coefficient, error], c) => {
      expect(Math.abs(fit.coefficients[c] / coefficient - 1)).toBeLessThan(1e-8);
      expect(Math.abs(fit.standardErrors[c] / error - 1)).toBeLessThan(1e-8);
    });
    expect(fit.sigma).toBeCloseTo(304.854073561965, 6);
    expect(fit.rSquared).toBeCloseTo(0.995479004577296, 12);
  });

  test('Pregibon (1981), vasoconstriction: −2.875, 5.179, 4.562, deviance 29.23', () => {
    const { volume, rate, response } = vasoconstriction;
    const fit = fitLogistic(designOfColumns(['logVolume', 'logRate'], [volume.map(Math.log), rate.map(Math.log)]), response);
    expect([...fit.coefficients, fit.deviance].map((value) => Math.round(value * 1000) / 1000)).toEqual([-2.875, 5.179, 4.562, 29.227]);
  });
});

/** Longley (1967); coefficients and standard errors as certified by NIST's Statistical Reference Datasets. */
const longley = {
  response: [60323, 61122, 60171, 61187, 63221, 63639, 64989, 63761, 66019, 67857, 68169, 66513, 68655, 69564, 69331, 70551],
  predictors: [
    [83, 88.5, 88.2, 89.5, 96.2, 98.1, 99, 100, 101.2, 104.6, 108.4, 110.8, 112.6, 114.2, 115.7, 116.9],
    [234289, 259426, 258054, 284599, 328975, 346999, 365385, 363112, 397469, 419180, 442769, 444546, 482704, 502601, 518173, 554894],
    [2356, 2325, 3682, 3351, 2099, 1932, 1870, 3578, 2904, 2822, 2936, 4681, 3813, 3931, 4806, 4007],
    [1590, 1456, 1616, 1650, 3099, 3594, 3547, 3350, 3048, 2857, 2798, 2637, 2552, 2514, 2572, 2827],
    [107608, 108632, 109773, 110929, 112075, 113270, 115094, 116219, 117388, 118734, 120445, 121950, 123366, 125368, 127852, 130081],
    Array.from({ length: 16 }, (_, i) => 1947 + i),
  ],
  certified: [
    [-3482258.63459582, 890420.383607373], [15.0618722713733, 84.9149257747669], [-0.035819179292591, 0.0334910077722432], [-2.02022980381683, 0.488399681651699],
    [-1.03322686717359, 0.214274163161675], [-0.0511041056535807, 0.22607320006937], [1829.15146461355, 455.478499142212],
  ],
};

/** Finney (1947): volume and rate of air breathed, and whether the skin's vessels constricted. */
const vasoconstriction = {
  volume: [3.7, 3.5, 1.25, 0.75, 0.8, 0.7, 0.6, 1.1, 0.9, 0.9, 0.8, 0.55, 0.6, 1.4, 0.75, 2.3, 3.2, 0.85, 1.7, 1.8, 0.4, 0.95, 1.35, 1.5, 1.6, 0.6, 1.8, 0.95, 1.9, 1.6, 2.7, 2.35, 1.1, 1.1, 1.2, 0.8, 0.95, 0.75, 1.3],
  rate: [0.825, 1.09, 2.5, 1.5, 3.2, 3.5, 0.75, 1.7, 0.75, 0.45, 0.57, 2.75, 3, 2.33, 3.75, 1.64, 1.6, 1.415, 1.06, 1.8, 2, 1.36, 1.35, 1.36, 1.78, 1.5, 1.5, 1.9, 0.95, 0.4, 0.75, 0.03, 1.83, 2.2, 2, 3.33, 1.9, 1.9, 1.625],
  response: [1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 0, 1, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 0, 1, 1, 1, 0, 0, 1],
};
