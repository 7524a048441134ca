import { decodePort, encodePort, type Model, parseParams, type Plain, type Predictions, random, type Table } from '@radloom/core';
import { describeContract, exampleTable, testContext } from '@radloom/testkit';
import { describe, expect, test, vi } from 'vitest';
import { dealFolds, heldOutDecisions } from './cross-validate.js';
import plugin from './index.js';
import { makeKernel } from './kernel.js';
import { libsvm } from './library.js';
import { decisionValues, type Sample, trainMachine } from './machine.js';
import { fitSigmoid, sigmoidProbability } from './platt.js';

const defaults = { kernel: 'linear', gamma: 1, degree: 3, coef0: 0, cost: 10, tolerance: 1e-9, weights: { event: 1, none: 1 } } as const;

async function fit(table: Table, params: Record<string, unknown> = {}, ctx = testContext()): Promise<Model> {
  const operation = await plugin.operations.fit.load();
  return (await operation({ table }, parseParams(plugin.params, params), ctx)).model as Model;
}

async function probabilities(model: Model, table: Table): Promise<Float64Array> {
  const operation = await plugin.operations.predict.load();
  return ((await operation({ model, table }, parseParams(plugin.params, {}), testContext())).predictions as Predictions).probability;
}

test('loading libsvm says nothing and leaves the program as it was', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const listeners = process.listeners('unhandledRejection');
  await libsvm();
  expect(warn).not.toHaveBeenCalled();
  expect(process.listeners('unhandledRejection')).toEqual(listeners);
  expect(console.warn).toBe(warn);
  warn.mockRestore();
});

describe('two points, -1 without and 1 with the event', () => {
  const pair: Sample = { rows: 2, columns: 1, points: Float64Array.of(-1, 1), y: Uint8Array.of(0, 1) };

  test('the margin is at the points: f(x) = x', async () => {
    const machine = await trainMachine(pair, defaults);
    expect([...machine.coefficient]).toEqual([-0.5, 0.5]);
    expect([...decisionValues(machine, Float64Array.of(-3, 0, 0.25), 3)]).toEqual([-3, 0, 0.25]);
  });

  test('a low cost bounds the coefficients: f(x) = 0.2 x, the offset in the middle of what is allowed', async () => {
    const machine = await trainMachine(pair, { ...defaults, cost: 0.1 });
    expect([...machine.coefficient]).toEqual([-0.1, 0.1]);
    expect(machine.offset).toBe(0);
  });

  test('the event is above 0 whichever class comes first', async () => {
    const swapped = { ...pair, points: Float64Array.of(1, -1), y: Uint8Array.of(1, 0) };
    expect(decisionValues(await trainMachine(swapped, defaults), Float64Array.of(2), 1)[0]).toBeCloseTo(2, 12);
  });

  test('class weights are factors of the cost', async () => {
    // Three points at 0 (none), 1 and 1 (events): the cost of none bounds its coefficient.
    const sample: Sample = { rows: 3, columns: 1, points: Float64Array.of(0, 1, 1), y: Uint8Array.of(0, 1, 1) };
    const machine = await trainMachine(sample, { ...defaults, cost: 1, weights: { event: 1, none: 0.5 } });
    expect(machine.coefficient[machine.row.indexOf(0)]).toBe(-0.5);
  });
});

