import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  defineFeatureFamily, defineFilter, defineSelector, defineTransform, type FeatureValues, type FeatureVector, type Gathered, keepColumns, makeFeatureVector, makeTable, makeVolume, numbers, type Plugin, predictorNames, type Table,
  withColumns,
} from '@radloom/core';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { exampleRegion, exampleTable, exampleVolume, testContext } from './examples.js';
import { closeTo } from './matchers.js';
import { type CheckName, type Example, exampleRunProblems, staticProblems } from './problems.js';

const region = () => exampleRegion({ size: [2, 2, 1], values: Float64Array.of(1, 2, 2, 5) });
const family = (extract: () => FeatureValues): Plugin =>
  defineFeatureFamily({ name: 'probe', summary: 'A family for this test', params: z.strictObject({}), features: [{ name: 'A', unit: '1', summary: 'a', source: 'definition' }], load: async () => ({ extract }) });
const extraction: Example = { operation: 'extract', inputs: () => ({ region: region() }) };
const training = () => ({ table: exampleTable(12) });

/** A transform that centres by the mean: of the training rows (right) or of the rows it is applied to (wrong). */
const centring = (learnsInApply: boolean): Plugin =>
  defineTransform({
    name: 'probe', summary: 'A transform for this test', params: z.strictObject({}),
    load: async () => ({
      fit: (table) => ({ state: { mean: mean(numbers(table, 'feature-1')) } }),
      apply: (model, table) => {
        const shift = learnsInApply ? mean(numbers(table, 'feature-1')) : (model.state.mean as number);
        return withColumns(table, [{ kind: 'numeric', name: 'feature-1', values: numbers(table, 'feature-1').map((value) => value - shift) }]);
      },
    }),
  });
const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const applied = (plugin: Plugin): Example => ({
  operation: 'apply',
  inputs: async () => ({ model: (await (await plugin.operations.fit.load())(training(), {}, testContext())).model, table: exampleTable(10, 6, 'test') }),
});

/** A gathering step whose table lists rows in order of arrival (wrong) or by id (right). */
const gathering = (sorted: boolean): Plugin => ({
  contract: 1, kind: 'transform', name: 'probe', summary: 'A gathering step for this test', params: z.strictObject({}), about: {},
  operations: {
    run: {
      inputs: { features: { type: 'features', many: true } },
      outputs: { table: { type: 'table' } },
      load: async () => (inputs) => {
        const ids = (inputs.features as readonly Gathered[]).map((entry) => entry.at.case);
        return { table: makeTable({ rows: (sorted ? [...ids].sort() : ids).map((id) => ({ id })), columns: [] }) };
      },
    },
  },
});
const gathered: Example = {
  operation: 'run',
  inputs: () => ({ features: ['b', 'a'].map((id): Gathered<FeatureVector> => ({ step: 's', name: 's', at: { case: id }, value: makeFeatureVector(['A'], { A: 1 }) })) }),
};

let calls = 0;

