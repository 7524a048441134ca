import { decodePort, encodePort, type Model, parseParams, type Plain, type Predictions, random, type Table } from '@radloom/core';
import { describeContract, exampleTable, testContext } from '@radloom/testkit';
import { RandomForestClassifier } from 'ml-random-forest';
import { describe, expect, test } from 'vitest';
import { bagDrawer } from './bag.js';
import { placeSorter, sortColumns } from './columns.js';
import { forestPredictions, growingForest } from './forest.js';
import { treeGrower } from './grow.js';
import plugin from './index.js';
import { below, libraryGrower } from './library.js';
import { brierScore, outOfBag } from './out-of-bag.js';
import type { Settings } from './run.js';

const equalWeights = { event: 1, none: 1 };

async function fit(table: Table, params: Record<string, unknown> = {}, ctx = testContext()): Promise<Model> {
  const operation = await plugin.operations.fit.load();
  return (await operation({ table }, parseParams(plugin.params, params), ctx)).model as Model;
}

async function predict(model: Model, table: Table): Promise<Predictions> {
  const operation = await plugin.operations.predict.load();
  return (await operation({ model, table }, parseParams(plugin.params, {}), testContext())).predictions as Predictions;
}

interface Summary {
  readonly settings: Settings;
  readonly mtry: number;
  readonly outOfBag: { readonly brier: number; readonly probability: Float64Array };
  readonly impurityImportance?: Readonly<Record<string, number>>;
  readonly permutationImportance?: Readonly<Record<string, number>>;
}
const summaryOf = (model: Model) => model.summary as unknown as Summary;

describe('a tree of five rows', () => {
  // value   1  2  3  4  5
  // event   0  0  1  0  1   five rows, two events: 4/5 + 9/5 = 13/5 before the split
  // split at 2.5: left 4/2, right (4 + 1)/3, together 11/3: the best; at 4.5: 9/4 + 1/4 + 1 = 7/2; at 1.5: 1 + 4/4 + 4/4 = 3; at 3.5: 4/3 + 1/3 + 1/2 + 1/2 = 8/3
  const columns = sortColumns(Float64Array.of(1, 2, 3, 4, 5), 5, 1);
  const y = Uint8Array.of(0, 0, 1, 0, 1);
  const grown = (minNodeSize: number, bag = Int32Array.of(1, 1, 1, 1, 1), weights = equalWeights) => {
    const impurity = new Float64Array(1);
    const forest = growingForest(1);
    treeGrower(columns, y, { mtry: 1, minNodeSize, weights }, impurity)(bag, random([1, 2, 3, 4]), forest);
    return { forest: forest.finished(), impurity: impurity[0] };
  };

  test('splits where the classes part best, and its leaves are event frequencies', () => {
    const { forest, impurity } = grown(3);
    expect([...forest.column]).toEqual([0, -1, -1]);
    expect([...forest.value]).toEqual([2.5, 0, 2 / 3]);
    expect(impurity).toBeCloseTo(11 / 3 - 13 / 5, 12);
  });

  test('goes on until a node has at most minNodeSize rows', () => {
    expect(grown(5).forest.column.length).toBe(1);
    expect([...forestPredictions(grown(1).forest, columns.x, 5)]).toEqual([0, 0, 1, 0, 1]);
  });

  test('counts a row as often as it was drawn, and rows not drawn not at all', () => {
    // Values 1 (three times), 4 and 5 drawn: 1 and 4 have no event.
    const { forest } = grown(1, Int32Array.of(3, 0, 0, 1, 1));
    expect([...forest.value]).toEqual([4.5, 0, 1]);
    expect(grown(10, Int32Array.of(3, 0, 0, 1, 1)).forest.value[0]).toBe(1 / 5);
  });

  test('class weights count for rows, in splits and in leaves', () => {
    expect(grown(5, undefined, { event: 3, none: 1 }).forest.value[0]).toBe(6 / 9);
    // Weights 3 and 1 are the same as drawing each event three times.
    const weighted = grown(1, undefined, { event: 3, none: 1 });
    const drawn = grown(1, Int32Array.of(1, 1, 3, 1, 3));
    expect(weighted).toEqual(drawn);
  });

  test('neighbouring doubles are parted although nothing lies between them', () => {
    const high = 1 + Number.EPSILON;
    const forest = growingForest(1);
    treeGrower(sortColumns(Float64Array.of(1, high), 2, 1), Uint8Array.of(0, 1), { mtry: 1, minNodeSize: 1, weights: equalWeights }, new Float64Array(1))(Int32Array.of(1, 1), random([1, 2, 3, 4]), forest);
    expect([...forestPredictions(forest.finished(), Float64Array.of(1, high), 2)]).toEqual([0, 1]);
  });

  test('a column of one value cannot be split', () => {
    const forest = growingForest(1);
    treeGrower(sortColumns(Float64Array.of(7, 7, 7), 3, 1), Uint8Array.of(0, 1, 1), { mtry: 1, minNodeSize: 1, weights: equalWeights }, new Float64Array(1))(Int32Array.of(1, 1, 1), random([1, 2, 3, 4]), forest);
    expect([...forest.finished().value]).toEqual([2 / 3]);
  });
});

