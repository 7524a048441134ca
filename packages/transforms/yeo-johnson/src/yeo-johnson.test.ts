import { type Column, makeTable, type Model, numbers, parseParams, random, type Table } from '@radloom/core';
import { describeContract, exampleTable, testContext } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import plugin from './index.js';
import { maximise } from './maximise.js';
import { bestPower, yeoJohnson } from './power.js';
import { apply, fit, type YeoJohnsonSettings } from './transform.js';

const settings = (given: Record<string, unknown> = {}) => parseParams(plugin.params, given) as unknown as YeoJohnsonSettings;
const tableOf = (columns: Readonly<Record<string, ArrayLike<number>>>): Table =>
  makeTable({ role: 'training', rows: Array.from({ length: Object.values(columns)[0].length }, (_, i) => ({ id: `c${i + 1}` })), columns: Object.entries(columns).map(([name, values]): Column => ({ kind: 'numeric', name, values: Float64Array.from(values) })) });
const modelOf = (table: Table, given: Record<string, unknown> = {}, ctx = testContext()): Model => ({ ...fit(table, settings(given), ctx), type: 'model' }) as unknown as Model;

test('worked example: at power 1/2 the value 3 becomes 2, at power 0 its logarithm, at power 1 nothing changes', () => {
  expect(yeoJohnson(3, 0.5)).toBe(2);
  expect(yeoJohnson(Math.E - 1, 0)).toBeCloseTo(1, 12);
  expect([-2, 0, 5].map((value) => yeoJohnson(value, 1))).toEqual([-2, 0, 5]);
  // Values below 0 by 2 less the power: -((1 + 3)^(1/2) - 1) / (1/2).
  expect(yeoJohnson(-3, 1.5)).toBe(-2);
  expect(yeoJohnson(1 - Math.E, 2)).toBeCloseTo(-1, 12);
});

describe('the transform', () => {
  test('keeps the order and the sign, and is smooth at 0', () => {
    for (const lambda of [-3, -0.5, 0, 0.7, 2, 4]) {
      const values = [-4, -1, -1e-6, 0, 1e-6, 2, 9].map((value) => yeoJohnson(value, lambda));
      expect(values).toEqual(values.toSorted((a, b) => a - b));
      expect(values[3]).toBeCloseTo(0, 15);
      expect(values[4]).toBeCloseTo(1e-6, 11);
    }
  });
  test('has powers near 0 and 2 as logarithms', () => {
    expect(yeoJohnson(5, 0.0009)).toBe(Math.log1p(5));
    expect(yeoJohnson(-5, 2.0009)).toBe(-Math.log1p(5));
    expect(yeoJohnson(5, 0.0011)).not.toBe(Math.log1p(5));
  });
});

describe('the power', () => {
  const stream = random([4, 4, 4, 4]);
  const normal = Float64Array.from({ length: 400 }, () => stream.normal());
  test('of values that are powers of normal ones is found again', () => {
    // log(x + 1) is normal, all x being above 0.
    const skewed = normal.map((z) => Math.exp(z + 5) - 1);
    expect(bestPower(skewed, -5, 5)).toBeCloseTo(0, 1);
    expect(bestPower(normal, -5, 5)).toBeCloseTo(1, 1);
  });
  test('turns over when the values do: 2 less the power', () => {
    const skewed = normal.map((z) => Math.exp(z) - 0.5);
    expect(bestPower(skewed.map((value) => -value), -5, 5)).toBeCloseTo(2 - bestPower(skewed, -5, 5), 3);
  });
  test('is a maximum of the likelihood, to the tolerance', () => {
    expect(maximise((x) => -((x - 1.234) ** 2), -5, 5, 1e-4)).toBeCloseTo(1.234, 4);
    expect(maximise((x) => -Math.abs(x + 4.2), -5, 5, 1e-4)).toBeCloseTo(-4.2, 3);
    expect(maximise((x) => x, -5, 5, 1e-4)).toBeCloseTo(5, 3);
    const uneven = maximise((x) => Math.cos(x) + 0.1 * Math.sin(3 * x), -1.2, 1.2, 1e-7);
    expect(-Math.sin(uneven) + 0.3 * Math.cos(3 * uneven)).toBeCloseTo(0, 5);
  });
});

describe('columns', () => {
  const stream = random([8, 1, 8, 1]);
  const skewed = Float64Array.from({ length: 60 }, () => Math.exp(stream.normal()));
  test('what training rows taught is applied to others, row by row; missing values stay', () => {
    const model = modelOf(tableOf({ x: skewed }));
    const lambda = (model.state.lambda as Float64Array)[0];
    expect([...numbers(apply(model, tableOf({ x: [0.5, NaN, 3] })), 'x')]).toEqual([yeoJohnson(0.5, lambda), NaN, yeoJohnson(3, lambda)]);
  });
  test('missing values do not teach', () => {
    const holed = Float64Array.from([...skewed, NaN, NaN]);
    expect(modelOf(tableOf({ x: holed })).state).toEqual(modelOf(tableOf({ x: skewed })).state);
  });
  test('with few distinct values stay as they are; so do those whose power lies at a limit, with a warning', () => {
    const ctx = testContext();
    const tiny = Float64Array.from({ length: 60 }, (_, i) => 1e-4 * (i < 59 ? Math.sin(i) : -30));
    const table = tableOf({ flag: skewed.map((value) => Number(value > 1)), grade: skewed.map((_, i) => i % 4), tiny, x: skewed });
    const model = modelOf(table, {}, ctx);
    expect(model.predictors).toEqual(['x']);
    expect(model.summary).toMatchObject({ fewValues: ['flag', 'grade'], atLimit: ['tiny'] });
    expect(ctx.warnings).toMatchObject([{ code: 'power-at-limit', text: 'The best power of 1 columns lies at -5 or 5; they stay as they are: tiny.' }]);
    expect(numbers(apply(model, table), 'tiny')).toEqual(tiny);
  });
  test('may be named', () => {
    const ctx = testContext();
    expect(modelOf(tableOf({ x: skewed, y: skewed }), { columns: ['y', 'gone'] }, ctx).predictors).toEqual(['y']);
    expect(ctx.warnings).toMatchObject([{ code: 'columns-absent' }]);
  });
});

describe('bad input', () => {
  test('an infinite value is refused by column and row; a column of no values or one value stays', () => {
    expect(() => modelOf(tableOf({ x: [1, 2, 3, Infinity, 5, 6] }))).toThrow(/Column x is infinite in row c4/);
    expect(modelOf(tableOf({ none: [NaN, NaN, NaN, NaN, NaN], same: [3, 3, 3, 3, 3] })).predictors).toEqual([]);
  });
  test('limits the wrong way round are refused', () => expect(() => modelOf(tableOf({ x: [1, 2, 3] }), { lowest: 2, highest: 1 })).toThrow(/lowest is 2 and highest 1/));
});

const inputs = () => ({ table: exampleTable() });
describeContract(plugin, {
  from: import.meta.url,
  examples: [
    { operation: 'fit', inputs },
    { operation: 'apply', inputs: async () => ({ model: (await (await plugin.operations.fit.load())(inputs(), parseParams(plugin.params, {}), testContext())).model, table: exampleTable(10, 6, 'test') }) },
  ],
});