const broken: readonly (readonly [name: string, check: CheckName, plugin: Plugin, example: Example])[] = [
  [
    'writes to its input', 'input-changed',
    defineFilter({ name: 'probe', summary: 'A filter for this test', params: z.strictObject({}), outputs: () => ['x'], load: async () => ({ apply: (volume) => ((volume.data[0] = 7), { x: makeVolume(volume.geometry, volume.data.slice()) }) }) }),
    { operation: 'apply', inputs: () => ({ volume: exampleVolume() }) },
  ],
  ['remembers earlier calls', 'not-repeatable', family(() => ({ A: calls++ })), extraction],
  ['depends on the order of its gathered inputs', 'order-dependent', gathering(false), gathered],
  ['uses Math.random', 'chance', family(() => ({ A: Math.random() })), extraction],
  ['uses the clock', 'clock', family(() => ({ A: Date.now() })), extraction],
  ['returns NaN without a reason', 'nan-without-reason', family(() => ({ A: NaN })), extraction],
  ['returns a feature under another name', 'feature-names', family(() => ({ B: 1 })), extraction],
  ['learns in apply', 'learns-in-apply', centring(true), applied(centring(true))],
  [
    'chooses columns in apply', 'learns-in-apply',
    ((): Plugin => {
      const right = defineSelector({ name: 'probe', summary: 'A selector for this test', params: z.strictObject({}), load: async () => ({ select: (table) => ({ selected: predictorNames(table) }) }) });
      const load = async () => (inputs: { readonly table?: unknown }) => ({ table: keepColumns(inputs.table as Table, predictorNames(inputs.table as Table).filter((name) => numbers(inputs.table as Table, name)[1] > 0)) });
      return { ...right, operations: { ...right.operations, apply: { ...right.operations.apply, load: load as never } } };
    })(),
    applied(defineSelector({ name: 'probe', summary: 'A selector for this test', params: z.strictObject({}), load: async () => ({ select: (table) => ({ selected: predictorNames(table) }) }) })),
  ],
  [
    'throws a bare Error', 'bare-error',
    family(() => {
      throw new TypeError('x is undefined');
    }),
    extraction,
  ],
  [
    'leaves an output out', 'output-missing',
    defineFilter({ name: 'probe', summary: 'A filter for this test', params: z.strictObject({}), outputs: () => ['x', 'y'], load: async () => ({ apply: (volume) => ({ x: volume }) }) }),
    { operation: 'apply', inputs: () => ({ volume: exampleVolume() }) },
  ],
];

describe('a broken plugin is caught, and what it breaks is named', () => {
  test.each(broken)('%s: %s', async (_, check, plugin, example) => {
    expect((await exampleRunProblems(plugin, example)).map((problem) => problem.check)).toContain(check);
  });

  test('the same plugins, mended, are found to be right', async () => {
    expect(await exampleRunProblems(family(() => ({ A: 1 })), extraction)).toEqual([]);
    expect(await exampleRunProblems(centring(false), applied(centring(false)))).toEqual([]);
    expect(await exampleRunProblems(gathering(true), gathered)).toEqual([]);
  });
});

describe('manifest and package', () => {
  const folder = mkdtempSync(join(tmpdir(), 'radloom-contract-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const from = pathToFileURL(join(folder, 'src', 'x.test.ts')).href;
  mkdirSync(join(folder, 'dist'));
  const modules = (imports: string[]) => writeFileSync(join(folder, 'dist', 'modules.json'), JSON.stringify({ modules: { 'work.js': { digest: '', imports: imports.map((name) => ({ from: name, names: '*' })), dynamic: [], passes: [], exports: [] } } }));
  const right = family(() => ({ A: 1 }));
  const checks = (plugin: Plugin, examples: readonly Example[] = [extraction]) => staticProblems(plugin, { from, examples }).map((problem) => problem.check);

  test('a package that touches node: is caught', () => {
    modules(['node:fs']);
    expect(checks(right)).toEqual(['built-code']);
    modules(['@radloom/core']);
    expect(checks(right)).toEqual([]);
  });
  test('a name, a summary, settings and examples that are not right are caught', () => {
    expect(checks({ ...right, name: 'My Family' })).toEqual(['manifest']);
    expect(checks({ ...right, summary: 'x' })).toEqual(['manifest']);
    expect(checks({ ...right, params: z.object({}) })).toEqual(['settings']);
    expect(checks({ ...right, params: z.strictObject({ needed: z.number() }) })).toEqual(['settings']);
    expect(checks(right, [])).toEqual(['examples']);
  });
});

test('closeTo: relative to the larger, absolute near zero, NaN with NaN only', () => {
  expect(closeTo(1 + 1e-10, 1)).toBe(true);
  expect(closeTo(1 + 1e-8, 1)).toBe(false);
  expect(closeTo(0, 1e-13)).toBe(true);
  expect(closeTo(NaN, NaN)).toBe(true);
  expect(closeTo(NaN, 1)).toBe(false);
  expect(closeTo(Infinity, Infinity)).toBe(true);
});
