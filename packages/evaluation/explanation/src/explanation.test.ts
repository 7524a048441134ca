import { encode, type Gathered, type Metrics, type Model, numbers, parseParams, type Plain, type Predictions, random, type Table, takeRows } from '@radloom/core';
import { describeContract, exampleTable, testContext } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import { coalitionsOf } from './coalitions.js';
import explanation from './index.js';
import { kernelAttribution } from './kernel.js';
import type { Design } from './perturb.js';
import { type Forest, forestAttribution } from './trees.js';

/** Shapley values of any game by its definition: the mean gain over all orders, by sets. */
function shapley(features: number, game: (known: readonly boolean[]) => number): number[] {
  const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));
  return Array.from({ length: features }, (_, j) => {
    let sum = 0;
    for (let set = 0; set < 1 << features; set++) {
      if ((set >> j) & 1) continue;
      const known = Array.from({ length: features }, (_unused, k) => ((set >> k) & 1) === 1);
      const size = known.filter(Boolean).length;
      const weight = (factorial(size) * factorial(features - 1 - size)) / factorial(features);
      sum += weight * (game(known.map((flag, k) => flag || k === j)) - game(known));
    }
    return sum;
  });
}

/** What a tree says of a row of which some features are known: both ways elsewhere, in the shares of the training rows. */
function expectation(forest: Forest, node: number, row: readonly number[], known: readonly boolean[], members: readonly (readonly number[])[]): number {
  const { column, value, left } = forest;
  if (column[node] < 0) return value[node];
  const goesLeft = (x: readonly number[]) => x[column[node]] <= value[node];
  if (known[column[node]]) return expectation(forest, left[node] + (goesLeft(row) ? 0 : 1), row, known, members.filter((other) => goesLeft(other) === goesLeft(row)));
  const [low, high] = [members.filter(goesLeft), members.filter((other) => !goesLeft(other))];
  const side = (child: number, own: readonly (readonly number[])[]) => (own.length === 0 ? 0 : (own.length / members.length) * expectation(forest, child, row, known, own));
  return side(left[node], low) + side(left[node] + 1, high);
}

const columnMajor = (rows: readonly (readonly number[])[]) => Float64Array.from(rows[0].flatMap((_, c) => rows.map((row) => row[c])));

/** One tree: a up to 0 gives 0.1; otherwise b up to 0 gives 0.4, above 0.9. */
const small: Forest = { roots: Int32Array.of(0), column: Int32Array.of(0, -1, 1, -1, -1), value: Float64Array.of(0, 0.1, 0, 0.4, 0.9), left: Int32Array.of(1, 0, 3, 0, 0) };
const quarters = [[-1, -1], [-1, 1], [1, -1], [1, 1]] as const;

describe('worked example: a tree of three leaves, four training rows, one in each corner', () => {
  test('at (1, 1): base 0.375; a owes (0.65 - 0.375 + 0.9 - 0.5) / 2, b (0.5 - 0.375 + 0.9 - 0.65) / 2', () => {
    // Nothing known 0.1/2 + 0.4/4 + 0.9/4; a alone 0.65; b alone 0.1/2 + 0.9/2 = 0.5; both 0.9.
    const { values, base } = forestAttribution(small, 2, Float64Array.of(1, 1), 1, columnMajor(quarters), 4);
    expect(base).toBeCloseTo(0.375, 14);
    expect(values[0]).toBeCloseTo((0.65 - 0.375 + 0.9 - 0.5) / 2, 14);
    expect(values[1]).toBeCloseTo((0.5 - 0.375 + 0.9 - 0.65) / 2, 14);
  });
});

