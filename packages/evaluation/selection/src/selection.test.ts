import { encode, type Gathered, type Metrics, type Model, numbers, parseParams } from '@radloom/core';
import { describeContract, exampleTable, testContext } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import selection from './index.js';

function model(plugin: string, predictors: readonly string[], summary: Record<string, unknown> = {}): Model {
  return { type: 'model', plugin, version: 1, predictors, state: {}, summary, fittedOn: { role: 'training', rowSet: 'rows', rows: [] } };
}
const gathered = (value: Model, fold = 'holdout'): Gathered<Model> => ({ step: value.plugin, name: value.plugin, at: { fold }, value });

const lasso = () => model('selector/lasso', ['feature-1', 'feature-2'], { intercept: -0.5, coefficients: { 'feature-1': 2, 'feature-2': -1 }, before: 6, after: 2 });
const held = () => exampleTable(12, 2, 'test');

async function run(inputs: Record<string, unknown>, settings: Record<string, unknown> = {}): Promise<Metrics> {
  return (await (await selection.operations.run.load())(inputs as never, parseParams(selection.params, settings), testContext())).metrics as Metrics;
}

describe('one fold', () => {
  test('the score is intercept plus coefficients times values, on both sides, with its AUC', async () => {
    const { entries } = await run({ models: [gathered(lasso())], training: exampleTable(30, 2), test: held() });
    expect(entries.map(({ role, rows }) => [role, rows])).toEqual([['training', 30], ['test', 12]]);
    const { score } = entries[1].detail as { score: { rows: string[]; value: Float64Array } };
    expect(score.rows[0]).toBe('test-001');
    expect(score.value[0]).toBeCloseTo(-0.5 + 2 * numbers(held(), 'feature-1')[0] - numbers(held(), 'feature-2')[0], 12);
    expect(entries[0].metrics[0]).toMatchObject({ name: 'scoreAuc', interval: 'DeLong' });
    for (const { detail } of entries) expect(() => encode(detail)).not.toThrow();
  });

  test('correlations: 1 on the diagonal, the same both ways; where values lie', async () => {
    const { entries: [{ detail }] } = await run({ training: exampleTable(30, 3) }, { correlation: 'spearman' });
    const { correlation, spread, features, score } = detail as { features: string[]; correlation: { method: string; matrix: Float64Array }; spread: { low: number; median: number; high: number }[]; score?: unknown };
    expect([features, correlation.method, score]).toEqual([['feature-1', 'feature-2', 'feature-3'], 'spearman', undefined]);
    expect([0, 4, 8].map((at) => correlation.matrix[at])).toEqual([1, 1, 1]);
    expect(correlation.matrix[1]).toBe(correlation.matrix[3]);
    expect(spread[0].low).toBe(Math.min(...numbers(exampleTable(30, 3), 'feature-1')));
    expect(spread[0].low < spread[0].median && spread[0].median < spread[0].high).toBe(true);
  });

  test('nothing chosen, or a lasso that was not the last word: no score', async () => {
    const { entries: [nothing] } = await run({ models: [gathered(model('selector/lasso', [], { intercept: 0.1, coefficients: {} }))], training: exampleTable(30, 0) });
    expect([nothing.detail.features, nothing.detail.score, nothing.metrics]).toEqual([[], undefined, []]);
    const { entries: [narrower] } = await run({ models: [gathered(lasso())], training: exampleTable(30, 1) });
    expect(narrower.detail.score).toBeUndefined();
  });
});

/** Three folds of ten candidates, of which each keeps two. */
const folds = (sets: readonly (readonly string[])[]) => sets.flatMap((set, i) => [gathered(model('selector/zero-variance', ['a', 'b', 'c'], { before: 10, after: 9 }), `r1f${i + 1}`), gathered(model('selector/lasso', set, { before: 9, after: set.length }), `r1f${i + 1}`)]);

async function stability(models: Gathered<Model>[]): Promise<Metrics['entries'][number]> {
  return ((await (await selection.operations.stability.load())({ models }, parseParams(selection.params, {}), testContext())).metrics as Metrics).entries[0];
}

describe('over folds', () => {
  test('worked example: a in all three folds, b in two, c in one', async () => {
    const entry = await stability(folds([['a', 'b'], ['a', 'b'], ['a', 'c']]));
    expect(entry.detail.frequency).toEqual([{ feature: 'a', count: 3 }, { feature: 'b', count: 2 }, { feature: 'c', count: 1 }]);
    expect(entry.rows).toBe(3);
    // Variances 3/2 x (0 + 2/9 + 2/9) = 2/3, over 10 candidates 1/15; a fifth is chosen, so chance has 4/25.
    expect(entry.metrics[0].value).toBeCloseTo(1 - 1 / 15 / 0.16, 12);
    expect(entry.metrics[0].lower).toBeLessThan(entry.metrics[0].value);
  });

  test('1 where every fold agrees', async () => {
    const same = await stability(folds([['a', 'b'], ['a', 'b'], ['a', 'b']]));
    expect(same.metrics[0]).toMatchObject({ value: 1, lower: 1, upper: 1 });
  });

  test('about 0 for sets drawn by chance', async () => {
    const sets = Array.from({ length: 60 }, (_, i) => [`f${(7 * i) % 10}`, `f${(7 * i + 1 + (i % 9)) % 10}`]);
    const { metrics: [chance] } = await stability(folds(sets));
    expect(Math.abs(chance.value)).toBeLessThan(0.05);
  });

  test.each([
    ['one fold', [['a']], 'too-few-folds'],
    ['nothing chosen', [[], []], 'nothing-chosen'],
    ['everything kept', [[...'abcdefghij'], [...'abcdefghij']], 'all-chosen'],
  ])('%s has a reason', async (_, sets, code) => expect((await stability(folds(sets))).metrics[0].reason?.code).toBe(code));

  test('a fold in which a selector failed is left out', async () => {
    const failed: Gathered<Model> = { step: 'lasso.fit', name: 'lasso', at: { fold: 'r1f4' }, failure: { code: 'one-class', message: 'One class.' } };
    expect((await stability([...folds([['a'], ['a']]), gathered(model('selector/zero-variance', ['a'], { before: 10 }), 'r1f4'), failed])).rows).toBe(2);
  });
});

describeContract(selection, {
  from: import.meta.url,
  examples: [
    { operation: 'run', inputs: () => ({ models: [gathered(lasso())], training: exampleTable(30, 2), test: held() }) },
    { operation: 'stability', inputs: () => ({ models: folds([['a', 'b'], ['a', 'c']]) }) },
  ],
});
