import { isRadloomError, random } from '@radloom/core';
import { describe, expect, test } from 'vitest';
import { applyCombat, fitCombat } from './index.js';

const stream = random([4, 3, 2, 1]);
const batch = Array.from({ length: 60 }, (_, i) => (i < 30 ? 'A' : 'B'));
const covariate = Float64Array.from({ length: 60 }, () => stream.normal());
/** 40 features; batch B is shifted by 2 and twice as wide; the covariate adds 0.5 of itself. */
const features = Array.from({ length: 40 }, () => Float64Array.from(batch, (name, i) => (name === 'B' ? 2 + 2 * stream.normal() : stream.normal()) + 0.5 * covariate[i]));

const meanOf = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0) / values.length;
const apart = (values: Float64Array) => meanOf(values.subarray(30)) - meanOf(values.subarray(0, 30));
const spreadOf = (values: Float64Array) => {
  const centre = meanOf(values);
  return Math.sqrt(meanOf(values.map((value) => (value - centre) ** 2)));
};

describe('ComBat', () => {
  const model = fitCombat(features, batch, [covariate]);
  const adjusted = applyCombat(model, features, batch, [covariate]);

  test('batches end at the same place and width', () => {
    expect(Math.abs(meanOf(features.map(apart)))).toBeGreaterThan(1.8);
    expect(Math.abs(meanOf(adjusted.map(apart)) - 0.5 * apart(covariate))).toBeLessThan(0.02); // what the covariate explains stays
    const ratio = meanOf(adjusted.map((values) => spreadOf(values.subarray(30)) / spreadOf(values.subarray(0, 30))));
    expect(ratio).toBeGreaterThan(0.9);
    expect(ratio).toBeLessThan(1.1);
  });

  test('new rows of a known batch are adjusted by what was learned, row by row', () => {
    const some = [3, 40, 59];
    const again = applyCombat(model, features.map((values) => Float64Array.from(some, (i) => values[i])), some.map((i) => batch[i]), [Float64Array.from(some, (i) => covariate[i])]);
    again.forEach((values, f) => expect([...values]).toEqual(some.map((i) => adjusted[f][i])));
  });

  test('mean only: widths stay; a reference batch stays as it is', () => {
    const shifted = applyCombat(fitCombat(features, batch, [], { meanOnly: true }), features, batch);
    expect(spreadOf(shifted[0].subarray(30))).toBeCloseTo(spreadOf(features[0].subarray(30)), 10);
    const kept = applyCombat(fitCombat(features, batch, [], { reference: 'A' }), features, batch);
    expect([...kept[5].subarray(0, 30)]).toEqual([...features[5].subarray(0, 30)]);
    expect(Math.abs(meanOf(kept.map(apart)))).toBeLessThan(0.05);
  });

  test('a feature that is constant within a batch is left alone', () => {
    const flat = Float64Array.from(batch, (name, i) => (name === 'A' ? 1 : i));
    const all = [flat, ...features];
    expect([...applyCombat(fitCombat(all, batch), all, batch)[0]]).toEqual([...flat]);
  });

  test.each([
    ['combat-batches', () => fitCombat(features, batch.map(() => 'A'))],
    ['combat-confounded', () => fitCombat(features, batch, [Float64Array.from(batch, (name) => (name === 'A' ? 1 : 0))])],
    ['combat-batch-unknown', () => applyCombat(model, features, batch.map(() => 'C'), [covariate])],
  ])('%s', (code, action) => {
    try {
      action();
      expect.unreachable();
    } catch (error) {
      expect(isRadloomError(error) && error.code).toBe(code);
    }
  });
});
