import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  defineClassifier, defineEvaluation, defineFeatureFamily, defineFilter, defineSelector, defineTransform, type Extract, type FeatureVector, type Gathered, keepColumns, makeFeatureVector, makeTable, makeVolume, type Model, numbers, type Plugin,
  predictorNames, RadloomError, type Table, undefinedFeature, type Volume, withColumns,
} from '@radloom/core';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { exampleRegion, exampleTable, exampleVolume, testContext } from './examples.js';
import { closeTo } from './matchers.js';
import { type CheckName, checks, type Example } from './problem.js';
import { contractProblems, exampleProblems } from './problems.js';

const nothing = z.strictObject({});
const mean = (values: ArrayLike<number>): number => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

/** A family of the features A and B; what it does not return is 0. */
const family = (extract: Extract): Plugin =>
  defineFeatureFamily({
    name: 'probe', summary: 'A family for this test', params: nothing, features: ['A', 'B'].map((name) => ({ name, unit: '1', summary: name, source: 'definition' })),
    load: async () => ({ extract: async (...given) => ({ B: mean(given[0].values.map((value) => (Number.isNaN(value) ? 0 : value))), ...(await extract(...given)) }) }),
  });
const extraction: Example = { operation: 'extract', inputs: () => ({ region: exampleRegion({ size: [2, 2, 1], values: Float64Array.of(1, 2, 2, 5) }) }) };
/** The mean of the voxels that are numbers, as a family should give it. */
const rightMean: Extract = (region) => (region.values.some(Number.isNaN) ? { A: undefinedFeature('no-number', 'A voxel is not a number.') } : { A: mean(region.values) });

const filter = (apply: (volume: Volume) => Record<string, Volume>, images = ['x']): Plugin => defineFilter({ name: 'probe', summary: 'A filter for this test', params: nothing, outputs: () => images, load: async () => ({ apply }) });
const filtering: Example = { operation: 'apply', inputs: () => ({ volume: exampleVolume([4, 4, 2]) }) };

const training = () => ({ table: exampleTable(12) });
const fitting: Example = { operation: 'fit', inputs: training };
const applied = (plugin: Plugin, operation = 'apply'): Example => ({
  operation,
  inputs: async () => ({ model: (await (await plugin.operations.fit.load())(training(), {}, testContext())).model, ...(operation === 'predict' ? training() : { table: exampleTable(10, 6, 'test') }) }),
});

/** A transform that subtracts something from every predictor. */
const shifting = (shift: (values: Float64Array, learned: number, row: number) => number): Plugin =>
  defineTransform({
    name: 'probe', summary: 'A transform for this test', params: nothing,
    load: async () => ({
      fit: (table) => ({ state: { means: predictorNames(table).map((name) => mean(numbers(table, name).filter((value) => !Number.isNaN(value)))) } }),
      apply: (model, table) => withColumns(table, model.predictors.map((name, c) => ({ kind: 'numeric', name, values: numbers(table, name).map((value, row, values) => value - shift(values, (model.state.means as number[])[c], row)) }))),
    }),
  });

/** A classifier that predicts the same share of events for everybody, changed by what the test breaks. */
const classifying = (probability: (share: number, x: Float64Array, rows: number, row: number) => number): Plugin =>
  defineClassifier({
    name: 'probe', summary: 'A classifier for this test', params: nothing,
    load: async () => ({
      fit: ({ y }) => ({ state: { share: mean(y) } }),
      predict: (model: Model, x, rows) => Float64Array.from({ length: rows }, (_, row) => probability(model.state.share as number, x, rows, row)),
    }),
  });