describe('kernels', () => {
  const u = Float64Array.of(9, 1, 2);
  const v = Float64Array.of(3, -1);
  const at = (kernel: 'rbf' | 'linear' | 'polynomial' | 'sigmoid') => makeKernel({ kernel, gamma: 0.5, coef0: 1, degree: 2 })(u, 1, v, 0, 2);
  test('are those of libsvm', () => {
    // u = (1, 2), v = (3, -1): product 1, squared distance 13.
    expect(at('linear')).toBe(1);
    expect(at('polynomial')).toBe(2.25);
    expect(at('rbf')).toBe(Math.exp(-6.5));
    expect(at('sigmoid')).toBe(Math.tanh(1.5));
  });

  test.each(['rbf', 'linear', 'polynomial', 'sigmoid'] as const)('%s: the solution meets the optimality conditions', async (kernel) => {
    const stream = random([3, 5, 7, 9]);
    const rows = 60;
    const y = Uint8Array.from({ length: rows }, (_, r) => r % 2);
    const points = Float64Array.from({ length: 2 * rows }, (_, i) => stream.normal() + (i % 2 === 0 ? y[i >> 1] : 0));
    // A sigmoid kernel of this width is not definite on these points, yet the conditions hold at what the solver finds.
    const machine = await trainMachine({ rows, columns: 2, points, y }, { ...defaults, kernel, gamma: 0.3, coef0: kernel === 'polynomial' ? 1 : 0, cost: 2 });
    const decision = decisionValues(machine, points, rows);
    const alpha = new Float64Array(rows);
    machine.row.forEach((r, i) => (alpha[r] = Math.abs(machine.coefficient[i])));
    expect(machine.coefficient.reduce((a, b) => a + b)).toBeCloseTo(0, 9);
    for (let r = 0; r < rows; r++) {
      const margin = (y[r] === 1 ? 1 : -1) * decision[r];
      if (alpha[r] === 0) expect(margin).toBeGreaterThan(1 - 1e-5);
      else if (alpha[r] < 2 * (1 - 1e-9)) expect(margin).toBeCloseTo(1, 5);
      else expect(margin).toBeLessThan(1 + 1e-5);
    }
  });
});

describe('the sigmoid', () => {
  test('of two rows meets their targets 2/3 and 1/3', () => {
    const { slope, intercept } = fitSigmoid(Float64Array.of(1, -1), Uint8Array.of(1, 0));
    expect(slope).toBeCloseTo(-Math.log(2), 10);
    expect(intercept).toBeCloseTo(0, 10);
  });

  test('of decision values that tell nothing is the share of events', () => {
    const sigmoid = fitSigmoid(new Float64Array(6), Uint8Array.of(1, 1, 0, 0, 0, 0));
    // Targets 3/4 (two) and 1/6 (four): mean 13/36.
    expect(sigmoidProbability(sigmoid, 0)).toBeCloseTo(13 / 36, 9);
  });

  test('is stationary, and monotone from 0 to 1 without overflow', () => {
    const stream = random([1, 4, 1, 5]);
    const y = Uint8Array.from({ length: 50 }, (_, r) => (r % 3 === 0 ? 1 : 0));
    const decision = Float64Array.from({ length: 50 }, (_, r) => 2 * y[r] - 1 + 1.5 * stream.normal());
    const sigmoid = fitSigmoid(decision, y);
    const events = y.reduce((a, b) => a + b, 0);
    const pull = decision.map((f, r) => (y[r] === 1 ? (events + 1) / (events + 2) : 1 / (50 - events + 2)) - sigmoidProbability(sigmoid, f));
    expect(pull.reduce((a, b) => a + b)).toBeCloseTo(0, 8);
    expect(pull.reduce((a, b, r) => a + b * decision[r], 0)).toBeCloseTo(0, 8);
    expect([-1e6, -1, 0, 1, 1e6].map((f) => sigmoidProbability({ slope: -1, intercept: 0 }, f))).toEqual([0, 1 / (1 + Math.E), 0.5, 1 / (1 + Math.exp(-1)), 1].map((p) => expect.closeTo(p, 12)));
  });
});

