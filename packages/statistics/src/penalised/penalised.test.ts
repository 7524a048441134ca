import { random } from '@radloom/core';
import { describe, expect, test } from 'vitest';
import { coefficientsAt, penalisedPath, predictAt, type PenalisedFamily, type PenalisedOptions } from './index.js';

/** Two columns ±1, orthogonal, each with mean 0 and standard deviation 1. */
const x2 = Float64Array.of(-1, -1, 1, 1, -1, 1, -1, 1);
const y4 = [0, 2, 4, 6]; // mean 3, covariance 2 with the first column and 1 with the second, standard deviation √5

describe('worked example: orthogonal columns', () => {
  const path = penalisedPath({ family: 'gaussian', x: x2, n: 4, p: 2, y: y4, lambda: [2.5, 1.5, 0.5] });

  test('the lasso takes λ from each covariance: 2 - λ and 1 - λ, not below 0', () => {
    expect(path.lambda).toEqual(Float64Array.of(2.5, 1.5, 0.5));
    [0, 0.5, 1.5].forEach((b, k) => expect(coefficientsAt(path, path.lambda[k]).coefficients[0][0]).toBeCloseTo(b, 12));
    [0, 0, 0.5].forEach((b, k) => expect(coefficientsAt(path, path.lambda[k]).coefficients[0][1]).toBeCloseTo(b, 12));
    expect(Array.from(path.intercept[0])).toEqual([3, 3, 3]);
    expect(Array.from(path.nonzero)).toEqual([0, 1, 2]);
  });

  test('the explained part at λ = 1.5 is (4 - 1.5²) / 5', () => expect(path.devianceRatio[1]).toBeCloseTo(1.75 / 5, 12));

  test('ridge divides by 1 + λ / s_y, for the response is standardised too', () => {
    const ridge = penalisedPath({ family: 'gaussian', alpha: 0, x: x2, n: 4, p: 2, y: y4, lambda: [3], threshold: 1e-14 });
    expect(coefficientsAt(ridge, 3).coefficients[0][0]).toBeCloseTo(2 / (1 + 3 / Math.sqrt(5)), 7);
  });

  test('an automatic path starts where the first column enters, at 2, and steps down evenly in the logarithm', () => {
    const { lambda } = penalisedPath({ family: 'gaussian', x: x2, n: 4, p: 2, y: y4, lambdaCount: 5, lambdaMinRatio: 0.0001 });
    expect(Array.from(lambda, (value) => Number(value.toPrecision(12)))).toEqual([2, 0.2, 0.02, 0.002, 0.0002]);
  });

  test('between solutions coefficients are interpolated, beyond the ends held', () => {
    expect(coefficientsAt(path, 1).coefficients[0][0]).toBeCloseTo(1, 12);
    expect(coefficientsAt(path, 0.1)).toEqual(coefficientsAt(path, 0.5));
    expect(coefficientsAt(path, 9)).toEqual(coefficientsAt(path, 2.5));
    expect(Array.from(predictAt(path, { x: Float64Array.of(1, 1), rows: 1, lambda: 1.5 })[0])[0]).toBeCloseTo(3.5, 12);
  });
});

/** Correlated columns of different scales with a response of each family. */
function problem(family: PenalisedFamily, n: number, p: number, seed: number): PenalisedOptions & { y: number[]; weights: number[] } {
  const stream = random([seed, 2, 3, 4]);
  const hidden = Array.from({ length: n }, () => stream.normal());
  const x = new Float64Array(n * p);
  for (let j = 0; j < p; j++) for (let i = 0; i < n; i++) x[j * n + i] = 10 ** ((j % 5) - 2) * (3 + stream.normal() + (j % 3) * hidden[i]);
  const signal = hidden.map((value) => value + 0.5 * stream.normal());
  const y = signal.map((value) => (family === 'gaussian' ? 3 * value : family === 'binomial' ? Number(value > 0) : family === 'cox' ? Math.ceil(8 * Math.exp(-value)) : value > 0.6 ? 2 : value > -0.5 ? 1 : 0));
  const status = signal.map(() => Number(stream.next() < 0.7));
  return { family, x, n, p, y, weights: signal.map(() => 0.5 + stream.next()), threshold: 1e-15, ...(family === 'cox' ? { status } : {}) };
}