/** A gathering step whose table lists rows in order of arrival (wrong) or by id (right). */
const gathering = (sorted: boolean): Plugin => ({
  contract: 1, kind: 'transform', name: 'probe', summary: 'A gathering step for this test', params: nothing, about: {},
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

const selector = defineSelector({ name: 'probe', summary: 'A selector for this test', params: nothing, load: async () => ({ select: (table) => ({ selected: predictorNames(table) }) }) });
/** The same, but what it keeps depends on the rows that it is applied to. */
const choosing: Plugin = {
  ...selector,
  operations: { ...selector.operations, apply: { ...selector.operations.apply, load: async () => ({ table }) => ({ table: keepColumns(table as Table, predictorNames(table as Table).filter((name) => mean(numbers(table as Table, name)) > 0)) }) } },
};

const evaluation: Plugin = defineEvaluation({
  name: 'probe', summary: 'An evaluation for this test', params: nothing, inputs: {}, outputs: { metrics: { type: 'metrics' } },
  load: async () => ({ run: () => ({ metrics: { type: 'metrics', family: 'probe', entries: [{ model: 'm', role: 'test', rows: 1, events: 1, metrics: [{ name: 'auc', value: NaN }], detail: {} }] } }) }),
});

let calls = 0;
let remembered: number | undefined;
let last: number | undefined;
/** By row: fitting the same rows again changes nothing. */
const seen = new Map<string, number>();
const remembering = defineTransform({
  name: 'probe', summary: 'A transform for this test', params: nothing,
  load: async () => ({
    fit: (table) => {
      for (const [r, { id }] of table.rows.entries()) seen.set(id, table.columns.length < 2 ? 0 : numbers(table, table.columns[1].name)[r]);
      return { state: { mean: mean([...seen.values()]) } };
    },
    apply: (_, table) => table,
  }),
});

const broken: readonly (readonly [name: string, check: CheckName, plugin: Plugin, example: Example])[] = [
  ['writes to its input', 'input-changed', filter((volume) => ((volume.data[0] = 7), { x: makeVolume(volume.geometry, volume.data.slice()) })), filtering],
  ['leaves an output out', 'output-missing', filter((volume) => ({ x: volume }), ['x', 'y']), filtering],
  ['counts its calls', 'not-repeatable', family(() => ({ A: calls++ })), extraction],
  ['keeps the result of its first call', 'remembers-calls', family((region) => ({ A: (remembered ??= mean(region.values)), B: 0 })), extraction],
  [
    'starts where the call before ended', 'remembers-calls',
    filter((volume) => {
      const moved = last === undefined || last === volume.data[0] ? 0 : 1;
      last = volume.data[0];
      return { x: makeVolume(volume.geometry, Float64Array.from(volume.data, (value) => value + moved)) };
    }),
    filtering,
  ],
  ['keeps rows of earlier fits', 'remembers-calls', remembering, fitting],
  ['lists gathered inputs as they arrive', 'order-dependent', gathering(false), gathered],
  ['treats a row by where it stands', 'order-dependent', shifting((_, learned, row) => learned + row), applied(shifting((_, learned) => learned))],
  ['uses Math.random', 'chance', family(() => ({ A: Math.random() })), extraction],
  ['uses Math.random and does not let it show', 'chance', family((region) => ({ A: Math.random() < 2 ? mean(region.values) : 0 })), extraction],
  ['uses the random numbers of the machine', 'chance', family((region) => ({ A: mean(region.values) + (crypto.getRandomValues(new Uint8Array(1))[0] < 256 ? 0 : 1) })), extraction],
  ['uses the clock', 'clock', family(() => ({ A: Date.now() })), extraction],
  ['uses the date', 'clock', family(() => ({ A: new Date().getFullYear() })), extraction],
  ['measures time', 'clock', family((region) => ({ A: performance.now() > 0 ? mean(region.values) : 0 })), extraction],
  ['returns NaN without a reason', 'nan-without-reason', family(() => ({ A: NaN })), extraction],
  ['divides by the spread of a flat region', 'nan-without-reason', family((region) => ({ A: (region.values[0] - mean(region.values)) / (Math.max(...region.values) - Math.min(...region.values)) })), extraction],
  ['loses values of a constant column', 'nan-without-reason', shifting((values, learned) => (values.every((value) => value === values[0]) ? NaN : learned)), fitting],
  ['predicts no probability', 'nan-without-reason', classifying((share) => share + 0.7), fitting],
  ['measures nothing and does not say why', 'nan-without-reason', evaluation, { operation: 'run', inputs: () => ({}) }],
  ['returns a feature under another name', 'feature-names', defineFeatureFamily({ name: 'probe', summary: 'A family for this test', params: nothing, features: [{ name: 'A', unit: '1', summary: 'a', source: 'definition' }], load: async () => ({ extract: () => ({ B: 1 }) }) }), extraction],
  ['computes a feature by what else is asked for', 'feature-names', family((region, { include }) => ({ A: mean(region.values), B: include.length })), extraction],
  ['learns in apply', 'learns-in-apply', shifting((values) => mean(values)), applied(shifting((values) => mean(values)))],
  ['chooses columns in apply', 'learns-in-apply', choosing, applied(selector)],
  ['predicts from the other rows', 'learns-in-apply', classifying((share, x, rows, row) => share / (1 + Math.exp(mean(x.subarray(0, rows)) - x[row]))), applied(classifying((share) => share), 'predict')],
  [
    'throws a bare Error', 'bare-error',
    family(() => {
      throw new TypeError('x is undefined');
    }),
    extraction,
  ],
  ['fails on a region of one voxel', 'bare-error', family((region) => ({ A: Number(region.values[1].toFixed(1)) })), extraction],
  ['fails on a table without predictors', 'bare-error', { ...selector, ...defineSelector({ name: 'probe', summary: 'A selector for this test', params: nothing, load: async () => ({ select: (table) => ({ selected: [predictorNames(table)[0].trim()] }) }) }) }, fitting],
  [
    'refuses its own example', 'examples',
    family(() => {
      throw new RadloomError({ code: 'no', what: 'It does not work.' });
    }),
    extraction,
  ],
];

const found = async (plugin: Plugin, example: Example): Promise<CheckName[]> => [...new Set((await exampleProblems(plugin, example)).map(({ check }) => check))];

describe('a broken plugin is caught, and what it breaks is named', () => {
  test.each(broken)('%s: %s', async (_, check, plugin, example) => expect(await found(plugin, example)).toContain(check));

  test.each([
    ['a family', family(rightMean), extraction],
    ['a filter', filter((volume) => ({ x: makeVolume(volume.geometry, Float64Array.from(volume.data, Math.abs)) })), filtering],
    ['a transform, when it learns', shifting((_, learned) => learned), fitting],
    ['a transform, when it applies', shifting((_, learned) => learned), applied(shifting((_, learned) => learned))],
    ['a selector', selector, applied(selector)],
    ['a classifier, when it learns', classifying((share) => share), fitting],
    ['a classifier, when it predicts', classifying((share) => share), applied(classifying((share) => share), 'predict')],
    ['a gathering step', gathering(true), gathered],
  ] as const)('%s that keeps every promise is found to be right', async (_, plugin, example) => expect(await exampleProblems(plugin, example)).toEqual([]));
});

describe('manifest and package', () => {
  const folder = mkdtempSync(join(tmpdir(), 'radloom-contract-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const from = pathToFileURL(join(folder, 'src', 'x.test.ts')).href;
  mkdirSync(join(folder, 'dist'));
  const build = (imports: string[], code = '') => {
    writeFileSync(join(folder, 'dist', 'work.js'), code);
    writeFileSync(join(folder, 'dist', 'modules.json'), JSON.stringify({ modules: { 'work.js': { digest: '', imports: imports.map((name) => ({ from: name, names: '*' })), dynamic: [], passes: [], exports: [] } } }));
  };
  const right = family(rightMean);
  const problems = async (plugin: Plugin, examples: readonly Example[] = [extraction]) => [...new Set((await contractProblems(plugin, { from, examples })).map(({ check }) => check))];

  test.each([
    ['imports node:fs', ['node:fs'], ''],
    ['imports a module of Node by its bare name', ['path'], ''],
    ['asks process', ['@radloom/core'], "export const home = () => process.env.HOME;"],
    ['makes a Buffer', ['@radloom/core'], 'export const bytes = (text) => Buffer.from(text);'],
  ])('a package that %s is caught', async (_, imports, code) => {
    build(imports, code);
    expect(await problems(right)).toEqual(['built-code']);
  });

  test('one that only speaks of them is not', async () => {
    build(['@radloom/core'], "// process.env is Node's\nexport const text = 'Buffer.from(x)';\nexport const run = (process) => process.start();\nexport const of = (job) => job.process.id;\n");
    expect(await problems(right)).toEqual([]);
  });

  test('a name, a summary, settings and examples that are not right are caught', async () => {
    expect(await problems({ ...right, name: 'My Family' })).toEqual(['manifest']);
    expect(await problems({ ...right, summary: 'x' })).toEqual(['manifest']);
    expect(await problems({} as Plugin)).toEqual(['manifest']);
    expect(await problems({ ...right, params: z.object({ include: z.array(z.string()).default(['A', 'B']) }) as never })).toEqual(['settings']);
    expect(await problems({ ...selector, params: z.strictObject({ needed: z.number() }) }, [])).toEqual(['settings', 'examples']);
    expect(await problems(right, [])).toEqual(['examples']);
  });

  test('every check is broken by some plugin above', () => {
    const shown = new Set<string>([...broken.map(([, check]) => check), 'manifest', 'settings', 'examples', 'built-code']);
    expect(Object.keys(checks).filter((check) => !shown.has(check))).toEqual([]);
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