describe('held-out decisions', () => {
  test('each class is spread over the folds', () => {
    const y = Uint8Array.from({ length: 23 }, (_, r) => (r < 9 ? 1 : 0));
    const fold = dealFolds(y, 5, random([1, 2, 3, 4]));
    const count = (level: number) => [0, 1, 2, 3, 4].map((id) => [...fold].filter((f, r) => f === id && y[r] === level).length);
    expect(count(1)).toEqual([2, 2, 2, 2, 1]);
    expect(count(0)).toEqual([3, 3, 3, 3, 2]);
    expect(dealFolds(y, 5, random([1, 2, 3, 5]))).not.toEqual(fold);
  });

  test('come from the other folds, and are the class itself where these have one class', async () => {
    const sample: Sample = { rows: 4, columns: 1, points: Float64Array.of(-1, 1, -2, 2), y: Uint8Array.of(0, 1, 0, 1) };
    const found = await heldOutDecisions(sample, Int32Array.of(0, 0, 1, 1), defaults);
    // Trained on -2 and 2: f = x / 2; trained on -1 and 1: f = x.
    expect([...found]).toEqual([-0.5, 0.5, -2, 2].map((f) => expect.closeTo(f, 9)));
    expect([...(await heldOutDecisions(sample, Int32Array.of(0, 1, 0, 1), defaults))]).toEqual([1, -1, 1, -1]);
  });
});

describe('a model', () => {
  const table = exampleTable(60, 4);
  const unseen: Table = { ...exampleTable(20, 4, 'test'), rows: Array.from({ length: 20 }, (_, i) => ({ id: `other-${i}` })) };

  test('predicts the same bits after it was stored', async () => {
    const model = await fit(table);
    expect(await probabilities(decodePort('model', encodePort('model', model)) as Model, unseen)).toEqual(await probabilities(model, unseen));
  });

  test('has the same machine and another sigmoid for another seed', async () => {
    const one = await fit(table);
    const other = await fit(table, {}, testContext([5, 6, 7, 8]));
    expect(other.state.coefficient).toEqual(one.state.coefficient);
    expect(other.state.slope).not.toBe(one.state.slope);
  });

  test('gamma auto is 1 / (columns x variance)', async () => {
    // Standardised with n - 1, the variance with n is 59/60.
    expect((await fit(table)).state.gamma).toBeCloseTo(60 / 59 / 4, 10);
  });

  test('does not depend on the unit of a column when scaled', async () => {
    const inMetres = (from: Table): Table => ({ ...from, columns: from.columns.map((column) => (column.name === 'feature-2' && column.kind === 'numeric' ? { ...column, values: column.values.map((v) => v / 1024) } : column)) });
    expect(await probabilities(await fit(inMetres(table)), inMetres(unseen))).toEqual(await probabilities(await fit(table), unseen));
  });

  test('a constant column changes nothing but gamma', async () => {
    const withConstant = (from: Table): Table => ({ ...from, columns: [...from.columns, { kind: 'numeric', name: 'constant', values: new Float64Array(from.rows.length).fill(7.1) }] });
    expect(await probabilities(await fit(withConstant(table), { gamma: 0.2 }), withConstant(unseen))).toEqual(await probabilities(await fit(table, { gamma: 0.2 }), unseen));
  });

  test('ranks the column that matters first', async () => {
    const { permutationImportance } = (await fit(table, { importance: true })).summary as { permutationImportance: Record<string, number> };
    expect(Object.keys(permutationImportance)).toEqual(['feature-1', 'feature-2', 'feature-3', 'feature-4']);
    expect(Math.max(...Object.values(permutationImportance))).toBe(permutationImportance['feature-1']);
  });
});

const folds: Plain = { type: 'data', value: { folds: [0, 1].map((half) => ({ id: `r1f${half + 1}`, test: exampleTable().rows.map((row) => row.id).filter((_, i) => (i >> 1) % 2 === half) })) } };
describeContract(plugin, {
  from: import.meta.url,
  examples: [
    { operation: 'fit', inputs: () => ({ table: exampleTable() }), params: { importance: true, classWeights: 'balanced' } },
    { operation: 'predict', inputs: async () => ({ table: exampleTable(), model: await fit(exampleTable()) }) },
    { operation: 'cross-fit', inputs: () => ({ table: exampleTable(), folds }), params: { kernel: 'polynomial', scale: false } },
  ],
});
