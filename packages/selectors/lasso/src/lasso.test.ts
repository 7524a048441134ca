import { makeTable, type Table } from '@radloom/core';
import { describeContract, exampleTable, testContext } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import plugin from './index.js';
import { dealFolds } from './folds.js';
import { select } from './select.js';

const settings = { folds: 5, rule: 'lambda.1se' as const, alpha: 1, loss: 'deviance' as const, lambdaCount: 50, solver: 'newton' as const };

describe('the lasso', () => {
  test('keeps the one column that carries the outcome, and shows its path', () => {
    const ctx = testContext();
    const { selected, summary } = select(exampleTable(120), settings, ctx);
    expect(selected).toContain('feature-1');
    const { lambda, cvm, cvsd, nonzero, chosen, lambda1se, coefficients, paths } = summary as { lambda: Float64Array; cvm: Float64Array; cvsd: Float64Array; nonzero: Float64Array; chosen: number; lambda1se: number; coefficients: Record<string, number>; paths: Record<string, Float64Array> };
    expect([cvm.length, cvsd.length, nonzero.length]).toEqual([lambda.length, lambda.length, lambda.length]);
    expect(chosen).toBe(lambda1se);
    expect(Object.keys(coefficients)).toEqual(selected);
    expect(coefficients['feature-1']).toBeGreaterThan(0);
    // Paths are per standard deviation.
    const values = (exampleTable(120).columns[1] as { values: Float64Array }).values;
    const mean = values.reduce((sum, value) => sum + value, 0) / 120;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 120);
    expect(paths['feature-1'][lambda.indexOf(chosen)]).toBeCloseTo(coefficients['feature-1'] * deviation, 12);
  });
  test('keeps no more at one standard error than at the minimum', () => {
    const at = (rule: 'lambda.1se' | 'lambda.min') => select(exampleTable(120), { ...settings, rule }, testContext()).selected.length;
    expect(at('lambda.1se')).toBeLessThanOrEqual(at('lambda.min'));
  });
  test('keeps the same by glmnet’s descent where that comes near the optimum', () => {
    const by = (solver: 'newton' | 'cyclical') => select(exampleTable(120), { ...settings, solver }, testContext());
    expect(by('cyclical').selected).toEqual(by('newton').selected);
  });
  test('that keeps nothing says so and is no error', () => {
    const noise: Table = { ...exampleTable(60) };
    const y = noise.columns[0] as { values: Float64Array };
    const quiet = makeTable({ ...noise, role: 'training', columns: [noise.columns[0], { kind: 'numeric', name: 'x', values: y.values.map((_, i) => Math.sin(i * 12.9898) * 43758 % 1) }] });
    const ctx = testContext();
    const { selected } = select(quiet, settings, ctx);
    if (selected.length === 0) expect(ctx.warnings.map((warning) => warning.code)).toContain('lasso-nothing-kept');
    else expect(selected).toEqual(['x']);
  });
  test('folds keep a patient together and hold as many events each, give or take one', () => {
    const rows = Array.from({ length: 60 }, (_, i) => ({ id: `scan-${i}`, patient: `patient-${i >> 1}` }));
    const y = Uint8Array.from({ length: 60 }, (_, i) => Number(i % 6 < 2));
    const folds = dealFolds(rows, y, 5, [1, 2, 3, 4]);
    rows.forEach((_, i) => expect(folds[i]).toBe(folds[i ^ 1]));
    const events = Array.from({ length: 5 }, (_, fold) => y.filter((value, i) => value === 1 && folds[i] === fold).length);
    expect(events).toEqual([4, 4, 4, 4, 4]);
    expect(dealFolds(rows, y, 5, [1, 2, 3, 5])).not.toEqual(folds);
  });
  test('refuses a missing value by column and row, and more folds than rows of an outcome', () => {
    const holed = exampleTable(60);
    (holed.columns[2] as { values: Float64Array }).values[7] = NaN;
    expect(() => select(holed, settings, testContext())).toThrow(/feature-2.*case-008/s);
    expect(() => select(exampleTable(12), { ...settings, folds: 10 }, testContext())).toThrow(/10 folds need 10 training rows/);
  });
});
const inputs = () => ({ table: exampleTable(60) });
const params = { folds: 5 };
describeContract(plugin, {
  from: import.meta.url,
  examples: [
    { operation: 'fit', inputs, params },
    { operation: 'apply', inputs: async () => ({ model: (await (await plugin.operations.fit.load())(inputs(), plugin.params.parse(params), testContext())).model, table: exampleTable(10, 6, 'test') }), params },
  ],
});
