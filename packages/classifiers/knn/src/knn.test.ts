import { decodePort, encodePort, type Model, makeTable, parseParams, type Plain, type Predictions, random, type Table } from '@radloom/core';
import { describeContract, exampleTable, testContext } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import plugin from './index.js';
import { kernels } from './kernels.js';
import { treeNeighbours } from './library.js';
import { bruteForce, type Points } from './neighbours.js';

async function fit(table: Table, params: Record<string, unknown> = {}): Promise<Model> {
  const operation = await plugin.operations.fit.load();
  return (await operation({ table }, parseParams(plugin.params, params), testContext())).model as Model;
}

async function probabilities(model: Model, table: Table): Promise<number[]> {
  const operation = await plugin.operations.predict.load();
  return [...((await operation({ model, table }, parseParams(plugin.params, {}), testContext())).predictions as Predictions).probability];
}

/** A table of one column and the outcome. */
function line(values: number[], events: number[], role: 'training' | 'test' = 'training'): Table {
  return makeTable({
    role,
    rows: values.map((value, i) => ({ id: `${role}-${i}-${value}` })),
    outcome: { column: 'y', event: '1' },
    columns: [
      { kind: 'numeric', name: 'y', values: Float64Array.from(events) },
      { kind: 'numeric', name: 'x', values: Float64Array.from(values) },
    ],
  });
}

describe('on a line', () => {
  //       0   1   3   6   10    seen from 0: distances 1 (event), 3 (none), reach 6
  const table = line([1, 3, 6, 10], [1, 0, 1, 0]);
  const query = line([0], [0], 'test');
  const half = (weights: [number, number]) => weights[0] / (weights[0] + weights[1]);
  const z = 0.967421566101701; // upper 1/6 quantile of the normal distribution

  test.each([
    ['rectangular', 1 / 2],
    ['triangular', half([5 / 6, 3 / 6])],
    ['epanechnikov', half([1 - 1 / 36, 1 - 9 / 36])],
    ['biweight', half([(35 / 36) ** 2, (27 / 36) ** 2])],
    ['triweight', half([(35 / 36) ** 3, (27 / 36) ** 3])],
    ['cos', half([Math.cos(Math.PI / 12), Math.cos(Math.PI / 4)])],
    ['inv', half([6, 2])],
    ['gaussian', half([Math.exp(-((z / 6) ** 2) / 2), Math.exp(-((z / 2) ** 2) / 2)])],
    ['rank', half([2, 1])],
    // One column, k = 2: 3/2 - (i^3 - (i-1)^3) / 8: 11/8 and 5/8.
    ['optimal', half([11 / 8, 5 / 8])],
  ])('kernel %s', async (kernel, share) => {
    const [found] = await probabilities(await fit(table, { k: 2, kernel, scale: false }), query);
    expect(found).toBeCloseTo(share, 12);
  });

  test('a neighbour at no distance outvotes the others under inv', async () => {
    const [found] = await probabilities(await fit(table, { k: 3, kernel: 'inv', scale: false }), line([1], [1], 'test'));
    expect(found).toBeGreaterThan(0.9999);
  });

  test('needs more rows than neighbours', async () => {
    await expect(fit(table, { k: 4 })).rejects.toMatchObject({ code: 'too-few-rows', data: { k: 4, rows: 4 } });
    await expect(fit(table, { k: 3 })).resolves.toBeDefined();
  });

  test('needs a column that varies', async () => {
    await expect(fit(line([2, 2, 2], [0, 1, 0]), { k: 1 })).rejects.toMatchObject({ code: 'no-spread' });
  });

  test('says so when a row is too far away', async () => {
    for (const engine of ['ml-knn', 'brute-force']) {
      await expect(probabilities(await fit(table, { k: 1, engine }), line([1e200], [0], 'test'))).rejects.toMatchObject({ code: 'distance-overflow' });
    }
  });
});

