import { random } from '@radloom/core';
import { describe, expect, test } from 'vitest';
import { coefficientsAt, penalisedPath, type PenalisedFamily, type PenalisedOptions } from '../index.js';

const cyclical = { solver: 'cyclical' } as const;

/** Two columns ±1, orthogonal, each with mean 0 and standard deviation 1; their covariances with y are 2 and 1. */
const orthogonal = { family: 'gaussian', x: Float64Array.of(-1, -1, 1, 1, -1, 1, -1, 1), n: 4, p: 2, y: [0, 2, 4, 6] } as const;

test('of orthogonal columns each is right after one sweep: 2 - λ and 1 - λ, not below 0', () => {
  const path = penalisedPath({ ...orthogonal, ...cyclical, lambda: [2.5, 1.5, 0.5] });
  expect(path.lambda.length).toBe(3);
  [[0, 0], [0.5, 0], [1.5, 0.5]].forEach((wanted, k) => {
    const { intercept, coefficients } = coefficientsAt(path, path.lambda[k]);
    expect([intercept[0], ...coefficients[0]]).toEqual([3, ...wanted].map((value) => expect.closeTo(value, 12)));
  });
});

/** Correlated columns with a response of each family. */
function problem(family: PenalisedFamily, n: number, p: number): PenalisedOptions & { y: number[] } {
  const stream = random([7, 2, 3, 4]);
  const hidden = Array.from({ length: n }, () => stream.normal());
  const x = new Float64Array(n * p);
  for (let j = 0; j < p; j++) for (let i = 0; i < n; i++) x[j * n + i] = 10 ** ((j % 3) - 1) * (3 + stream.normal() + 0.5 * (j % 3) * hidden[i]);
  const signal = hidden.map((value) => value + 0.5 * stream.normal());
  const y = signal.map((value) => (family === 'gaussian' ? 3 * value : family === 'binomial' ? Number(value > 0) : family === 'cox' ? Math.ceil(8 * Math.exp(-value)) : value > 0.6 ? 2 : value > -0.5 ? 1 : 0));
  const status = signal.map(() => Number(stream.next() < 0.7));
  return { family, x, n, p, y, weights: signal.map(() => 0.5 + stream.next()), threshold: 1e-15, maxSweeps: 1e7, ...(family === 'cox' ? { status } : {}) };
}

// Both stop when a coefficient changes by some √1e-15 of its scale; the descent has many such changes before it.
describe('where the descent runs to its end it finds what Newton steps find', () => {
  const families = ['gaussian', 'binomial', 'multinomial', 'cox'] as const;
  const variants: [string, Partial<PenalisedOptions>][] = [
    ['lasso', {}],
    ['elastic net', { alpha: 0.4 }],
    ['ridge', { alpha: 0 }],
    ['own units', { standardise: false }],
    ['no intercept', { intercept: false }],
    ['penalty factors', { penaltyFactor: [0, 1, 2, Infinity, 1, 1, 0.5, 1] }],
    ['bounds', { lower: -0.2, upper: 0.1 }],
  ];
  // Without an intercept a multinomial descent takes a hundred times as long as the others together.
  const slow = (family: PenalisedFamily, name: string) => family === 'multinomial' && name === 'no intercept';
  test.each(families.flatMap((family) => variants.filter(([name]) => !slow(family, name)).map(([name, more]) => [family, name, more] as const)))('%s, %s', (family, _, more) => {
    const options = { ...problem(family, 60, 8), ...more };
    const path = penalisedPath(options);
    const own = penalisedPath({ ...options, ...cyclical });
    for (const part of [0.3, 0.8]) {
      const lambda = path.lambda[Math.floor(part * path.lambda.length)];
      const [wanted, found] = [path, own].map(({ lambda: all }) => coefficientsAt(penalisedPath({ ...options, ...(all === own.lambda ? cyclical : {}), lambda: [lambda] }), lambda));
      const scale = Math.max(...wanted.coefficients.flatMap((values) => Array.from(values, Math.abs)));
      wanted.coefficients.forEach((values, k) => values.forEach((value, j) => expect(Math.abs(found.coefficients[k][j] - value)).toBeLessThan(5e-6 * scale)));
    }
    expect(own.lambda[1] / path.lambda[1]).toBeCloseTo(1, 6);
  });
});

test('of equal columns the sum is determined, and is that of one of them alone', () => {
  const options = problem('binomial', 60, 8);
  const x = options.x.slice();
  x.copyWithin(7 * 60, 0, 60);
  const lambda = [0.2, 0.1, 0.05, 0.02];
  const both = coefficientsAt(penalisedPath({ ...options, ...cyclical, x, lambda }), 0.02).coefficients[0];
  const alone = coefficientsAt(penalisedPath({ ...options, ...cyclical, x, lambda, penaltyFactor: [1, 1, 1, 1, 1, 1, 1, Infinity] }), 0.02).coefficients[0];
  expect(alone[0]).not.toBe(0);
  expect(both[0] + both[7]).toBeCloseTo(alone[0], 6);
});

test('a path whose sweeps are used up ends there, and says so', () => {
  const path = penalisedPath({ ...problem('binomial', 60, 8), ...cyclical, maxSweeps: 30 });
  expect(path.end).toBe('not-converged');
  expect(path.lambda.length).toBeLessThan(30);
});

test('a path ends where every row is told apart with certainty', () => {
  const x = Float64Array.of(1, 2, 3, 4, 5, 6);
  const path = penalisedPath({ family: 'binomial', x, n: 6, p: 1, y: [0, 0, 0, 1, 1, 1], lambda: [0.1, 1e-3, 1e-12], threshold: 1e-16, ...cyclical });
  expect(path).toMatchObject({ end: 'explained' });
  expect(path.devianceRatio.at(-1)).toBeGreaterThan(0.999);
});
