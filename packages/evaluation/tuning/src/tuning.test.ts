import { type Gathered, parseParams, type Plain, type Predictions, rowSetDigest } from '@radloom/core';
import { describeContract, testContext } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import { choose } from './choose.js';
import plugin from './index.js';
import { metrics } from './scores.js';

const outcome = Uint8Array.of(1, 1, 0, 0);

/** Out-of-fold predictions of the four rows. */
function predictions(probability: number[], more: Partial<Predictions> = {}): Predictions {
  const rows = probability.map((_, i) => `c${i}`);
  return {
    type: 'predictions', model: 'knn', rows, outcome: outcome.slice(0, rows.length), probability: Float64Array.from(probability), role: 'out-of-fold',
    partition: { role: 'training', rowSet: rowSetDigest(rows) }, fittedOn: rowSetDigest(rows), threshold: 0.5, ...more,
  };
}
const gathered = (name: string, value?: Predictions, failure?: Gathered['failure']): Gathered<Predictions> => ({ step: `tune-${name}`, name, at: {}, value, failure });
const failed = (name: string, message: string) => gathered(name, undefined, { code: 'one-class', message, fix: 'Use fewer folds.' });

// AUC 3/4, 1, 1/2; Brier score (.01 + .36 + .25 + .04) / 4 = .165, (.16 + .16 + .16 + .16) / 4 = .16, .25.
const coarse = gathered('k3', predictions([0.9, 0.4, 0.5, 0.2]));
const timid = gathered('k5', predictions([0.6, 0.6, 0.4, 0.4]));
const blind = gathered('k9', predictions([0.5, 0.5, 0.5, 0.5]));
const candidates = [
  { name: 'k9', settings: { k: 9 } },
  { name: 'k5', settings: { k: 5 } },
  { name: 'k3', settings: { k: 3 } },
];

interface Choice {
  readonly name: string;
  readonly settings: Record<string, unknown>;
  readonly metric: string;
  readonly rows: number;
  readonly candidates: { name: string; score?: number; standardError?: number; failure?: { message: string } }[];
}

interface Apart {
  readonly folds: readonly { readonly id: string; readonly name: string; readonly probability: Float64Array }[];
}

async function tune(inputs: Gathered<Predictions>[], params: Record<string, unknown>, ctx = testContext(), folds?: readonly (readonly string[])[]) {
  const operation = await plugin.operations.run.load();
  const divided = folds === undefined ? {} : { folds: { type: 'data' as const, value: { folds: folds.map((test, f) => ({ id: `r1f${f + 1}`, test })) } } };
  const results = await operation({ candidates: inputs, ...divided }, parseParams(plugin.params, params), ctx);
  return { choice: (results.choice as Plain).value as Choice, predictions: results.predictions as Predictions, heldOut: results.heldOut as Predictions, apart: (results.apart as Plain).value as Apart };
}

