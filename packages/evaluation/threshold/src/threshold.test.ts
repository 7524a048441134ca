import { parseParams, type Plain, type Predictions, rowSetDigest } from '@radloom/core';
import { describeContract, testContext } from '@radloom/testkit';
import { expect, test } from 'vitest';
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

describeContract(threshold, {
  from: import.meta.url,
  examples: [{ operation: 'run', inputs: () => ({ predictions: six() }) }, { operation: 'run', inputs: () => ({ predictions: six() }), params: { rule: 'fixed' } }],
});
