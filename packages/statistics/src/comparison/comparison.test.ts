import { type Column, isRadloomError } from '@radloom/core';
import { describe, expect, test } from 'vitest';
import { categoryDifference, compareColumn, compareNumbers, measureOf } from './index.js';

const numeric = (values: readonly number[]): Column => ({ kind: 'numeric', name: 'x', values: Float64Array.from(values) });
const normalLike = Float64Array.of(4.1, 5.2, 4.8, 5.6, 5.0, 4.6, 5.4, 4.9);
const skewed = Float64Array.of(0.1, 0.12, 0.15, 0.2, 0.22, 0.3, 9, 40);

/** Rows of a 0/1 variable: yes and no of either group. */
function flags(eventYes: number, eventRows: number, otherYes: number, otherRows: number): { column: Column; event: Uint8Array } {
  const values = [...Array.from({ length: eventRows }, (_, i) => Number(i < eventYes)), ...Array.from({ length: otherRows }, (_, i) => Number(i < otherYes))];
  return { column: numeric(values), event: Uint8Array.from(values, (_, i) => Number(i < eventRows)) };
}

describe('numbers', () => {
  test('normal in both samples: the t test asked for; else Mann-Whitney', () => {
    const shifted = normalLike.map((value) => value + 1);
    expect(compareNumbers(normalLike, shifted)).toMatchObject({ test: 'welch', normal: true });
    expect(compareNumbers(normalLike, shifted, { variances: 'student' })).toMatchObject({ test: 'student' });
    const mixed = compareNumbers(normalLike, skewed);
    expect(mixed).toMatchObject({ test: 'mann-whitney', normal: false });
    expect(mixed.pValue).toBe(mixed.variants['mann-whitney']);
    expect(compareNumbers(normalLike, skewed, { numbers: 't' }).test).toBe('welch');
    expect(compareNumbers(normalLike, shifted, { numbers: 'mann-whitney' }).test).toBe('mann-whitney');
  });
  test('the level of normality decides', () => {
    const p = Math.min(...compareNumbers(normalLike, skewed).normality);
    expect(compareNumbers(normalLike, skewed, { normality: p / 2 }).normal).toBe(true);
  });
  test('where normality cannot be tested ranks are compared', () => {
    expect(compareNumbers(Float64Array.of(1, 2), normalLike)).toMatchObject({ test: 'mann-whitney', normal: false });
    expect(compareNumbers(Float64Array.of(3, 3, 3), normalLike).normality[0]).toBeNaN();
  });
});

