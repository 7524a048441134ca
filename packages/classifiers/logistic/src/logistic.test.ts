import { decodePort, encodePort, type Model, makeTable, numbers, outcomeOf, parseParams, type Plain, type Predictions, random, type Table } from '@radloom/core';
import { describeContract, exampleTable, testContext } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import plugin from './index.js';
import { dealFolds } from './penalty.js';

async function fit(table: Table, params: Record<string, unknown> = {}, ctx = testContext()): Promise<Model> {
  const operation = await plugin.operations.fit.load();
  return (await operation({ table }, parseParams(plugin.params, params), ctx)).model as Model;
}

async function probabilities(model: Model, table: Table): Promise<Float64Array> {
  const operation = await plugin.operations.predict.load();
  return ((await operation({ model, table }, parseParams(plugin.params, {}), testContext())).predictions as Predictions).probability;
}

const coefficient = (model: Model) => model.state.coefficient as Float64Array;

//            event none
//   x = 1      3    1      odds 3
//   x = 0      1    3      odds 1/3
const fourfold = makeTable({
  role: 'training',
  rows: Array.from({ length: 8 }, (_, i) => ({ id: `c${i}` })),
  outcome: { column: 'y', event: '1' },
  columns: [
    { kind: 'numeric', name: 'y', values: Float64Array.of(1, 1, 1, 0, 1, 0, 0, 0) },
    { kind: 'numeric', name: 'x', values: Float64Array.of(1, 1, 1, 1, 0, 0, 0, 0) },
  ],
});

describe('a fourfold table', () => {
  test('without penalty the coefficient is the log odds ratio', async () => {
    const model = await fit(fourfold, { lambda: 0, threshold: 1e-14 });
    expect(coefficient(model)[0]).toBeCloseTo(Math.log(9), 7);
    expect(model.state.intercept).toBeCloseTo(Math.log(1 / 3), 7);
    expect([...(await probabilities(model, fourfold))].slice(3, 5)).toEqual([expect.closeTo(0.75, 8), expect.closeTo(0.25, 8)]);
  });

  test('class weights count as rows', async () => {
    // Events twice: odds 6 and 2/3; the ratio stays.
    const model = await fit(fourfold, { lambda: 0, threshold: 1e-14, classWeights: { event: 2, none: 1 } });
    expect(coefficient(model)[0]).toBeCloseTo(Math.log(9), 7);
    expect(model.state.intercept).toBeCloseTo(Math.log(2 / 3), 7);
  });

  test('a lasso penalty of the largest gradient, 1/4, keeps nothing, and says so', async () => {
    // Standardised x is +-1, residuals +-1/2: mean of x (y - 1/2) = (3 - 1 + 3 - 1) / 8 / 2 = 1/4.
    const ctx = testContext();
    const model = await fit(fourfold, { alpha: 1, lambda: 0.2501 }, ctx);
    expect([...coefficient(model)]).toEqual([0]);
    expect(model.state.intercept).toBeCloseTo(0, 12);
    expect(model.summary).toMatchObject({ coefficients: {} });
    expect(ctx.warnings).toMatchObject([{ code: 'no-coefficient' }]);
    expect(coefficient(await fit(fourfold, { alpha: 1, lambda: 0.2499 }))[0]).toBeGreaterThan(0);
  });
});

