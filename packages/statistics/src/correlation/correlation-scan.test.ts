import { random } from '@radloom/core';
import { describe, expect, test } from 'vitest';
import { correlationScan, type CorrelationScanOptions } from './index.js';

const columns = (...lists: number[][]) => ({ x: Float64Array.from(lists.flat()), n: lists[0].length, p: lists.length });
const pairs = (options: CorrelationScanOptions) => {
  const found: [number, number][] = [];
  correlationScan(options).forEachAbove((row, column) => found.push([row, column]));
  return found;
};

describe('worked example: 1 2 3 4, its double, its mirror, and an alternation', () => {
  const table = columns([1, 2, 3, 4], [2, 4, 6, 8], [4, 3, 2, 1], [1, -1, 1, -1]);
  test('pairs above the threshold, by column, then by row', () => expect(pairs({ ...table, threshold: 0.9 })).toEqual([[0, 1], [0, 2], [1, 2]]));
  test('means: three times 1 and the correlation -1/√5 with the alternation', () => {
    const { meanAbsolute } = correlationScan({ ...table, threshold: 0.9 });
    [0, 1, 2].forEach((j) => expect(meanAbsolute[j]).toBeCloseTo((3 + 1 / Math.sqrt(5)) / 4, 14));
    expect(meanAbsolute[3]).toBeCloseTo((1 + 3 / Math.sqrt(5)) / 4, 14);
  });
  test('a correlation at the threshold is not above it', () => expect(pairs({ ...table, threshold: 1 })).toEqual([]));
});

test('one column with each: its own correlation is 1, a missing one 0', () => {
  const scan = correlationScan({ ...columns([1, 2, 3, 4], [4, 3, 2, 1], [1, -1, 1, -1], [7, 7, 7, 7], [NaN, 2, 3, 4]), threshold: 0.9 });
  [1, 1, 1 / Math.sqrt(5), 0, 1].forEach((size, j) => expect(scan.sizesWith(0)[j]).toBeCloseTo(size, 14));
  [1, 1, 0, 0, 1].forEach((size, j) => expect(scan.sizesWith(4)[j]).toBeCloseTo(size, 14));
  expect([...scan.sizesWith(3)]).toEqual([0, 0, 0, 1, 0]);
});

describe('missing and constant values', () => {
  test('columns without rows correlate with nothing', () => {
    expect(correlationScan({ x: new Float64Array(0), n: 0, p: 3, threshold: 0.9 })).toMatchObject({ constant: [0, 1, 2], undefinedPairs: 0 });
  });
  test('a constant column correlates with nothing', () => {
    const scan = correlationScan({ ...columns([1, 2, 3], [5, 5, 5], [3, 2, 1]), threshold: 0.5 });
    expect(scan.constant).toEqual([1]);
    expect(scan.meanAbsolute[1]).toBeCloseTo(1 / 3, 14);
    expect(scan.meanAbsolute[0]).toBeCloseTo(2 / 3, 14);
  });
  test('rows that both columns have are used, for ranks too', () => {
    const table = columns([1, 2, NaN, 4, 5], [1, 4, 9, 16, 25], [5, NaN, 3, 1, 2]);
    expect(correlationScan({ ...table, threshold: 0, method: 'spearman' }).meanAbsolute[0]).toBeCloseTo((1 + 1 + 0.5) / 3, 14); // 1 4 5 against 5 1 2
    expect(pairs({ ...table, threshold: 0.9 })).toEqual([[0, 1]]);
  });
  test('pairs without two common rows are counted and taken as 0', () => {
    const scan = correlationScan({ ...columns([1, 2, NaN, NaN], [NaN, 3, 4, 5], [1, 2, 3, 5]), threshold: 0.1 });
    expect(scan.undefinedPairs).toBe(1);
  });
});

describe('many columns', () => {
  const stream = random([1, 2, 3, 4]);
  const [n, p] = [37, 203];
  const x = new Float64Array(n * p);
  for (let j = 0; j < p; j++) for (let i = 0; i < n; i++) x[j * n + i] = 10 ** (j % 7) * (stream.normal() + (j % 2) * i);
  x.copyWithin(200 * n, 3 * n, 4 * n);
  for (let i = 0; i < n; i++) x[201 * n + i] = -x[3 * n + i];

  test('every pair is seen once: agrees with correlations one by one', () => {
    const scan = correlationScan({ x, n, p, threshold: 0.6 });
    const sums = new Float64Array(p).fill(1);
    const above: string[] = [];
    for (let b = 0; b < p; b++) {
      for (let a = 0; a < b; a++) {
        const [u, v] = [x.subarray(a * n, a * n + n), x.subarray(b * n, b * n + n)];
        const [mu, mv] = [u, v].map((column) => column.reduce((s, value) => s + value, 0) / n);
        const dot = (s: Float64Array, ms: number, t: Float64Array, mt: number) => s.reduce((total, value, i) => total + (value - ms) * (t[i] - mt), 0);
        const r = Math.abs(dot(u, mu, v, mv) / Math.sqrt(dot(u, mu, u, mu) * dot(v, mv, v, mv)));
        sums[a] += r;
        sums[b] += r;
        if (r > 0.6) above.push(`${a} ${b}`);
      }
    }
    const found: string[] = [];
    scan.forEachAbove((row, column) => found.push(`${row} ${column}`));
    expect(found).toEqual(above);
    scan.meanAbsolute.forEach((value, j) => expect(value).toBeCloseTo(sums[j] / p, 12));
  });

  test('equal and mirrored columns have equal means to the last bit', () => {
    const { meanAbsolute } = correlationScan({ x, n, p, threshold: 0.9 });
    expect([meanAbsolute[200], meanAbsolute[201]]).toEqual([meanAbsolute[3], meanAbsolute[3]]);
  });

  test('the WebAssembly kernel is the plain one, bit for bit', () => {
    const [fast, plain] = (['auto', 'plain'] as const).map((kernel) => correlationScan({ x, n, p, threshold: 0.9, kernel }));
    expect(fast.meanAbsolute).toEqual(plain.meanAbsolute);
  });
});
