import { describe, expect, test } from 'vitest';
import { betaDistribution, binomial, brentRoot, chiSquared, concordance, fDistribution, gammaDistribution, logGamma, normal, rankSum, signedRank, spearmanDistance, studentT } from './index.js';

const relative = (actual: number, expected: number) => Math.abs(actual - expected) / Math.abs(expected);

describe('checkable on paper', () => {
  test('two coins: 1/4, 1/2, 1/4', () => {
    expect([0, 1, 2].map((k) => binomial.density(k, 2, 0.5))).toEqual([0.25, 0.5, 0.25].map((p) => expect.closeTo(p, 15)));
    expect(binomial.cdf(1, 2, 0.5)).toBeCloseTo(0.75, 14);
    expect(binomial.quantile(0.75, 2, 0.5)).toBe(1);
  });

  test('chi-squared with 2 df is exponential: P(X > x) = exp(-x/2)', () => {
    for (const x of [1e-8, 0.5, 3, 40, 700]) expect(relative(chiSquared.upper(x, 2), Math.exp(-x / 2))).toBeLessThan(2e-14);
  });

  test('t with 1 df is Cauchy: P(T > t) = 1/2 - atan(t)/pi', () => {
    for (const t of [0, 0.3, 1, 12]) expect(studentT.upper(t, 1)).toBeCloseTo(0.5 - Math.atan(t) / Math.PI, 14);
    expect(studentT.density(0, 1)).toBeCloseTo(1 / Math.PI, 14);
  });

  test('beta(1, 1) is uniform, beta(a, 1) a power', () => {
    expect(betaDistribution.cdf(0.3, 1, 1)).toBeCloseTo(0.3, 15);
    expect(betaDistribution.cdf(0.3, 4, 1)).toBeCloseTo(0.3 ** 4, 15);
  });

  test('log Γ: factorials, Γ(1/2) = √π, zeros at 1 and 2', () => {
    expect(logGamma(6)).toBeCloseTo(Math.log(120), 14);
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 15);
    expect([logGamma(1), logGamma(2)]).toEqual([0, 0].map(() => expect.closeTo(0, 18)));
    expect(relative(logGamma(1 + 1e-10), -5.772156648192796e-11)).toBeLessThan(1e-7);
  });

  test('rank sum of 2 and 2: U = 0..4 with counts 1, 1, 2, 1, 1 of 6', () => {
    expect([0, 1, 2, 3, 4].map((u) => rankSum.cdf(u, 2, 2))).toEqual([1, 2, 4, 5, 6].map((c) => expect.closeTo(c / 6, 14)));
    expect(rankSum.upper(3, 2, 2)).toBeCloseTo(1 / 6, 14);
  });

  test('signed ranks of 3: V = 0..6 with counts 1, 1, 1, 2, 1, 1, 1 of 8', () => {
    expect([0, 1, 2, 3, 4, 5, 6].map((v) => signedRank.cdf(v, 3) * 8)).toEqual([1, 2, 3, 5, 6, 7, 8]);
  });

  test('concordant pairs of 3: 1, 2, 2, 1 of 6; Spearman distances 0, 2, 6, 8 with 1, 2, 2, 1', () => {
    expect([0, 1, 2, 3].map((pairs) => concordance.cdf(pairs, 3) * 6)).toEqual([1, 3, 5, 6].map((c) => expect.closeTo(c, 13)));
    expect([0, 2, 6, 8].map((s) => spearmanDistance.atLeast(s, 3) * 6)).toEqual([6, 5, 3, 1].map((c) => expect.closeTo(c, 13)));
  });
});

describe('definitions', () => {
  const families = {
    normal: [normal, []], gamma: [gammaDistribution, [2.5]], 'small gamma': [gammaDistribution, [0.2]], 'chi-squared': [chiSquared, [7]],
    beta: [betaDistribution, [3, 20]], t: [studentT, [4.7]], 't of many df': [studentT, [1e6]], F: [fDistribution, [3, 12]],
  } as const;
  interface Family {
    cdf(x: number, ...p: number[]): number;
    upper(x: number, ...p: number[]): number;
    quantile(p: number, ...rest: number[]): number;
    upperQuantile(p: number, ...rest: number[]): number;
    density(x: number, ...p: number[]): number;
  }

  test.each(Object.entries(families))('%s: quantiles invert both tails, far out too', (_, [family, parameters]) => {
    const { cdf, upper, quantile, upperQuantile } = family as Family;
    for (const p of [1e-40, 1e-10, 0.01, 0.3, 0.5, 0.9]) {
      expect(relative(cdf(quantile(p, ...parameters), ...parameters), p)).toBeLessThan(1e-12);
      expect(relative(upper(upperQuantile(p, ...parameters), ...parameters), p)).toBeLessThan(1e-12);
    }
  });

  test.each(Object.entries(families))('%s: the density is the slope of the distribution', (_, [family, parameters]) => {
    const { cdf, density, quantile } = family as Family;
    const x = quantile(0.4, ...parameters);
    const h = 1e-5 * Math.abs(x);
    expect((cdf(x + h, ...parameters) - cdf(x - h, ...parameters)) / (2 * h)).toBeCloseTo(density(x, ...parameters), 7);
  });

  test('F with infinite df is chi-squared over df, t² is F', () => {
    expect(fDistribution.upper(2.1, 4, Infinity)).toBeCloseTo(chiSquared.upper(8.4, 4), 14);
    expect(fDistribution.upper(2.5 ** 2, 1, 9)).toBeCloseTo(studentT.twoSided(2.5, 9), 14);
  });

  test('the root of a bracketed function; none outside', () => {
    expect(brentRoot((x) => x ** 3 - 2, 0, 2)).toBeCloseTo(Math.cbrt(2), 15);
    expect(brentRoot((x) => x ** 3 - 2, 2, 3)).toBeNaN();
  });

  test('of no number there is no tail', () => {
    for (const { cdf, upper } of [normal, studentT, chiSquared, fDistribution, betaDistribution, binomial] as unknown as { cdf: (...args: number[]) => number; upper: (...args: number[]) => number }[]) {
      expect([cdf(NaN, 3, 0.5), upper(NaN, 3, 0.5)]).toEqual([NaN, NaN]);
    }
  });

  test('outside their domain quantiles are not numbers', () => {
    expect([normal.quantile(1.2), studentT.quantile(-0.1, 3), betaDistribution.quantile(2, 1, 1), rankSum.quantile(NaN, 3, 3)]).toEqual([NaN, NaN, NaN, NaN]);
  });
});