/** Largest violation of the conditions for a minimum, in units of λ: the gradient is λ α sign b + λ (1 - α) b, and within ±λ α at 0. */
function violation(options: ReturnType<typeof problem>, lambda: number): number {
  const { family, x, n, p, y, alpha = 1 } = options;
  const total = options.weights.reduce((sum, w) => sum + w, 0);
  const w = options.weights.map((value) => value / total);
  const path = penalisedPath({ ...options, lambda: [lambda] });
  const { coefficients } = coefficientsAt(path, lambda);
  const link = predictAt(path, { x, rows: n, lambda, type: 'link' });
  const means = family === 'cox' ? [] : predictAt(path, { x, rows: n, lambda });
  const average = y.reduce((sum, value, i) => sum + w[i] * value, 0);
  const unit = family === 'gaussian' ? Math.sqrt(y.reduce((sum, value, i) => sum + w[i] * (value - average) ** 2, 0)) : 1;
  const residuals = family === 'cox' ? [coxResidual(y, Array.from(options.status!), w, link[0])] : means.map((mean, k) => y.map((value, i) => (w[i] * ((family === 'multinomial' ? Number(value === k) : value) - mean[i])) / unit));
  let worst = 0;
  residuals.forEach((residual, k) => {
    for (let j = 0; j < p; j++) {
      const column = x.subarray(j * n, (j + 1) * n);
      const centre = column.reduce((sum, value, i) => sum + w[i] * value, 0);
      const scale = Math.sqrt(column.reduce((sum, value, i) => sum + w[i] * (value - centre) ** 2, 0));
      const slope = residual.reduce((sum, r, i) => sum + (r * (column[i] - centre)) / scale, 0);
      const b = (coefficients[k][j] * scale) / unit;
      const l = lambda / unit;
      worst = Math.max(worst, (b === 0 ? Math.abs(slope) - l * alpha : Math.abs(slope - l * (1 - alpha) * b - l * alpha * Math.sign(b))) / l);
    }
  });
  return worst;
}

/** Minus the derivative of the Breslow partial likelihood by the log hazards. */
function coxResidual(time: number[], status: number[], w: number[], eta: Float64Array): number[] {
  const most = eta.reduce((a, b) => Math.max(a, b), -Infinity);
  const hazard = w.map((value, i) => value * Math.exp(eta[i] - most));
  const residual = w.map((value, i) => value * status[i]);
  time.forEach((t, d) => {
    if (status[d] === 0) return;
    const risk = hazard.reduce((sum, h, i) => sum + (time[i] >= t ? h : 0), 0);
    hazard.forEach((h, i) => (residual[i] -= time[i] >= t ? (w[d] * h) / risk : 0));
  });
  return residual;
}

describe('solutions are minima', () => {
  const families = ['gaussian', 'binomial', 'multinomial', 'cox'] as const;
  // At threshold 1e-15 a coefficient stops at about √1e-15 of its scale; conditions are met to some 1e-7 of λ at these λ.
  test.each(families.flatMap((family) => [1, 0.5, 0].map((alpha) => [family, alpha] as const)))('%s, alpha %d, more columns than rows', (family, alpha) => {
    const options = { ...problem(family, 40, 70, 5), alpha };
    const { lambda } = penalisedPath(options);
    for (const part of [0.3, 0.6]) expect(violation(options, lambda[Math.floor(part * lambda.length)])).toBeLessThan(2e-6);
  });

  test('a wide table, where most columns are never read, has the same minimum', () => {
    const options = problem('binomial', 60, 1500, 9);
    const { lambda } = penalisedPath(options);
    for (const k of [10, 50, 90]) expect(violation(options, lambda[k])).toBeLessThan(2e-6);
  });
});