/** Random trees over some features, thresholds from the training rows, a feature often split several times on one way. */
function randomForest(training: readonly (readonly number[])[], trees: number, depth: number): Forest {
  const stream = random([trees, depth, 5, 5]);
  const [roots, column, value, left]: [number[], number[], number[], number[]] = [[], [], [], []];
  const reserve = (count: number) => {
    for (let i = 0; i < count; i++) void (column.push(-1), value.push(stream.next()), left.push(0));
    return column.length - count;
  };
  const grow = (node: number, members: readonly (readonly number[])[], level: number): void => {
    const by = stream.integer(training[0].length);
    const distinct = [...new Set(members.map((row) => row[by]))].sort((a, b) => a - b);
    if (level === 0 || distinct.length < 2) return;
    const at = distinct[stream.integer(distinct.length - 1)];
    column[node] = by;
    value[node] = at;
    left[node] = reserve(2);
    grow(left[node], members.filter((row) => row[by] <= at), level - 1);
    grow(left[node] + 1, members.filter((row) => row[by] > at), level - 1);
  };
  for (let t = 0; t < trees; t++) {
    const root = reserve(1);
    roots.push(root);
    grow(root, training, depth);
  }
  return { roots: Int32Array.from(roots), column: Int32Array.from(column), value: Float64Array.from(value), left: Int32Array.from(left) };
}

const stream = random([1, 9, 9, 1]);
const training = Array.from({ length: 40 }, () => Array.from({ length: 5 }, () => Math.round(10 * stream.normal()) / 10));

describe('forests', () => {
  test('are the Shapley values of the path-dependent game, to the last digits', () => {
    const forest = randomForest(training, 7, 8);
    const rows = [...training.slice(0, 4), [9, -9, 0, 0, 9]];
    const { values, base } = forestAttribution(forest, 5, columnMajor(rows), rows.length, columnMajor(training), training.length);
    rows.forEach((row, i) => {
      const game = (known: readonly boolean[]) => [...forest.roots].reduce((sum, root) => sum + expectation(forest, root, row, known, training), 0) / forest.roots.length;
      expect(base).toBeCloseTo(game([false, false, false, false, false]), 12);
      shapley(5, game).forEach((expected, j) => expect(values[i * 5 + j]).toBeCloseTo(expected, 12));
    });
  });

  test('the base is the mean prediction of the training rows, and values add up to each prediction', () => {
    const forest = randomForest(training, 30, 12);
    const x = columnMajor(training);
    const { values, base } = forestAttribution(forest, 5, x, 40, x, 40);
    const predictions = training.map((row) => [...forest.roots].reduce((sum, root) => sum + expectation(forest, root, row, Array<boolean>(5).fill(true), training), 0) / 30);
    expect(base).toBeCloseTo(predictions.reduce((a, b) => a + b) / 40, 12);
    predictions.forEach((p, i) => expect(base + values.subarray(i * 5, i * 5 + 5).reduce((a, b) => a + b)).toBeCloseTo(p, 12));
  });

  test('a feature that no tree uses owes nothing', () => {
    const { values } = forestAttribution(small, 3, columnMajor([[1, 1, 7]]), 1, columnMajor(quarters.map((row) => [...row, 0])), 4);
    expect(values[2]).toBe(0);
  });
});

