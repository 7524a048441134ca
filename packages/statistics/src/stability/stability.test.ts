import { random } from '@radloom/core';
import { expect, test } from 'vitest';
import { nogueiraStability } from './index.js';

test('worked example: of ten candidates a in all three selections, b in two, c in one', () => {
  // Variances 3/2 × (0 + 2/9 + 2/9) = 2/3, over 10 candidates 1/15; a fifth is chosen, so chance has 4/25.
  const { index, lower, upper } = nogueiraStability([['a', 'b'], ['a', 'b'], ['a', 'c']], 10);
  expect(index).toBeCloseTo(1 - 1 / 15 / 0.16, 12);
  expect(lower).toBeLessThan(index);
  expect(upper).toBeGreaterThan(index);
});

test('1 where all selections agree', () => expect(nogueiraStability([[1, 4], [1, 4], [1, 4]], 10)).toEqual({ index: 1, lower: 1, upper: 1 }));

test('0 on average for sets drawn by chance, also of different sizes', () => {
  const stream = random([5, 6, 7, 8]);
  const sets = Array.from({ length: 400 }, (_, i) => [...stream.permutation(20).subarray(0, 3 + (i % 5))]);
  expect(Math.abs(nogueiraStability(sets, 20).index)).toBeLessThan(0.01);
});

test.each([['one selection', [['a']], 5], ['nothing ever chosen', [[], []], 5], ['everything always chosen', [['a', 'b'], ['a', 'b']], 2]])('%s has no stability', (_, sets, candidates) => {
  expect(nogueiraStability(sets, candidates).index).toBeNaN();
});