describe('properties', () => {
  const options = problem('binomial', 50, 30, 3);
  const dense = (given: PenalisedOptions, k: number) => {
    const path = penalisedPath(given);
    return Array.from(coefficientsAt(path, path.lambda[k]).coefficients[0]);
  };

  test('a column in other units has its coefficient in other units', () => {
    const x = options.x.slice();
    for (let i = 0; i < 50; i++) x[i] = 1000 * x[i] + 7;
    const [before, after] = [dense(options, 40), dense({ ...options, x }, 40)];
    expect(before[0]).not.toBe(0);
    after.forEach((value, j) => expect(j === 0 ? value * 1000 : value).toBeCloseTo(before[j], 5));
  });

  test('of equal columns the first has the coefficient; a constant column has none', () => {
    const x = options.x.slice();
    x.copyWithin(29 * 50, 0, 50);
    x.fill(4, 50, 100);
    const found = dense({ ...options, x }, 40);
    expect(found[0]).not.toBe(0);
    expect([found[29], found[1]]).toEqual([0, 0]);
  });

  test('rows counted twice are rows of weight two', () => {
    const weights = options.y.map((_, i) => (i < 10 ? 2 : 1));
    const rows = [...options.y.keys(), ...Array(10).keys()];
    const x = Float64Array.from({ length: 60 * 30 }, (_, at) => options.x[Math.floor(at / 60) * 50 + rows[at % 60]]);
    const lambda = [0.05];
    const twice = dense({ ...options, x, n: 60, y: rows.map((i) => options.y[i]), weights: undefined, lambda }, 0);
    dense({ ...options, weights, lambda }, 0).forEach((value, j) => expect(value).toBeCloseTo(twice[j], 6));
  });

  test('a factor of 0 leaves a column unpenalised, Infinity leaves it out, bounds hold', () => {
    const penaltyFactor = options.y.slice(0, 30).map((_, j) => (j === 4 ? 0 : j === 0 ? Infinity : 1));
    const path = penalisedPath({ ...options, penaltyFactor, threshold: 1e-10 });
    expect(Array.from(path.coefficients[0][0].index)).toEqual([4]);
    expect(path.coefficients[0].some(({ index }) => index.includes(0))).toBe(false);
    const bounded = penalisedPath({ ...options, lower: 0, upper: 0.5 });
    expect(bounded.coefficients[0].every(({ value }) => value.every((b) => b >= 0 && b <= 0.5))).toBe(true);
    expect(bounded.coefficients[0].some(({ value }) => value.includes(0.5))).toBe(true);
  });

  test('class names are interchangeable: 0 and 1 swapped change the sign', () => {
    const swapped = dense({ ...options, y: options.y.map((value) => 1 - value) }, 30);
    dense(options, 30).forEach((value, j) => expect(swapped[j]).toBeCloseTo(-value, 6));
  });

  test('a ridge model of two classes is a binomial one at half the λ: β/2 and -β/2 cost λ β²/4, β costs λ β²/2', () => {
    const path = penalisedPath({ ...options, family: 'multinomial', alpha: 0, lambda: [0.05] });
    const { coefficients } = coefficientsAt(path, 0.05);
    const binomial = dense({ ...options, lambda: [0.025], alpha: 0 }, 0);
    coefficients[1].forEach((value, j) => expect(value - coefficients[0][j]).toBeCloseTo(binomial[j], 5));
  });

  test('the path ends when nothing more is explained, and says so', () => {
    const x = Float64Array.from({ length: 20 }, (_, i) => i);
    const path = penalisedPath({ family: 'gaussian', x, n: 20, p: 1, y: Array.from(x, (value, i) => value + (i % 2)) });
    expect(path.lambda.length).toBeLessThan(100);
    expect(path.end).toBe('no-gain');
    expect(penalisedPath({ ...options, maxNonzero: 3 }).end).toBe('nonzero-limit');
  });
});

describe('what cannot be fitted is refused by name', () => {
  const base = problem('binomial', 20, 3, 1);
  test.each([
    [{ x: base.x.map((value, i) => (i === 25 ? NaN : value)) }, 'missing-value'],
    [{ y: base.y.map(() => 1) }, 'one-class'],
    [{ y: base.y.map(() => 2) }, 'bad-response'],
    [{ x: new Float64Array(60) }, 'constant-columns'],
    [{ weights: [1, 2] }, 'bad-weights'],
    [{ lower: 0.1 }, 'bad-bounds'],
    [{ alpha: 2 }, 'bad-setting'],
    [{ n: 19 }, 'bad-dimensions'],
    [{ family: 'gaussian' as const, y: base.y.map(() => 5) }, 'constant-response'],
    [{ family: 'cox' as const, status: base.y.map(() => 0) }, 'no-events'],
  ])('%#: %s', (change, code) => {
    let found: unknown;
    try {
      penalisedPath({ ...base, ...change });
    } catch (error) {
      found = error;
    }
    expect(found).toMatchObject({ code });
  });
  test('a missing value is found by row and column', () => expect(() => penalisedPath({ ...base, x: base.x.map((value, i) => (i === 25 ? NaN : value)) })).toThrow('Row 5, column 1'));
});