/** To the digits printed in Abramowitz & Stegun, tables 26.1 and 26.8 to 26.10; beyond those from 30-digit arithmetic. */
describe('far tails, by closed forms', () => {
  const far = (found: number, wanted: number) => expect(relative(found, wanted)).toBeLessThan(1e-9);

  test.each([3, 6, 12, 25, 37.5])('normal beyond %d: Mills’ ratio as a continued fraction', (z) => {
    let fraction = z;
    for (let k = 400; k > 0; k--) fraction = z + k / fraction;
    far(normal.upper(z), Math.exp(-z * z / 2) / (fraction * Math.sqrt(2 * Math.PI)));
    far(normal.cdf(-z), normal.upper(z));
  });

  test.each([[20, 2], [80, 6], [300, 10], [1300, 20]])('chi-squared beyond %d with %d df: a Poisson sum', (x, df) => {
    let term = Math.exp(-x / 2);
    let sum = term;
    for (let k = 1; k < df / 2; k++) sum += term *= x / 2 / k;
    far(chiSquared.upper(x, df), sum);
  });

  test.each([10, 1e3, 1e8, 1e30])('t beyond %d: 1, 2 and 4 df', (t) => {
    far(studentT.upper(t, 1), Math.atan(1 / t) / Math.PI);
    const root = Math.sqrt(2 + t * t);
    far(studentT.upper(t, 2), 1 / (root * (root + t)));
    // With s = t / √(4 + t²) the tail is (1 - s)² (2 + s) / 4, and 1 - s = 4 / (4 + t²) / (1 + s).
    const s = t / Math.sqrt(4 + t * t);
    const rest = 4 / (4 + t * t) / (1 + s);
    far(studentT.upper(t, 4), (rest * rest * (2 + s)) / 4);
  });

  test('t so far out that its square is no double: 1/(πt) and 1/(2t²), and back', () => {
    for (const t of [1e99, 1e101, 1e160, 1e300]) {
      far(studentT.upper(t, 1), 1 / (Math.PI * t));
      far(studentT.cdf(-t, 1), 1 / (Math.PI * t));
      far(studentT.upperQuantile(1 / (Math.PI * t), 1), t);
    }
    far(studentT.upper(1e150, 2), 0.5e-300);
    far(studentT.density(1e150, 1), 1e-300 / Math.PI);
    expect(studentT.upper(Infinity, 1)).toBe(0);
    expect(studentT.upperQuantile(5e-324, 300)).toBeLessThan(1e3);
  });

  test.each([[50, 8], [1e4, 8], [1e6, 30], [1e12, 4]])('F beyond %d with 2 and %d df: a power', (x, df) => {
    far(fDistribution.upper(x, 2, df), Math.exp((-df / 2) * Math.log1p((2 * x) / df)));
  });

  test('beta near both ends; binomial tails as sums of exact terms', () => {
    far(betaDistribution.cdf(1e-30, 3, 1), 1e-90);
    far(betaDistribution.upper(1 - 2 ** -40, 1, 4), 2 ** -160);
    // P(X >= 38) of 40 tosses at 1/1024: C(40, 38) and C(40, 39) and 1.
    const p = 2 ** -10;
    const terms = [780 * p ** 38 * (1 - p) ** 2, 40 * p ** 39 * (1 - p), p ** 40];
    far(betaDistribution.cdf(p, 38, 3), terms.reduce((sum, value) => sum + value));
  });
});

describe('published values', () => {
  test.each([
    [normal.upper(1.96), 0.024997895148220435], [normal.upper(9), 1.1285884059538405e-19], [normal.cdf(-30), 4.906713927148187e-198],
    [normal.quantile(0.975), 1.959963984540054], [normal.quantile(1e-20), -9.262340089798409], [studentT.quantile(0.975, 10), 2.2281388519862744],
    [studentT.quantile(0.9995, 4), 8.610301581379527], [chiSquared.quantile(0.95, 1), 3.841458820694124], [chiSquared.quantile(0.999, 30), 59.70306430442993],
    [fDistribution.quantile(0.95, 3, 10), 3.708264819046843], [fDistribution.quantile(0.99, 12, 60), 2.496115947355987],
    [betaDistribution.quantile(0.025, 3, 20), 0.029055851128746667], [gammaDistribution.cdf(4342.769973562531, 5708.795424291889), 3.331973172262303e-87],
  ])('%d = %d', (actual, expected) => {
    expect(relative(actual, expected)).toBeLessThan(1e-12);
  });

  test('critical values of U (Mann & Whitney 1947): 8 and 8, one-sided 2.5 %: 13', () => {
    expect(rankSum.cdf(13, 8, 8)).toBeLessThan(0.025);
    expect(rankSum.cdf(14, 8, 8)).toBeGreaterThan(0.025);
    expect(rankSum.quantile(0.025, 8, 8)).toBe(14);
  });
});