describe('a penalised fit', () => {
  const table = exampleTable(60, 4);
  const unseen: Table = { ...exampleTable(20, 4, 'test'), rows: Array.from({ length: 20 }, (_, i) => ({ id: `other-${i}` })) };
  const names = ['feature-1', 'feature-2', 'feature-3', 'feature-4'];

  test.each([
    { alpha: 0, lambda: 0.1 },
    { alpha: 0.5, lambda: 0.05 },
    { alpha: 1, lambda: 0.03 },
  ])('is stationary: alpha $alpha, lambda $lambda', async ({ alpha, lambda }) => {
    const model = await fit(table, { alpha, lambda, threshold: 1e-14 });
    const p = await probabilities(model, table);
    const y = outcomeOf(table);
    expect(y.reduce((sum, value, r) => sum + value - p[r], 0)).toBeCloseTo(0, 8);
    names.forEach((name, c) => {
      const values = numbers(table, name);
      const mean = values.reduce((a, b) => a + b, 0) / 60;
      const deviation = Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / 60);
      const gradient = values.reduce((sum, value, r) => sum + ((value - mean) / deviation) * (y[r] - p[r]), 0) / 60;
      const scaled = coefficient(model)[c] * deviation;
      if (scaled === 0) expect(Math.abs(gradient)).toBeLessThanOrEqual(lambda * alpha + 1e-8);
      else expect(gradient).toBeCloseTo(lambda * ((1 - alpha) * scaled + alpha * Math.sign(scaled)), 6);
    });
  });

  test('predicts the same bits after it was stored', async () => {
    const model = await fit(table);
    expect(await probabilities(decodePort('model', encodePort('model', model)) as Model, unseen)).toEqual(await probabilities(model, unseen));
  });

  test('1se penalises at least as much as min, and both come from the cross-validation', async () => {
    type Summary = { lambda: number; crossValidation: { lambdaMin: number; lambda1se: number; lambda: Float64Array; mean: Float64Array } };
    const least = (await fit(table, { alpha: 1 })).summary as unknown as Summary;
    const simpler = (await fit(table, { alpha: 1, lambda: '1se' })).summary as unknown as Summary;
    expect(least.crossValidation).toEqual(simpler.crossValidation);
    expect([least.lambda, simpler.lambda]).toEqual([least.crossValidation.lambdaMin, least.crossValidation.lambda1se]);
    expect(simpler.lambda).toBeGreaterThanOrEqual(least.lambda);
    expect(least.crossValidation.mean[least.crossValidation.lambda.indexOf(least.lambda)]).toBe(Math.min(...least.crossValidation.mean));
  });

  test('says that the AUC needs more rows a fold', async () => {
    const ctx = testContext();
    const model = await fit(table, { loss: 'auc' }, ctx);
    expect(ctx.warnings).toMatchObject([{ code: 'cross-validation' }]);
    expect(model.summary).toMatchObject({ crossValidation: { loss: 'deviance' } });
  });

  test('the number of a column’s unit does not matter when standardised', async () => {
    const inMetres = (from: Table): Table => ({ ...from, columns: from.columns.map((column) => (column.name === 'feature-2' && column.kind === 'numeric' ? { ...column, values: column.values.map((v) => v / 1024) } : column)) });
    expect(await probabilities(await fit(inMetres(table), { lambda: 0.1 }), inMetres(unseen))).toEqual(await probabilities(await fit(table, { lambda: 0.1 }), unseen));
  });

  test('ranks the column that matters first', async () => {
    const { permutationImportance } = (await fit(table, { importance: true })).summary as { permutationImportance: Record<string, number> };
    expect(Object.keys(permutationImportance)).toEqual(names);
    expect(Math.max(...Object.values(permutationImportance))).toBe(permutationImportance['feature-1']);
  });
});

test('folds have their share of both classes', () => {
  const y = Uint8Array.from({ length: 23 }, (_, r) => (r < 9 ? 1 : 0));
  const fold = dealFolds(y, 5, random([1, 2, 3, 4]));
  const count = (level: number) => [0, 1, 2, 3, 4].map((id) => [...fold].filter((f, r) => f === id && y[r] === level).length);
  expect(count(0)).toEqual([3, 3, 3, 3, 2]);
  expect(count(1)).toEqual([2, 2, 2, 1, 2]);
});

const folds: Plain = { type: 'data', value: { folds: [0, 1].map((half) => ({ id: `r1f${half + 1}`, test: exampleTable().rows.map((row) => row.id).filter((_, i) => (i >> 1) % 2 === half) })) } };
describeContract(plugin, {
  from: import.meta.url,
  examples: [
    { operation: 'fit', inputs: () => ({ table: exampleTable() }), params: { alpha: 1, importance: true, classWeights: 'balanced', folds: 4 } },
    { operation: 'predict', inputs: async () => ({ table: exampleTable(), model: await fit(exampleTable()) }) },
    { operation: 'cross-fit', inputs: () => ({ table: exampleTable(), folds }), params: { lambda: 0.05 } },
  ],
});