describe('kernels', () => {
  const votes = { distance: Float64Array.of(0, 1, 1, 2), reach: 2.5, columns: 3 };
  test.each(Object.keys(kernels) as (keyof typeof kernels)[])('%s: no weight is negative, none grows with distance', (name) => {
    const weight = new Float64Array(4);
    kernels[name](votes, weight);
    expect(weight.every((w) => w > 0 && Number.isFinite(w))).toBe(true);
    for (let i = 1; i < 4; i++) expect(weight[i]).toBeLessThanOrEqual(weight[i - 1]);
  });

  test('rank shares the places of ties', () => {
    const weight = new Float64Array(4);
    kernels.rank(votes, weight);
    expect([...weight]).toEqual([4, 2.5, 2.5, 1]);
  });

  test('optimal weights add up to 1', () => {
    const weight = new Float64Array(7);
    kernels.optimal({ distance: new Float64Array(7), reach: 1, columns: 4 }, weight);
    expect(weight.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
  });
});

describe.each([0.7, 1, 2, 3.5])('with distance power %d', (power) => {
  test('the k-d tree and the brute force find the same rows, also among ties', () => {
    const stream = random([2, 7, 1, 8]);
    for (const levels of [3, 1000]) {
      const rows = 90;
      const points: Points = { rows, columns: 3, power, values: Float64Array.from({ length: 3 * rows }, () => stream.integer(levels) / 7) };
      const queries = Float64Array.from({ length: 3 * 30 }, () => stream.integer(levels) / 7);
      for (const count of [1, 4, 17, 90]) {
        const tree = treeNeighbours(points, count);
        const brute = bruteForce(points, count);
        for (let q = 0; q < 30; q++) expect(tree(queries, 3 * q)).toEqual(brute(queries, 3 * q));
      }
    }
  });
});

describe('a model', () => {
  const table = exampleTable(60, 4);
  const unseen: Table = { ...exampleTable(20, 4, 'test'), rows: Array.from({ length: 20 }, (_, i) => ({ id: `other-${i}` })) };

  test('predicts the same bits with either engine and after it was stored', async () => {
    const model = await fit(table, { engine: 'ml-knn' });
    const found = await probabilities(model, unseen);
    expect(await probabilities(await fit(table, { engine: 'brute-force' }), unseen)).toEqual(found);
    expect(await probabilities(decodePort('model', encodePort('model', model)) as Model, unseen)).toEqual(found);
  });

  test('does not depend on the unit of a column when scaled', async () => {
    const inMetres = (from: Table): Table => ({ ...from, columns: from.columns.map((column) => (column.name === 'feature-2' && column.kind === 'numeric' ? { ...column, values: column.values.map((v) => v / 1024) } : column)) });
    expect(await probabilities(await fit(inMetres(table)), inMetres(unseen))).toEqual(await probabilities(await fit(table), unseen));
    expect(await probabilities(await fit(inMetres(table), { scale: false }), inMetres(unseen))).not.toEqual(await probabilities(await fit(table, { scale: false }), unseen));
  });

  test('ranks the column that matters first', async () => {
    const { permutationImportance } = (await fit(table, { k: 9, importance: true })).summary as { permutationImportance: Record<string, number> };
    expect(Object.keys(permutationImportance)).toEqual(['feature-1', 'feature-2', 'feature-3', 'feature-4']);
    expect(Math.max(...Object.values(permutationImportance))).toBe(permutationImportance['feature-1']);
  });
});

const folds: Plain = { type: 'data', value: { folds: [0, 1].map((half) => ({ id: `r1f${half + 1}`, test: exampleTable().rows.map((row) => row.id).filter((_, i) => (i >> 1) % 2 === half) })) } };
describeContract(plugin, {
  from: import.meta.url,
  examples: [
    { operation: 'fit', inputs: () => ({ table: exampleTable() }), params: { importance: true } },
    { operation: 'predict', inputs: async () => ({ table: exampleTable(), model: await fit(exampleTable()) }) },
    { operation: 'cross-fit', inputs: () => ({ table: exampleTable(), folds }), params: { kernel: 'gaussian', engine: 'brute-force' } },
  ],
});