test.each([
  { rows: 40, count: 8, how: 'insertion' },
  { rows: 500, count: 300, how: 'marks' },
  { rows: 20000, count: 20, how: 'the ordinary sort' },
])('places of $count among $rows rows are sorted ($how)', ({ rows, count }) => {
  const stream = random([rows, count, 3, 4]);
  const { place } = sortColumns(Float64Array.from({ length: 2 * rows }, () => Math.floor(50 * stream.next())), rows, 2);
  const members = Int32Array.from(stream.permutation(rows));
  const sort = placeSorter(place, rows);
  const out = new Int32Array(rows);
  for (const start of [0, 3]) {
    sort(rows, members, start, start + count, out);
    expect([...out.subarray(0, count)]).toEqual([...members.subarray(start, start + count)].map((row) => place[rows + row]).sort((a, b) => a - b));
  }
});

test('rows are drawn as often as asked, in proportion to their weights', () => {
  const bag = new Int32Array(4);
  bagDrawer(4, 10000, Float64Array.of(0, 1, 3, 0))(random([5, 6, 7, 8]), bag);
  expect(bag[0] + bag[3]).toBe(0);
  expect(bag[1] + bag[2]).toBe(10000);
  // Binomial: mean 7500, standard deviation 43.
  expect(Math.abs(bag[2] - 7500)).toBeLessThan(4 * 43);
});

test('out of the bag, a row hears only the trees that did not draw it', () => {
  const x = Float64Array.of(1, 2);
  const forest = growingForest(2);
  forest.leaf(forest.plant(), 0.25);
  forest.leaf(forest.plant(), 0.75);
  const out = outOfBag(x, 2);
  out.add(forest, forest.roots[0], Int32Array.of(0, 2));
  out.add(forest, forest.roots[1], Int32Array.of(0, 2));
  expect([...out.probability()]).toEqual([0.5, NaN]);
  expect(brierScore(out.probability(), Uint8Array.of(1, 0))).toBe(0.25);
  expect(brierScore(Float64Array.of(NaN), Uint8Array.of(1))).toBeUndefined();
});

describe('a forest', () => {
  const table = exampleTable(80, 5);
  const unseen = { ...exampleTable(30, 5, 'test'), rows: Array.from({ length: 30 }, (_, i) => ({ id: `other-${i}` })) };

  test('gives probabilities, the same for the same seed and others for another', async () => {
    const probability = (await predict(await fit(table, { trees: 50 }), unseen)).probability;
    expect(probability.every((p) => p >= 0 && p <= 1)).toBe(true);
    expect((await predict(await fit(table, { trees: 50 }), unseen)).probability).toEqual(probability);
    expect((await predict(await fit(table, { trees: 50 }, testContext([9, 2, 3, 4])), unseen)).probability).not.toEqual(probability);
  });

  test('predicts the same bits after it was stored', async () => {
    const model = await fit(table, { trees: 50 });
    const stored = decodePort('model', encodePort('model', model)) as Model;
    expect((await predict(stored, unseen)).probability).toEqual((await predict(model, unseen)).probability);
  });

  test('does not depend on the unit of a column', async () => {
    const scaled: Table = { ...table, columns: table.columns.map((column, i) => (i > 0 && column.kind === 'numeric' ? { ...column, values: column.values.map((v) => 8 * v) } : column)) };
    expect((await predict(await fit(scaled, { trees: 30 }), scaled)).probability).toEqual((await predict(await fit(table, { trees: 30 }), table)).probability);
  });

  test('finds the one column that matters, by both importances, and importance does not change the forest', async () => {
    const model = await fit(table, { importance: true });
    const { impurityImportance, permutationImportance, outOfBag: out } = summaryOf(model);
    for (const importance of [impurityImportance!, permutationImportance!]) {
      expect(Object.keys(importance)).toEqual(model.predictors);
      expect(model.predictors.every((name) => name === 'feature-1' || importance[name] < importance['feature-1'])).toBe(true);
    }
    expect(out.brier).toBeLessThan(0.25);
    expect((await fit(table)).state).toEqual(model.state);
  });

  test('draws floor(sqrt(columns)) columns, or all with a warning when asked for more', async () => {
    expect(summaryOf(await fit(table, { trees: 1 })).mtry).toBe(2);
    const ctx = testContext();
    expect(summaryOf(await fit(table, { trees: 1, mtry: 9 }, ctx)).mtry).toBe(5);
    expect(ctx.warnings).toMatchObject([{ code: 'mtry-above-columns' }]);
  });

  test('never draws a row of weight 0', async () => {
    const weights = Object.fromEntries(table.rows.slice(2).map((row) => [row.id, 0]));
    // Only the first two rows are drawn, so every other one hears all trees, and no tree has more than two leaves.
    const model = await fit(table, { trees: 30, caseWeights: weights });
    expect(summaryOf(model).outOfBag.probability.slice(2).some(Number.isNaN)).toBe(false);
    expect((model.state.column as Int32Array).length).toBeLessThanOrEqual(3 * 30);
    await expect(fit(table, { caseWeights: Object.fromEntries(table.rows.map((row) => [row.id, 0])) })).rejects.toMatchObject({ code: 'bad-setting' });
  });

  test('of smaller samples has smaller trees', async () => {
    const nodes = async (sampleFraction: number) => ((await fit(table, { trees: 20, sampleFraction })).state.column as Int32Array).length;
    expect(await nodes(0.5)).toBeLessThan(await nodes(1));
  });
});

