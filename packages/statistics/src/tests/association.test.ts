import { random } from '@radloom/core';
import { describe, expect, test } from 'vitest';
import {
  categoricalTest, chiSquareTest, correlation, correlationMatrix, correlationTest, cramersV, fisherTest, gTest, mcNemarTest, minimumRedundancy, mutualInformation, oddsRatio, quantileGroups,
} from './index.js';

describe('tables, checkable on paper', () => {
  test('[[10, 20], [20, 10]]: chi-squared 20/3, with Yates 5.4, φ = 1/3, odds ratio 1/4', () => {
    const table = [[10, 20], [20, 10]];
    expect(chiSquareTest(table, 'off')).toMatchObject({ statistic: expect.closeTo(20 / 3, 12), df: 1, yates: false, smallestExpected: 15 });
    expect(chiSquareTest(table)).toMatchObject({ statistic: expect.closeTo(5.4, 12), yates: true });
    expect(cramersV(table)).toBeCloseTo(1 / 3, 14);
    expect(oddsRatio(table)).toMatchObject({ estimate: 0.25, lower: expect.closeTo(0.25 * Math.exp(-1.959964 * Math.sqrt(0.3)), 6) });
    expect(gTest(table).statistic).toBeCloseTo(40 * (2 * Math.log(4 / 3) + Math.log(2 / 3)), 10);
  });

  test('Fisher’s tea: [[3, 1], [1, 3]]: 34/70 two-sided, 17/70 one-sided; conditional odds ratio 6.408 (0.212 to 621.9)', () => {
    const table = [[3, 1], [1, 3]];
    const { pValue, oddsRatio: odds } = fisherTest(table);
    expect(pValue).toBeCloseTo(34 / 70, 14);
    expect(fisherTest(table, { alternative: 'greater' }).pValue).toBeCloseTo(17 / 70, 14);
    expect([odds!.estimate, odds!.lower]).toEqual([expect.closeTo(6.408309, 5), expect.closeTo(0.2117329, 6)]);
    expect(odds!.upper).toBeCloseTo(621.9337505, 5); // as R prints them
    expect(fisherTest(table, { alternative: 'greater' }).oddsRatio).toMatchObject({ lower: expect.closeTo(0.3135693, 6), upper: Infinity });
    expect(fisherTest(table, { tolerance: 1e-12 }).oddsRatio!.estimate).toBeCloseTo(6.4083, 3);
  });

  test('discordant pairs 10 and 2: 64/12, corrected 49/12; equal counts need no correction', () => {
    expect(mcNemarTest(10, 2, false).statistic).toBeCloseTo(64 / 12, 14);
    expect(mcNemarTest(10, 2).statistic).toBeCloseTo(49 / 12, 14);
    expect(mcNemarTest(4, 4)).toMatchObject({ statistic: 0, pValue: 1 });
  });
});

