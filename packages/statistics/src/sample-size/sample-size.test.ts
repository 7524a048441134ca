import { expect, test } from 'vitest';
import { largestCoxSnell, rileySize } from './riley.js';

test('pre-eclampsia (Riley et al. 2020): 5% with the event, 30 parameters, Cox-Snell R² 0.05: 5249 patients for shrinkage, 73 for the overall risk', () => {
  // Of at most 0.33.
  expect(largestCoxSnell(0.05)).toBeCloseTo(0.33, 2);
  const size = rileySize({ prevalence: 0.05, parameters: 30, nagelkerke: 0.05 / largestCoxSnell(0.05), shrinkage: 0.9 });
  expect([size.shrinkage, size.risk, size.patients]).toEqual([5249, 73, 5249]);
});

test('half the patients with the event: the largest Cox-Snell R² is 3/4, and 385 patients tell the overall risk to 0.05', () => {
  expect(largestCoxSnell(0.5)).toBeCloseTo(0.75, 14);
  expect(rileySize({ prevalence: 0.5, parameters: 1, nagelkerke: 0.15, shrinkage: 0.9 }).risk).toBe(385);
});

test('twice the parameters need twice the patients, to the rounding', () => {
  const at = (parameters: number) => rileySize({ prevalence: 0.3, parameters, nagelkerke: 0.15, shrinkage: 0.9 });
  expect(Math.abs(at(20).shrinkage - 2 * at(10).shrinkage)).toBeLessThanOrEqual(1);
  expect(Math.abs(at(20).optimism - 2 * at(10).optimism)).toBeLessThanOrEqual(1);
});