describe('the engine ml-random-forest', () => {
  const table = exampleTable(40, 4);

  test('is the library tree by tree, every tree voting', () => {
    const rows = 40;
    const stream = random([8, 1, 8, 1]);
    const x = Float64Array.from({ length: 3 * rows }, () => stream.normal());
    const y = Uint8Array.from({ length: rows }, (_, r) => (x[r] + 0.5 * stream.normal() > 0 ? 1 : 0));
    const samples = Array.from({ length: rows }, (_, r) => [x[r], x[rows + r], x[2 * rows + r]]);
    const all = new Int32Array(rows).fill(1);
    const forest = growingForest(5);
    const votes = new Float64Array(rows);
    for (let t = 0; t < 5; t++) {
      libraryGrower(RandomForestClassifier, x, y, 3, 2, 3)(all, random([t, 2, 3, 4]), forest);
      const library = new RandomForestClassifier({
        nEstimators: 1, useSampleBagging: false, noOOB: true, replacement: false, maxFeatures: 2.5 / 3, treeOptions: { minNumSamples: 3 }, seed: random([t, 2, 3, 4]).integer(2 ** 31 - 1),
      });
      library.train(samples, [...y]);
      const values = library.predictionValues(samples);
      for (let r = 0; r < rows; r++) votes[r] += values.get(r, 0) / 5;
    }
    const ours = forestPredictions(forest.finished(), x, rows);
    ours.forEach((p, r) => expect(p).toBeCloseTo(votes[r], 12));
  });

  test('sends a value equal to the threshold right, as the library does', () => {
    for (const value of [1, -1, 0, 1e-310, 2.5, -1e300]) expect(below(value)).toBeLessThan(value);
    expect(below(1)).toBe(1 - Number.EPSILON / 2);
  });

  test('has out-of-bag probabilities even of one tree, and no class weights', async () => {
    const model = await fit(table, { engine: 'ml-random-forest', trees: 1 });
    expect([...summaryOf(model).outOfBag.probability].some(Number.isNaN)).toBe(true);
    await expect(fit(table, { engine: 'ml-random-forest', trees: 1, classWeights: { event: 2, none: 1 } })).rejects.toMatchObject({ code: 'setting-unsupported' });
  });
});

const folds: Plain = { type: 'data', value: { folds: [0, 1].map((half) => ({ id: `r1f${half + 1}`, test: exampleTable().rows.map((row) => row.id).filter((_, i) => (i >> 1) % 2 === half) })) } };
describeContract(plugin, {
  from: import.meta.url,
  examples: [
    { operation: 'fit', inputs: () => ({ table: exampleTable() }), params: { trees: 20, importance: true, caseWeights: { 'case-001': 2 }, classWeights: 'balanced' } },
    { operation: 'fit', inputs: () => ({ table: exampleTable() }), params: { engine: 'ml-random-forest', trees: 5, importance: true, mtry: 1 } },
    { operation: 'predict', inputs: async () => ({ table: exampleTable(), model: await fit(exampleTable(), { trees: 20 }) }) },
    { operation: 'cross-fit', inputs: () => ({ table: exampleTable(), folds }), params: { trees: 10 } },
  ],
});