describe('definitions', () => {
  test('an r × c exact P equals the sum over all tables with the same margins', () => {
    const table = [[3, 1, 2], [0, 4, 1]];
    expect(fisherTest(table).pValue).toBeCloseTo(enumerated(table), 12);
    expect(fisherTest([[3, 0], [1, 4], [2, 1]]).pValue).toBeCloseTo(enumerated(table), 12);
    expect(fisherTest([[4, 2, 1], [1, 5, 0], [2, 2, 6]]).pValue).toBeCloseTo(enumerated3(), 10);
  });

  test('the odds ratio is where the conditional mean is the observed count; limits turn over with the columns', () => {
    const forth = fisherTest([[7, 2], [3, 9]], { tolerance: 1e-13 }).oddsRatio!;
    const back = fisherTest([[2, 7], [9, 3]], { tolerance: 1e-13 }).oddsRatio!;
    expect(back.estimate).toBeCloseTo(1 / forth.estimate, 9);
    expect([back.lower, back.upper]).toEqual([expect.closeTo(1 / forth.upper, 9), expect.closeTo(1 / forth.lower, 9)]);
    expect(fisherTest([[0, 5], [5, 5]]).oddsRatio).toMatchObject({ estimate: 0, lower: 0 });
  });

  test('a finding that hangs on the variant of the test is marked', () => {
    expect(categoricalTest([[13, 5], [43, 49]])).toMatchObject({ used: 'yates', variantsDisagree: true });
    expect(categoricalTest([[3, 1], [1, 3]], { rule: 'fisher-if-sparse' })).toMatchObject({ used: 'fisher', variantsDisagree: false });
    expect(categoricalTest([[30, 28], [26, 26]], { yates: 'off' })).toMatchObject({ used: 'pearson', variantsDisagree: false });
  });

  test('a sample turned over has the other tail, whichever way Spearman’s P is found', () => {
    const at = (n: number) => Array.from({ length: n }, (_, i) => Math.sin(i * 12.9898) * 3 + i / 9);
    for (const n of [6, 9, 10, 20, 55]) {
      const [x, y] = [at(n), at(n + 3).slice(3)];
      const turned = y.map((value) => -value);
      for (const method of ['spearman', 'kendall', 'pearson'] as const) {
        expect(correlationTest(x, turned, { method, alternative: 'less' }).pValue).toBeCloseTo(correlationTest(x, y, { method, alternative: 'greater' }).pValue, 12);
        expect(correlationTest(x, turned, { method }).pValue).toBeCloseTo(correlationTest(x, y, { method }).pValue, 12);
      }
    }
  });

  test('a column correlates with itself by exactly 1, at any scale', () => {
    for (const scale of [1, 1e8, 1e-8, 1e-100, 1e100]) expect(correlation([0.1, 0.7, 0.3].map((value) => value * scale), [0.1, 0.7, 0.3].map((value) => value * scale))).toBeCloseTo(1, 14);
    expect(correlation([0.1, 0.7, 0.3, 1.9], [0.1, 0.7, 0.3, 1.9])).toBe(1);
  });

  test('correlations: linear, monotone, reversed, constant', () => {
    const x = [1, 2, 3, 4, 5];
    expect(correlation(x, [2, 4, 6, 8, 10])).toBeCloseTo(1, 15);
    expect(['spearman', 'kendall'].map((method) => correlation(x, [1, 8, 27, 64, 125], method as 'spearman'))).toEqual([expect.closeTo(1, 14), expect.closeTo(1, 14)]);
    expect(correlation(x, [5, 4, 3, 2, 1], 'kendall')).toBeCloseTo(-1, 15);
    expect(correlation(x, [7, 7, 7, 7, 7])).toBeNaN();
    const matrix = correlationMatrix([x, [2, 1, 4, 3, 5], [7, 7, 7, 7, 7]], 'spearman');
    expect([matrix[0], matrix[1], matrix[3]]).toEqual([1, expect.closeTo(0.8, 14), expect.closeTo(0.8, 14)]);
    expect(matrix[8]).toBeNaN();
  });

  test('information: a copy tells everything, a coin nothing; redundancy keeps a copy out', () => {
    expect(mutualInformation([0, 1, 0, 1], [0, 1, 0, 1])).toBeCloseTo(Math.LN2, 14);
    expect(mutualInformation([0, 1, 0, 1], [0, 0, 1, 1])).toBeCloseTo(0, 14);
    expect([...quantileGroups([1, 2, 3, 4, 5, 6])]).toEqual([0, 0, 1, 1, 2, 2]);
    const stream = random([9, 9, 9, 9]);
    const signal = Array.from({ length: 50 }, () => stream.normal());
    const other = Array.from({ length: 50 }, () => stream.normal());
    const outcome = signal.map((value, i) => 2 * value + other[i] + 0.1 * stream.normal());
    const copy = signal.map((value) => value + 0.01 * stream.normal());
    expect(minimumRedundancy([signal, copy, other], outcome, 2).map(({ index }) => index)).not.toEqual(expect.arrayContaining([0, 1]));
  });
});

