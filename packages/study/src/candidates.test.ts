import { expect, test } from 'vitest';
import { candidatesOf } from './candidates.js';
import { studySchema } from './schema.js';

const model = (given: Record<string, unknown>) => studySchema.parse({ title: 'T', cohort: { table: 'c.csv', outcome: { column: 'y' } }, models: { svm: given } }).models.svm;
const drawn = (candidates: number, more: Record<string, unknown> = {}) => model({ random: { candidates, settings: { cost: { from: 0.01, to: 100, scale: 'log' }, degree: { from: 2, to: 4, whole: true }, kernel: ['rbf', 'linear'], ...more } } });

test('no grid and nothing drawn: one candidate with the usual settings', () => expect(candidatesOf('svm', null, 1)).toEqual([{}]));

test('a grid of two by two, the last setting changing fastest', () => {
  expect(candidatesOf('svm', model({ grid: { cost: [1, 2], gamma: [3, 4] } }), 1)).toEqual([{ cost: 1, gamma: 3 }, { cost: 1, gamma: 4 }, { cost: 2, gamma: 3 }, { cost: 2, gamma: 4 }]);
});

test('drawn values lie in their ranges; on a log scale half of them below the geometric mean; whole numbers with both ends', () => {
  const found = candidatesOf('svm', drawn(400), 1) as { cost: number; degree: number; kernel: string }[];
  expect(found.every(({ cost }) => cost >= 0.01 && cost <= 100)).toBe(true);
  expect(Math.abs(found.filter(({ cost }) => cost < 1).length - 200)).toBeLessThan(4 * 10); // binomial, SD 10
  expect(new Set(found.map(({ degree }) => degree))).toEqual(new Set([2, 3, 4]));
  expect(new Set(found.map(({ kernel }) => kernel))).toEqual(new Set(['rbf', 'linear']));
});

test('more candidates, or another setting, leave those before as they are; another seed or model does not', () => {
  const ten = candidatesOf('svm', drawn(10), 1);
  expect(candidatesOf('svm', drawn(20), 1).slice(0, 10)).toEqual(ten);
  expect(candidatesOf('svm', drawn(10, { gamma: { from: 0, to: 1 } }), 1)).toMatchObject(ten);
  expect(candidatesOf('svm', drawn(10), 2)).not.toEqual(ten);
  expect(candidatesOf('knn', drawn(10), 1)).not.toEqual(ten);
});

test('a setting in the grid and among those drawn is refused, as is an empty range', () => {
  expect(() => candidatesOf('svm', model({ grid: { cost: [1] }, random: { settings: { cost: { from: 1, to: 2 } } } }), 1)).toThrow(/cost of svm stands in the grid/);
  expect(() => drawn(1, { gamma: { from: 1, to: 1 } })).toThrow(/from must be below to/);
  expect(() => drawn(1, { gamma: { from: 0, to: 1, scale: 'log' } })).toThrow(/above 0/);
});