describe('scores', () => {
  const measure = (name: keyof typeof metrics, probability: number[], threshold = 0.5) => metrics[name].measure(outcome, Float64Array.from(probability), threshold);

  test('are those of the textbook', () => {
    expect(measure('auc', [0.9, 0.4, 0.5, 0.2]).score).toBe(0.75);
    expect(measure('brier', [0.9, 0.4, 0.5, 0.2]).score).toBeCloseTo(0.165, 12);
    expect(measure('log-loss', [0.5, 0.5, 0.5, 0.5])).toEqual({ score: Math.LN2, standardError: 0 });
    expect(measure('accuracy', [0.9, 0.4, 0.5, 0.2]).score).toBe(0.5);
    expect(measure('accuracy', [0.9, 0.4, 0.5, 0.2], 0.3).score).toBe(0.75);
  });

  test('carry the standard error of their mean', () => {
    // Losses 0, 1, 1, 0: standard deviation 1/sqrt(3), over sqrt(4).
    expect(measure('accuracy', [0.9, 0.4, 0.5, 0.2]).standardError).toBeCloseTo(1 / Math.sqrt(12), 12);
    // Placements of the events 1 and 1/2, of the others 1/2 and 1: variance 1/8 each; 1/8/2 + 1/8/2.
    expect(measure('auc', [0.9, 0.4, 0.5, 0.2]).standardError).toBeCloseTo(Math.sqrt(1 / 8), 12);
  });

  test('of patients with several rows, the error is of patients', () => {
    // Losses 0, 1, 1, 0 of patients A, B, B, A: sums of distances from the mean -1, 1; 2 · 2 / 16.
    const clusters = { of: Uint32Array.of(0, 1, 1, 0), count: 2, turns: 1 };
    expect(metrics.accuracy.measure(outcome, Float64Array.of(0.9, 0.4, 0.5, 0.2), 0.5, clusters)).toEqual({ score: 0.5, standardError: 0.5 });
    expect(metrics.auc.measure(outcome, Float64Array.of(0.9, 0.4, 0.5, 0.2), 0.5, { of: Uint32Array.of(0, 1, 2, 3), count: 4, turns: 1 }).standardError).toBeCloseTo(Math.sqrt(1 / 8), 12);
  });

  test('a certain error costs a finite log loss', () => {
    expect(metrics['log-loss'].measure(Uint8Array.of(1), Float64Array.of(0), 0.5)).toEqual({ score: -Math.log(1e-15) });
  });
});

describe('the rule', () => {
  const scores = [{ score: 0.7 }, { score: 0.78, standardError: 0.01 }, { score: 0.8, standardError: 0.03 }, { score: 0.8, standardError: 0.01 }];
  test('best takes the first of equals', () => {
    expect(choose(scores, { largerIsBetter: true }, 'best')).toBe(2);
    expect(choose(scores, { largerIsBetter: false }, 'best')).toBe(0);
  });

  test('one-standard-error takes the first that is near enough', () => {
    expect(choose(scores, { largerIsBetter: true }, 'one-standard-error')).toBe(1);
    // Without a standard error only the best itself will do.
    expect(choose(scores, { largerIsBetter: false }, 'one-standard-error')).toBe(0);
  });
});