describe('kernel SHAP', () => {
  const model = (row: readonly number[]) => 1 / (1 + Math.exp(-(row[0] * row[1] + Math.sin(row[2]) - 0.5 * row[3] + 0.2 * row[4] ** 2)));
  const background = training.slice(0, 6);
  const predicted = (rows: readonly (readonly number[])[], { known, weight, features }: ReturnType<typeof coalitionsOf>) =>
    Float64Array.from([
      ...rows.flatMap((row) => Array.from(weight).flatMap((_, k) => background.map((other) => model(row.map((value, j) => (known[k * features + j] === 1 ? value : other[j])))))),
      ...background.map(model),
    ]);

  test('with all coalitions it is the Shapley value of "unknown features come from the background"', () => {
    const rows = training.slice(10, 13);
    const sets = coalitionsOf(5, 128, random([1, 1, 1, 1]));
    expect(sets.weight).toHaveLength(30);
    const { values, base } = kernelAttribution(sets, Float64Array.from(rows, model), predicted(rows, sets), background.length);
    expect(base).toBeCloseTo(background.reduce((sum, row) => sum + model(row), 0) / 6, 14);
    rows.forEach((row, i) => {
      const game = (known: readonly boolean[]) => background.reduce((sum, other) => sum + model(row.map((value, j) => (known[j] ? value : other[j]))), 0) / 6;
      shapley(5, game).forEach((expected, j) => expect(values[i * 5 + j]).toBeCloseTo(expected, 10));
    });
  });

  test('with sampled coalitions an additive model is still exact, and values add up', () => {
    const slope = Array.from({ length: 14 }, (_, j) => j - 6);
    const sets = coalitionsOf(14, 200, random([2, 1, 1, 1]));
    expect(sets.weight.length).toBeLessThanOrEqual(200);
    expect(sets.weight.length).toBeGreaterThan(100);
    const row = slope.map((_, j) => 1 + j / 10);
    const line = (x: readonly number[]) => x.reduce((sum, value, j) => sum + slope[j] * value, 3);
    const others = slope.map(() => 0.5);
    const perturbed = Float64Array.from([...Array.from(sets.weight).map((_, k) => line(row.map((value, j) => (sets.known[k * 14 + j] === 1 ? value : others[j])))), line(others)]);
    const { values, base } = kernelAttribution(sets, Float64Array.of(line(row)), perturbed, 1);
    slope.forEach((factor, j) => expect(values[j]).toBeCloseTo(factor * (row[j] - 0.5), 8));
    expect(base + values.reduce((a, b) => a + b)).toBeCloseTo(line(row), 10);
  });

  test('sets come with their complement and weigh what their size does', () => {
    const { known, weight } = coalitionsOf(4, 14, random([1, 2, 3, 4]));
    expect(weight).toHaveLength(14);
    const bySize = new Map<number, number>();
    weight.forEach((value, k) => {
      const size = known.subarray(4 * k, 4 * k + 4).reduce((sum, flag) => sum + flag, 0);
      bySize.set(size, (bySize.get(size) ?? 0) + value);
    });
    for (const size of [1, 2, 3]) expect(bySize.get(size)).toBeCloseTo(3 / (size * (4 - size)), 12);
  });
});

/** Test rows and models over `feature-1` to `feature-3`, run as a study runs them. */
const held = (): Table => {
  const table = exampleTable(12, 3, 'test');
  return { ...table, rows: table.rows.map(({ id }) => ({ id: `test-${id}` })) };
};
const taught = () => exampleTable(30, 3);

function model(plugin: string, state: Record<string, unknown>, predictors = ['feature-1', 'feature-2', 'feature-3']): Model {
  return { type: 'model', plugin, version: 1, predictors, state, fittedOn: { ...taught().partition, rows: taught().rows.map((row) => row.id) } };
}

/** A model that is predicted by a function of a row. */
type Rule = (x: readonly number[]) => number;
const logistic: Rule = ([a, b]) => 1 / (1 + Math.exp(-(0.3 + 1.5 * a - 0.5 * b )));
const forest: Rule = ([a, b]) => (a <= 0 ? 0.1 : b <= 0 ? 0.4 : 0.9);
const other: Rule = ([a, b, c]) => Math.min(1, Math.abs(Math.tanh(a * b + c)));

function predicted(name: string, rule: Rule, table: Table): Gathered<Predictions> {
  const columns = ['feature-1', 'feature-2', 'feature-3'].map((feature) => numbers(table, feature));
  const { partition } = table;
  const rows = table.rows.map((row) => row.id);
  return { step: name, name, at: {}, value: { type: 'predictions', model: name, rows, role: 'test', partition, fittedOn: 'taught', threshold: 0.5, outcome: new Uint8Array(rows.length), probability: Float64Array.from(rows, (_, i) => rule(columns.map((values) => values[i]))) } };
}

const models = (): Gathered<Model>[] =>
  [
    ['logistic', model('classifier/logistic', { intercept: 0.3, coefficient: Float64Array.of(1.5, -0.5, 0) })] as const,
    ['random-forest', model('classifier/random-forest', { ...small })] as const,
    ['svm', model('classifier/svm', {})] as const,
  ].map(([name, value]) => ({ step: name, name, at: {}, value }));

