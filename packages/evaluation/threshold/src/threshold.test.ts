import { parseParams, type Plain, type Predictions, rowSetDigest } from '@radloom/core';
import { describeContract, testContext } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import threshold from './index.js';

function predictions(outcome: readonly number[], probability: readonly number[], role: Predictions['role'] = 'out-of-fold'): Predictions {
  const rows = outcome.map((_, i) => `case-${i}`);
  return { type: 'predictions', model: 'svm', rows, role, partition: { role: 'training', rowSet: rowSetDigest(rows), fold: 'holdout' }, fittedOn: rowSetDigest(rows), threshold: 0.5, outcome: Uint8Array.from(outcome), probability: Float64Array.from(probability) };
}

async function choose(given: Predictions, settings: Record<string, unknown> = {}) {
  const ctx = testContext();
  const found = await (await threshold.operations.run.load())({ predictions: given }, parseParams(threshold.params, settings), ctx);
  return { value: (found.threshold as Plain).value as { threshold: number; sensitivity?: number; specificity?: number }, predictions: found.predictions as Predictions, warnings: ctx.warnings };
}

/** Three with the event at 0.9, 0.6 and 0.4, three without at 0.7, 0.4 and 0.1. */
const six = () => predictions([1, 1, 1, 0, 0, 0], [0.9, 0.6, 0.4, 0.7, 0.4, 0.1]);

test('youden: 0.25 (1 and 1/3), 0.5 (2/3 and 2/3) and 0.8 (1/3 and 1) all add up to 4/3; the middle one is taken', async () => {
  const { value } = await choose(six());
  expect(value).toMatchObject({ rule: 'youden', threshold: expect.closeTo(0.5, 14) as number, sensitivity: expect.closeTo(2 / 3, 14) as number, specificity: expect.closeTo(2 / 3, 14) as number });
});

test('top-left takes the two of three, and the predictions carry what was chosen', async () => {
  const { value, predictions: out } = await choose(six(), { rule: 'top-left' });
  expect(value.threshold).toBeCloseTo(0.5, 14);
  expect(out).toEqual({ ...six(), threshold: value.threshold });
});

test('sensitivity: the highest threshold that keeps two of three events lies between 0.4 and 0.6, all of them between 0.1 and 0.4', async () => {
  expect((await choose(six(), { rule: 'sensitivity', sensitivity: 0.6 })).value.threshold).toBeCloseTo(0.5, 14);
  expect((await choose(six(), { rule: 'sensitivity', sensitivity: 1 })).value.threshold).toBeCloseTo(0.25, 14);
});

test('fixed is the value', async () => {
  expect((await choose(six(), { rule: 'fixed', value: 0.3 })).value).toEqual({ rule: 'fixed', threshold: 0.3 });
});

test.each([
  ['a model that is wrong throughout', predictions([1, 1, 0, 0], [0.1, 0.2, 0.8, 0.9])],
  ['one class', predictions([1, 1, 1], [0.1, 0.2, 0.8])],
  ['one probability for all', predictions([1, 0, 1, 0], [0.5, 0.5, 0.5, 0.5])],
])('%s: the given value, with a warning', async (_, given) => {
  const { value, warnings } = await choose(given, { value: 0.4 });
  expect(value.threshold).toBe(0.4);
  expect(warnings).toEqual([expect.objectContaining({ code: 'threshold-not-chosen' })]);
});

test('a row without a probability is passed over', async () => {
  expect((await choose(predictions([1, 1, 1, 0, 0, 0, 1], [0.9, 0.6, 0.4, 0.7, 0.4, 0.1, NaN]))).value.threshold).toBeCloseTo(0.5, 14);
});

test.each(['training', 'test'] as const)('%s predictions are refused', async (role) => {
  await expect(choose(predictions([1, 0], [0.6, 0.4], role))).rejects.toMatchObject({ code: 'learning-rows' });
});

describe('rows that a threshold is chosen on', () => {
  // Two folds of the six rows: without the first fold 0.6 and 0.1 are left to choose between, without the second 0.9, 0.4 and 0.7, 0.4.
  const folds: Plain = { type: 'data', value: { folds: [{ id: 'r1f1', test: ['case-0', 'case-2', 'case-3', 'case-4'] }, { id: 'r1f2', test: ['case-1', 'case-5'] }] } };
  const apart = async (given: Predictions, settings: Record<string, unknown> = {}, more: Record<string, unknown> = {}) =>
    (await (await threshold.operations.run.load())({ predictions: given, folds, ...more } as never, parseParams(threshold.params, settings), testContext())) as { threshold: Plain; predictions: Predictions };

  test('are called each at the one that the other folds choose; the threshold for other rows stays', async () => {
    const { threshold: { value }, predictions: out } = await apart(six());
    expect((value as { threshold: number }).threshold).toBeCloseTo(0.5, 14);
    // 0.6 with and 0.1 without: 0.35. 0.9, 0.4 with and 0.7, 0.4 without: above 0.8 one of two events is called and no other, the best sum.
    expect(Array.from(out.thresholds!, (t) => Math.round(100 * t) / 100)).toEqual([0.35, 0.8, 0.35, 0.35, 0.35, 0.8]);
    expect(out.probability).toEqual(six().probability);
  });

  test('an outcome does not move its own threshold', async () => {
    const before = await apart(six());
    const after = await apart({ ...six(), outcome: Uint8Array.of(1, 0, 1, 0, 0, 1) });
    expect([after.predictions.thresholds![1], after.predictions.thresholds![5]]).toEqual([before.predictions.thresholds![1], before.predictions.thresholds![5]]);
    expect(after.predictions.thresholds![0]).not.toBe(before.predictions.thresholds![0]);
  });

  test('a fixed one needs no folds; what is reported may differ from what the threshold is chosen on', async () => {
    expect((await apart(six(), { rule: 'fixed', value: 0.3 })).predictions.thresholds).toBeUndefined();
    const heldOut = { ...six(), probability: six().probability.map((p) => p / 2) };
    const { threshold: { value }, predictions: out } = await apart(six(), {}, { heldOut });
    expect((value as { threshold: number }).threshold).toBeCloseTo(0.5, 14);
    expect(out.probability).toEqual(heldOut.probability);
    expect(out.thresholds![0]).toBeCloseTo(0.175, 14);
    await expect(apart(six(), {}, { heldOut: { ...six(), role: 'test' } })).rejects.toMatchObject({ code: 'learning-rows' });
  });
});

describeContract(threshold, {
  from: import.meta.url,
  examples: [{ operation: 'run', inputs: () => ({ predictions: six() }) }, { operation: 'run', inputs: () => ({ predictions: six() }), params: { rule: 'fixed' } }],
});