describe('tuning', () => {
  test.each([
    { metric: 'auc', rule: 'best', name: 'k5' },
    { metric: 'brier', rule: 'best', name: 'k5' },
    // The best, k5, has a Brier score of .16 without spread; AUC 1 has no variance either.
    { metric: 'brier', rule: 'one-standard-error', name: 'k5' },
    // k3 and k9 are right in half the rows, k5 in all.
    { metric: 'accuracy', rule: 'best', name: 'k5' },
  ])('by $metric, $rule: $name', async ({ metric, rule, name }) => {
    const { choice, predictions: winners } = await tune([coarse, timid, blind], { metric, rule, candidates });
    expect(choice).toMatchObject({ name, settings: { k: Number(name.slice(1)) }, metric, rows: 4 });
    expect(winners).toBe([coarse, timid, blind].find((entry) => entry.name === name)!.value);
  });

  test('reports every candidate in the order of preference', async () => {
    const { choice } = await tune([coarse, timid, blind], { candidates });
    expect(choice.candidates.map(({ name, score }) => [name, score])).toEqual([['k9', 0.5], ['k5', 1], ['k3', 0.75]]);
  });

  test('one standard error lets a preferred candidate win', async () => {
    // The best here is k3, .75 with a standard error of .354: .5 is near enough.
    expect((await tune([coarse, blind], { candidates: [candidates[0], candidates[2]], rule: 'one-standard-error' })).choice.name).toBe('k9');
    expect((await tune([coarse, blind], { candidates: [candidates[2], candidates[0]], rule: 'one-standard-error' })).choice.name).toBe('k3');
  });

  test('without a list, predictions stand for themselves', async () => {
    const { choice } = await tune([gathered('a', predictions([0.1, 0.1, 0.9, 0.9])), gathered('b', predictions([0.9, 0.9, 0.1, 0.1], { settings: { k: 7 } }))], {});
    expect(choice).toMatchObject({ name: 'b', settings: { k: 7 } });
  });

  test('a failed candidate is left out with a warning', async () => {
    const ctx = testContext();
    const { choice } = await tune([failed('k9', 'The 3 rows of a fold had one class.'), timid, coarse], { candidates }, ctx);
    expect(choice.name).toBe('k5');
    expect(choice.candidates[0]).toMatchObject({ name: 'k9', failure: { message: 'The 3 rows of a fold had one class.' } });
    expect(ctx.warnings).toMatchObject([{ code: 'candidate-failed' }]);
  });

  test('when all failed, the first cause is told', async () => {
    const all = [failed('k9', 'The 3 rows of a fold had one class.'), failed('k5', 'Another cause.')];
    await expect(tune(all, { candidates: candidates.slice(0, 2) })).rejects.toMatchObject({ code: 'no-candidate', fix: 'Use fewer folds.', data: { first: { code: 'one-class' } } });
    await expect(tune(all, { candidates: candidates.slice(0, 2) })).rejects.toThrow(/All 2 candidates failed. The first, k9: The 3 rows of a fold had one class./);
    await expect(tune([], {})).rejects.toMatchObject({ code: 'no-candidate' });
  });

  test('only rows that all candidates predicted are compared', async () => {
    // Without the second row k3 parts the classes; k5 still does.
    const partial = gathered('k3', predictions([0.9, NaN, 0.5, 0.2]));
    expect((await tune([partial, timid], { candidates: candidates.slice(1) })).choice).toMatchObject({ rows: 3, candidates: [{ score: 1 }, { score: 1 }] });
    await expect(tune([gathered('k3', predictions([NaN, NaN, NaN, NaN]))], {})).rejects.toMatchObject({ code: 'no-rows' });
  });

  test('what does not belong together is refused', async () => {
    await expect(tune([coarse], { candidates: candidates.slice(1) })).rejects.toMatchObject({ code: 'candidate-missing' });
    await expect(tune([coarse, timid], { candidates: candidates.slice(2) })).rejects.toMatchObject({ code: 'candidate-unknown' });
    await expect(tune([coarse, coarse], {})).rejects.toMatchObject({ code: 'candidate-twice' });
    await expect(tune([coarse, gathered('k5', predictions([0.1, 0.2, 0.3]))], {})).rejects.toMatchObject({ code: 'candidate-rows' });
    await expect(tune([gathered('k5', predictions([0.1, 0.2, 0.3, 0.4], { role: 'test' }))], {})).rejects.toMatchObject({ code: 'learning-rows' });
    await expect(tune([gathered('k5', predictions([0.1, 0.2]))], {})).rejects.toMatchObject({ code: 'one-class' });
  });
});