async function perturbed(settings: Record<string, unknown> = {}) {
  const made = await (await explanation.operations.perturb.load())({ training: taught(), table: held() }, parseParams(explanation.params, settings), testContext());
  return made as unknown as { design: Plain; shuffled: Table; coalitions: Table };
}

async function inputs(rules: Readonly<Record<string, Rule>> = { logistic, 'random-forest': forest, svm: other }) {
  const { design, shuffled, coalitions } = await perturbed();
  const of = (table: Table) => Object.entries(rules).map(([name, rule]) => predicted(name, rule, table));
  return { design, models: models(), training: taught(), table: held(), shuffled: of(shuffled), coalitions: of(coalitions).filter(({ name }) => name === 'svm') };
}

async function explain(given: Awaited<ReturnType<typeof inputs>>) {
  const ctx = testContext();
  const { metrics } = await (await explanation.operations.run.load())(given, parseParams(explanation.params, {}), ctx);
  return { entries: (metrics as Metrics).entries, warnings: ctx.warnings };
}

interface Shap {
  values: Float64Array;
  base: number;
  prediction: Float64Array;
  scale: string;
  method: string;
}

describe('as a step of a study', () => {
  test('each model is explained in its way, and every explanation adds up', async () => {
    const { entries, warnings } = await explain(await inputs());
    expect(entries.map(({ model: name, detail }) => [name, (detail.shap as Shap).method, (detail.shap as Shap).scale])).toEqual([['logistic', 'linear', 'log-odds'], ['random-forest', 'tree', 'probability'], ['svm', 'kernel', 'probability']]);
    for (const { metrics, rows, role, detail } of entries) {
      expect([rows, role]).toEqual([12, 'test']);
      expect(metrics[0].name).toBe('additivityError');
      expect(metrics[0].value).toBeLessThan(1e-9);
      const { values, base, prediction } = detail.shap as Shap;
      prediction.forEach((p, i) => expect(base + values[3 * i] + values[3 * i + 1] + values[3 * i + 2]).toBeCloseTo(p, 9));
      expect(() => encode(detail)).not.toThrow();
    }
    expect(warnings).toEqual([]);
  });

  test('a linear value is the coefficient times the distance from the training mean', async () => {
    const [{ detail }] = (await explain(await inputs())).entries;
    const mean = numbers(taught(), 'feature-1').reduce((a, b) => a + b) / 30;
    expect((detail.shap as Shap).values[0]).toBeCloseTo(1.5 * (numbers(held(), 'feature-1')[0] - mean), 12);
  });

  test('shuffling a column that the model does not use changes nothing', async () => {
    const [{ detail }] = (await explain(await inputs())).entries;
    const permutation = detail.permutation as { feature: string; brierRise: number; aucDrop: number }[];
    expect(permutation.map(({ feature }) => feature)).toEqual(['feature-1', 'feature-2', 'feature-3']);
    expect(permutation[2]).toMatchObject({ brierRise: 0, aucDrop: 0 });
    expect(permutation[0].brierRise).toBeGreaterThan(0);
  });

  test('a model whose state does not give its predictions is found out, and its values are not shown', async () => {
    const { entries, warnings } = await explain(await inputs({ logistic: ([a]) => 1 / (1 + Math.exp(-a)), 'random-forest': forest, svm: other }));
    expect(entries[0].metrics[0].value).toBeGreaterThan(0.1);
    expect(entries[0].detail.shap).toBeUndefined();
    expect(warnings).toEqual([expect.objectContaining({ code: 'not-additive' })]);
  });

  test('a model that was not asked for coalitions, or that uses no feature, has a reason; one that failed is passed over', async () => {
    const given = await inputs();
    const none = await explain({ ...given, coalitions: [] });
    expect(none.entries[2].metrics[0].reason?.code).toBe('no-coalitions');
    const empty = { ...given, models: [{ ...given.models[0], value: model('classifier/logistic', { shareOfEvents: 0.5 }, []) }, { step: 'x', name: 'x', at: {}, failure: { code: 'one-class', message: 'One class.' } }] };
    expect((await explain(empty)).entries.map(({ metrics }) => metrics[0].reason?.code)).toEqual(['no-predictors']);
  });

  test('a forest of other training rows is explained by its predictions, not by covers that are not its own', async () => {
    const given = await inputs();
    const foreign = { ...given.models[1], value: { ...given.models[1].value!, fittedOn: { ...given.models[1].value!.fittedOn, rowSet: 'others' } } };
    const { entries } = await explain({ ...given, models: [foreign] });
    expect(entries[0].metrics[0].reason?.code).toBe('no-coalitions');
  });
});