describe('columns', () => {
  test('0 and 1 are counts, other numbers are numbers, categories are counts', () => {
    expect([measureOf(numeric([0, 1, NaN])), measureOf(numeric([0, 1, 2])), measureOf(numeric([NaN])), measureOf({ kind: 'categorical', name: 's', levels: ['a'], codes: Int32Array.of(0) })]).toEqual(['counts', 'number', 'number', 'counts']);
  });
  test('heparin of a published Table 1, 5 of 56 against 16 of 54: 0.006 by Pearson, 0.012 by Yates', () => {
    const { column, event } = flags(5, 56, 16, 54);
    const plain = compareColumn(column, event, { yates: 'off' });
    expect([plain.test, plain.pValue.toFixed(3), plain.variantsDisagree]).toEqual(['pearson', '0.006', false]);
    const corrected = compareColumn(column, event);
    expect([corrected.test, corrected.pValue.toFixed(3)]).toEqual(['yates', '0.012']);
    // (16/54 − 5/56) over √ of the mean of both variances.
    const [p, q] = [16 / 54, 5 / 56];
    expect(plain.smd).toBeCloseTo((p - q) / Math.sqrt((p * (1 - p) + q * (1 - q)) / 2), 12);
  });
  test('an expected count below 5 calls for Fisher, unless told otherwise', () => {
    const { column, event } = flags(4, 56, 3, 54);
    expect(compareColumn(column, event).test).toBe('fisher');
    expect(compareColumn(column, event).smallestExpected).toBeCloseTo((7 * 54) / 110, 12);
    expect(compareColumn(column, event, { counts: 'pearson', yates: 'off' })).toMatchObject({ test: 'pearson' });
    expect(compareColumn(column, event, { counts: 'pearson', yates: 'off' }).pValue.toFixed(3)).toBe('0.733');
  });
  test('variants that fall on both sides of alpha are told', () => {
    const { column, event } = flags(17, 56, 27, 54);
    const found = compareColumn(column, event, { yates: 'off' });
    expect(found.variantsDisagree).toBe(true);
    expect([found.variants.pearson, found.variants.yates, found.variants.fisher].map((p) => p!.toFixed(4))).toEqual(['0.0355', '0.0564', '0.0512']);
    expect(compareColumn(column, event, { yates: 'off', alpha: 0.01 }).variantsDisagree).toBe(false);
  });
  test('missing values are left out and counted by group', () => {
    const found = compareColumn(numeric([1, 2, NaN, 4, 5, NaN, NaN, 9]), [0, 0, 0, 0, 1, 1, 1, 1]);
    expect([found.missing, found.samples.map((sample) => [...sample])]).toEqual([[1, 2], [[1, 2, 4], [5, 9]]]);
  });
  test('categories of which one does not occur are tested without it', () => {
    const column: Column = { kind: 'categorical', name: 's', levels: ['a', 'b', 'c'], codes: Int32Array.of(0, 2, 2, 0, 2, -1) };
    const found = compareColumn(column, [0, 0, 0, 1, 1, 1]);
    expect([found.levels, found.missing]).toEqual([['a', 'c'], [0, 1]]);
    expect(found.pValue).toBeGreaterThan(0);
  });
  test('numbers may be taken as counts, categories not as numbers', () => {
    expect(compareColumn(numeric([1, 2, 3, 1]), [0, 0, 1, 1], {}, 'counts').levels).toEqual(['1', '2', '3']);
    expect(() => compareColumn({ kind: 'categorical', name: 's', levels: ['a'], codes: Int32Array.of(0) }, [0], {}, 'number')).toThrow(/s holds categories/);
  });
  test.each([
    ['one value only', numeric([3, 3, 3, 3]), 'all values are equal'],
    ['no value', numeric([NaN, NaN, NaN, NaN]), 'no row has a value'],
    ['no value in one group', numeric([1, 2, NaN, NaN]), 'no row with the event has a value'],
    ['one category', { kind: 'categorical', name: 's', levels: ['a'], codes: Int32Array.of(0, 0, 0, 0) } as Column, 'all values are equal'],
  ])('%s: no P, and why', (_, column, reason) => {
    const found = compareColumn(column, [0, 0, 1, 1]);
    expect([found.pValue, found.reason]).toEqual([NaN, reason]);
  });
  test('an infinite value is refused by column and row', () => {
    try {
      compareColumn(numeric([1, Infinity]), [0, 1]);
      expect.unreachable();
    } catch (error) {
      expect(isRadloomError(error) && error.what).toBe('Column x is infinite in row 2.');
    }
  });
});

describe('standardised difference of categories', () => {
  test('three levels, by hand: shares 1/2 1/4 1/4 and 1/4 1/2 1/4', () => {
    // Levels 2 and 3: difference (1/4, 0); mean covariance [[7/32, -3/32], [-3/32, 6/32]], determinant 33/1024.
    expect(categoryDifference([2, 1, 1], [1, 2, 1])).toBeCloseTo(Math.sqrt((1 / 16) * (6 / 32) / (33 / 1024)), 12);
  });
  test('does not depend on which level is left out, nor on the order of the groups', () => {
    const whole = categoryDifference([10, 20, 5], [8, 9, 14]);
    expect(categoryDifference([5, 10, 20], [14, 8, 9])).toBeCloseTo(whole, 12);
    expect(categoryDifference([8, 9, 14], [10, 20, 5])).toBeCloseTo(whole, 12);
  });
  test('equal shares have none; complete separation has no bound', () => {
    expect(categoryDifference([3, 3], [5, 5])).toBe(0);
    expect(categoryDifference([3, 0], [0, 5])).toBeNaN();
  });
});