describe('judged by the other folds', () => {
  /** Eight rows in two folds of four: `first` parts the classes in the first fold and not in the second, `second` the other way round. */
  const y = Uint8Array.of(1, 1, 0, 0, 1, 1, 0, 0);
  const rows = Array.from(y, (_, i) => `c${i}`);
  const folds = [rows.slice(0, 4), rows.slice(4)];
  const made = (probability: number[], own: Uint8Array = y) => predictions(probability, { rows, outcome: own, partition: { role: 'training', rowSet: rowSetDigest(rows) } });
  const first = (own?: Uint8Array) => gathered('first', made([0.9, 0.8, 0.2, 0.1, 0.6, 0.3, 0.4, 0.5], own));
  const second = (own?: Uint8Array) => gathered('second', made([0.65, 0.35, 0.45, 0.55, 0.7, 0.75, 0.25, 0.15], own));

  test('each row has the probability of the candidate that does best in the other fold', async () => {
    const { choice, predictions: winners, heldOut, apart } = await tune([first(), second()], {}, testContext(), folds);
    // Both have AUC 1 in one fold and 1/2 in the other, so that each fold chooses the candidate that is no better than chance in it.
    expect(apart.folds.map(({ id, name }) => [id, name])).toEqual([['r1f1', 'second'], ['r1f2', 'first']]);
    expect([...heldOut.probability]).toEqual([0.65, 0.35, 0.45, 0.55, 0.6, 0.3, 0.4, 0.5]);
    expect(apart.folds.map(({ probability }) => probability)).toEqual([second().value!.probability, first().value!.probability]);
    expect(winners.probability).toEqual((choice.name === 'first' ? first() : second()).value!.probability);
    expect({ ...heldOut, probability: 0 }).toEqual({ ...winners, probability: 0 });
  });

  test('outcomes of a fold do not touch who predicts it', async () => {
    const exchanged = y.map((value, r) => (r < 4 ? 1 - value : value));
    const [before, after] = [await tune([first(), second()], {}, testContext(), folds), await tune([first(exchanged), second(exchanged)], {}, testContext(), folds)];
    expect(after.choice.candidates).not.toEqual(before.choice.candidates);
    expect([...after.heldOut.probability.subarray(0, 4)]).toEqual([...before.heldOut.probability.subarray(0, 4)]);
  });

  test('the rule is that of the choice: within one standard error the first is taken', async () => {
    const { apart } = await tune([second(), first()], { rule: 'one-standard-error' }, testContext(), folds);
    // In the second fold `second` itself is perfect; in the first, `first` is, without a standard error.
    expect(apart.folds.map(({ name }) => name)).toEqual(['second', 'first']);
    const blunt = gathered('blunt', made([0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5]));
    const noisy = gathered('noisy', made([0.9, 0.4, 0.5, 0.2, 0.9, 0.4, 0.5, 0.2]));
    expect((await tune([blunt, noisy], { rule: 'one-standard-error' }, testContext(), folds)).apart.folds.map(({ name }) => name)).toEqual(['blunt', 'blunt']);
    expect((await tune([blunt, noisy], {}, testContext(), folds)).apart.folds.map(({ name }) => name)).toEqual(['noisy', 'noisy']);
  });

  test('where folds repeat, the mean over a row’s folds', async () => {
    const { heldOut } = await tune([first(), second()], {}, testContext(), [...folds, ...folds]);
    expect([...heldOut.probability]).toEqual([0.65, 0.35, 0.45, 0.55, 0.6, 0.3, 0.4, 0.5]);
    const { heldOut: mixed, apart } = await tune([first(), second()], {}, testContext(), [...folds, ['c0', 'c7'], ['c1', 'c2', 'c3', 'c4', 'c5', 'c6']]);
    const by = new Map([['first', first().value!.probability], ['second', second().value!.probability]]);
    expect(mixed.probability[0]).toBeCloseTo((by.get(apart.folds[0].name)![0] + by.get(apart.folds[2].name)![0]) / 2, 15);
  });

  test('one candidate, or no folds: the winner’s own', async () => {
    const alone = await tune([first()], {}, testContext(), folds);
    expect(alone.heldOut).toBe(alone.predictions);
    const without = await tune([first(), second()], {});
    expect(without.heldOut).toBe(without.predictions);
    expect(without.apart.folds).toEqual([]);
  });

  test('where the other folds have one class, the first candidate is taken', async () => {
    const apart = (await tune([second(), first()], {}, testContext(), [['c0', 'c1', 'c4', 'c5'], ['c2', 'c3', 'c6', 'c7']])).apart.folds;
    expect(apart.map(({ name }) => name)).toEqual(['second', 'second']);
  });
});

describeContract(plugin, {
  from: import.meta.url,
  examples: [{ operation: 'run', inputs: () => ({ candidates: [coarse, timid, blind] }), params: { candidates, rule: 'one-standard-error' } }, { operation: 'run', inputs: () => ({ candidates: [coarse, timid, blind], folds: { type: 'data', value: { folds: [{ id: 'r1f1', test: ['c0', 'c2'] }, { id: 'r1f2', test: ['c1', 'c3'] }] } } }) }],
});