describe('perturbed rows', () => {
  test('shuffled: the rows, then each column in other orders with the rest in place', async () => {
    const { design, shuffled } = await perturbed({ shuffles: 2 });
    const { features, rows } = design.value as Design;
    const n = rows.length;
    expect(shuffled.rows).toHaveLength(n * (1 + 2 * features.length));
    features.forEach((feature, c) => {
      const own = numbers(held(), feature);
      const values = numbers(shuffled, feature);
      expect(values.slice(0, n)).toEqual(own);
      features.forEach((_, j) => {
        const part = values.slice(n + 2 * j * n, n + (2 * j + 1) * n);
        if (j === c) expect([...part].sort()).toEqual([...own].sort());
        else expect([...part]).toEqual([...own]);
      });
    });
  });

  test('coalitions: known features from the row, the others from a background row', async () => {
    const { design, coalitions } = await perturbed({ background: 4 });
    const { coalitions: sets, background } = design.value as Design;
    expect([background, sets.weight.length]).toEqual([4, 6]);
    expect(coalitions.rows).toHaveLength((12 * 6 + 1) * 4);
    const values = numbers(coalitions, 'feature-2');
    const behind = values.slice(-4);
    const own = numbers(held(), 'feature-2');
    for (let i = 0; i < 12; i++) for (let k = 0; k < 6; k++) for (let b = 0; b < 4; b++) expect(values[(i * 6 + k) * 4 + b]).toBe(sets.known[3 * k + 1] === 1 ? own[i] : behind[b]);
  });

  test('more rows than asked for are drawn from; a made row never passes for one that taught', async () => {
    const { design, shuffled } = await perturbed({ rows: 5 });
    expect((design.value as Design).rows).toHaveLength(5);
    const ids = new Set(taught().rows.map((row) => row.id));
    expect(shuffled.rows.some(({ id }) => ids.has(id))).toBe(false);
  });

  test('one feature, no feature, no row', async () => {
    const one = (role: Table['partition']['role'], rows = 6, columns = 1) => exampleTable(rows, columns, role);
    const run = await explanation.operations.perturb.load();
    const settings = parseParams(explanation.params, {});
    const single = (await run({ training: one('training'), table: one('test') }, settings, testContext())) as unknown as { coalitions: Table };
    expect(single.coalitions.rows).toHaveLength(6);
    const none = (await run({ training: one('training', 6, 0), table: one('test', 6, 0) }, settings, testContext())) as unknown as { shuffled: Table };
    expect(none.shuffled.rows).toHaveLength(6);
    const empty = takeRows(exampleTable(6, 2, 'test'), [], 'test');
    const given = (await run({ training: exampleTable(6, 2), table: empty }, settings, testContext())) as unknown as Awaited<ReturnType<typeof perturbed>>;
    expect([given.shuffled.rows, (given.design.value as Design).rows]).toEqual([[], []]);
    expect((await explain({ ...(await inputs()), design: given.design, table: empty })).entries).toEqual([]);
  });
});

describeContract(explanation, {
  from: import.meta.url,
  examples: [
    { operation: 'perturb', inputs: () => ({ training: taught(), table: held() }) },
    { operation: 'run', inputs },
  ],
});