/** Hollander & Wolfe (1973), canned tuna. */
describe('published values', () => {
  const lightness = [44.4, 45.9, 41.9, 53.3, 44.7, 44.1, 50.7, 45.2, 60.1];
  const panel = [2.6, 3.1, 2.5, 5, 3.6, 4, 5.2, 2.8, 3.8];

  test('Agresti (2002), job satisfaction by income, 4 × 4: P = 0.7827', () => {
    expect(fisherTest([[1, 3, 10, 6], [2, 3, 10, 7], [1, 6, 14, 12], [0, 1, 9, 11]]).pValue).toBeCloseTo(0.7827, 4);
  });

  test('Fisher (1962), convictions of twins: P = 0.0005367, odds ratio 0.04693661 (0.003325764 to 0.363182271); one-sided 0.0004652 (to 0.2849601)', () => {
    const twins = [[2, 15], [10, 3]];
    // R, whose limits are printed, ends its search at about 1e-4.
    expect(fisherTest(twins)).toMatchObject({ pValue: expect.closeTo(0.0005367, 7), oddsRatio: { estimate: expect.closeTo(0.04693661, 4), lower: expect.closeTo(0.003325764, 4), upper: expect.closeTo(0.363182271, 4) } });
    expect(fisherTest(twins, { alternative: 'less' })).toMatchObject({ pValue: expect.closeTo(0.0004652, 7), oddsRatio: { upper: expect.closeTo(0.2849601, 4) } });
  });

  test('Kendall T = 26, P = 0.1194; Spearman S = 48, P = 0.0968; Pearson r = 0.571, P = 0.108', () => {
    expect(correlationTest(lightness, panel, { method: 'kendall' })).toMatchObject({ statistic: 26, pValue: expect.closeTo(0.1194, 4), method: 'exact' });
    expect(correlationTest(lightness, panel, { method: 'spearman' })).toMatchObject({ statistic: expect.closeTo(48, 10), pValue: expect.closeTo(0.0968, 4), method: 'exact' });
    expect(correlationTest(lightness, panel)).toMatchObject({ statistic: expect.closeTo(1.8411, 4), df: 7, pValue: expect.closeTo(0.1082, 4), lower: expect.closeTo(-0.1497426, 6), upper: expect.closeTo(0.8955795, 6) });
  });
});

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
const weight = (cells: readonly number[]) => 1 / cells.reduce((product, count) => product * factorial(count), 1);

/** P of a 2 × 3 table by going through all first rows. */
function enumerated([first, second]: number[][]): number {
  const columns = first.map((count, j) => count + second[j]);
  const total = first.reduce((a, b) => a + b, 0);
  const all: number[] = [];
  for (let a = 0; a <= columns[0]; a++) {
    for (let b = 0; b <= columns[1]; b++) {
      const row = [a, b, total - a - b];
      if (row[2] >= 0 && row[2] <= columns[2]) all.push(weight([...row, ...row.map((count, j) => columns[j] - count)]));
    }
  }
  const observed = weight([...first, ...second]) * (1 + 1e-7);
  return all.filter((value) => value <= observed).reduce((a, b) => a + b, 0) / all.reduce((a, b) => a + b, 0);
}

/** P of [[4, 2, 1], [1, 5, 0], [2, 2, 6]] by going through its four free cells. */
function enumerated3(): number {
  const [rows, columns] = [[7, 6, 10], [7, 9, 7]];
  const all: number[] = [];
  for (let a = 0; a <= 7; a++) for (let b = 0; b <= 7 - a; b++) for (let c = 0; c <= 6; c++) for (let d = 0; d <= 6 - c; d++) {
    const cells = [a, b, rows[0] - a - b, c, d, rows[1] - c - d, columns[0] - a - c, columns[1] - b - d, rows[2] - (columns[0] - a - c) - (columns[1] - b - d)];
    if (cells.every((count) => count >= 0)) all.push(weight(cells));
  }
  const observed = weight([4, 2, 1, 1, 5, 0, 2, 2, 6]) * (1 + 1e-7);
  return all.filter((value) => value <= observed).reduce((a, b) => a + b, 0) / all.reduce((a, b) => a + b, 0);
}
