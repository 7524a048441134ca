import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  codecs, column, decodePort, defineClassifier, defineSelector, encodePort, type Failure, keepColumns, makeFeatureVector, makeGeometry, makeMask, makeRegion, makeTable, makeVolume, memoBuilds,
  type Model, nearestName, once, outcomeOf, paramsJsonSchema, parseParams, RadloomError, random, takeRows, undefinedFeature, voxelIndices, indexToWorld, worldToIndex, type Table, type Context,
} from './index.js';

const problem = (action: () => unknown): RadloomError => {
  try {
    action();
  } catch (error) {
    return error as RadloomError;
  }
  throw new Error('nothing was thrown');
};

describe('errors', () => {
  test('say what, where and how to fix', () => {
    const error = new RadloomError({ code: 'mask-empty', what: 'The mask is empty.', fix: 'Draw a region.', where: { file: 'm.nii', line: 3, column: 4, case: 'P1', step: 'mask', field: 'label' } });
    expect(error.message).toBe('m.nii:3:4, case P1, step mask, label: The mask is empty.\n  Draw a region.');
    expect(error.at({ case: 'P2', file: 'other' }).where).toMatchObject({ case: 'P1', file: 'm.nii' });
  });

  test.each([['glmc', 'glcm'], ['binwidth', 'binWidth'], ['Sigma', 'sigma'], ['zzz', undefined]])('nearest to %s is %s', (typed, meant) => {
    expect(nearestName(typed, ['glcm', 'glrlm', 'binWidth', 'sigma'])).toBe(meant);
  });
});

describe('settings', () => {
  const schema = z.strictObject({ binWidth: z.number().positive().default(25), nested: z.strictObject({ depth: z.int().default(1) }).default({ depth: 1 }), mode: z.enum(['a', 'b']).default('a') });
  test('defaults are filled in', () => expect(parseParams(schema, {})).toEqual({ binWidth: 25, nested: { depth: 1 }, mode: 'a' }));
  test('an unknown one is refused with the nearest name', () => {
    const error = problem(() => parseParams(schema, { binwidth: 5 }, { step: 'discretise' }));
    expect(error).toMatchObject({ code: 'unknown-setting', fix: 'Did you mean binWidth?', where: { step: 'discretise', field: 'binwidth' } });
    expect(problem(() => parseParams(schema, { nested: { dpth: 2 } })).fix).toBe('Did you mean depth?');
  });
  test('a bad value names the field and what is allowed', () => {
    expect(problem(() => parseParams(schema, { mode: 'c' }))).toMatchObject({ code: 'bad-setting', fix: 'Allowed: a, b.', where: { field: 'mode' } });
  });
  test('are exported as JSON Schema', () => expect(paramsJsonSchema(schema)).toMatchObject({ type: 'object', additionalProperties: false, properties: { binWidth: { default: 25 } } }));
});

describe('geometry', () => {
  const geometry = makeGeometry({ size: [4, 5, 6], spacing: [0.5, 0.75, 2], origin: [-10, 20, 30], direction: [0, -1, 0, 1, 0, 0, 0, 0, 1] });
  test('the first column of the direction is where x goes', () => expect(indexToWorld(geometry, [1, 0, 0])).toEqual([-10, 20.5, 30]));
  test('world and index are inverse', () => {
    const [x, y, z] = worldToIndex(geometry, indexToWorld(geometry, [1.5, 2.25, -3]));
    expect([x, y, z].map((v) => Math.round(v * 1e12) / 1e12)).toEqual([1.5, 2.25, -3]);
  });
  test.each([[{ size: [0, 1, 1] }, 'geometry-size'], [{ size: [1, 1, 1], spacing: [1, 0, 1] }, 'geometry-spacing'], [{ size: [1, 1, 1], direction: [1, 0, 0, 1, 0, 0, 0, 0, 1] }, 'geometry-direction']])('refuses %j', (init, code) => {
    expect(problem(() => makeGeometry(init as never)).code).toBe(code);
  });
});

test('a memo is built once an object and key', () => {
  const owner = {};
  let built = 0;
  for (let i = 0; i < 3; i++) once(owner, 'walk:1', () => ++built);
  once(owner, 'walk:2', () => ++built);
  expect(built).toBe(2);
  expect(Object.fromEntries(memoBuilds(owner))).toEqual({ 'walk:1': 1, 'walk:2': 1 });
});

test('voxel indices ascend, x fastest', () => {
  const mask = makeMask(makeGeometry({ size: [2, 2, 2] }), Uint8Array.of(0, 1, 1, 0, 0, 0, 0, 1));
  expect(Array.from(voxelIndices(mask))).toEqual([1, 2, 7]);
});

describe('feature vectors', () => {
  test('NaN comes with a reason or not at all', () => {
    expect(problem(() => makeFeatureVector(['A'], { A: NaN })).code).toBe('nan-without-reason');
    const vector = makeFeatureVector(['A', 'B'], { A: 1, B: undefinedFeature('constant-region', 'The region is constant.') });
    expect(vector.values[1]).toBeNaN();
    expect(vector.reasons.B.code).toBe('constant-region');
  });
  test('names are as promised', () => {
    expect(problem(() => makeFeatureVector(['A'], {})).code).toBe('feature-missing');
    expect(problem(() => makeFeatureVector(['A'], { A: 1, B: 2 })).code).toBe('feature-unknown');
  });
});

const table = (role: Table['partition']['role'] = 'training'): Table =>
  makeTable({
    role,
    rows: ['a', 'b', 'c', 'd'].map((id) => ({ id })),
    outcome: { column: 'y', event: '1' },
    columns: [
      { kind: 'numeric', name: 'y', values: Float64Array.of(0, 1, 0, 1) },
      { kind: 'numeric', name: 'x1', values: Float64Array.of(1, 2, 3, 4) },
      { kind: 'numeric', name: 'x2', values: Float64Array.of(4, 3, 2, 1) },
    ],
  });

describe('tables', () => {
  test('refuse duplicate rows, duplicate columns and columns of other length', () => {
    expect(problem(() => makeTable({ rows: [{ id: 'a' }, { id: 'a' }], columns: [] })).code).toBe('row-duplicate');
    expect(problem(() => makeTable({ rows: [{ id: 'a' }], columns: [{ kind: 'numeric', name: 'x', values: Float64Array.of(1, 2) }] })).code).toBe('column-length');
  });
  test('a partition is known by its rows, in any order', () => {
    expect(takeRows(table(), [0, 1], 'test').partition.rowSet).toBe(takeRows(table(), [1, 0], 'training').partition.rowSet);
  });
  test('the outcome stays when columns are chosen', () => expect(keepColumns(table(), ['x2']).columns.map((c) => c.name)).toEqual(['y', 'x2']));
  test('an unknown column is refused with the nearest name', () => expect(problem(() => column(table(), 'x3')).fix).toBe('Did you mean x1?'));
  test('outcome as 0 and 1', () => expect(Array.from(outcomeOf(table()))).toEqual([0, 1, 0, 1]));
});

const context: Context = { seed: [1, 2, 3, 4], signal: new AbortController().signal, at: {}, progress: () => {}, warn: () => {} };

describe('learning', () => {
  const selector = defineSelector({ name: 'one', summary: 'Keeps x1 always', params: z.strictObject({}), load: async () => ({ select: () => ({ selected: ['x1'] }) }) });
  const mean = defineClassifier({
    name: 'mean', summary: 'Predicts the share of events', params: z.strictObject({}),
    load: async () => ({
      fit: ({ y }) => ({ state: { p: y.reduce((a, b) => a + b, 0) / y.length } }),
      predict: (model, _x, rows) => new Float64Array(rows).fill(model.state.p as number),
    }),
  });

  test.each(['all', 'test'] as const)('%s rows cannot teach', async (role) => {
    const fit = await selector.operations.fit.load();
    await expect(async () => fit({ table: table(role) }, {}, context)).rejects.toMatchObject({ code: 'learning-rows' });
  });

  test('a selector keeps its columns of any rows', async () => {
    const { model } = await (await selector.operations.fit.load())({ table: table() }, {}, context);
    const others = table('test');
    const applied = await (await selector.operations.apply.load())({ model, table: makeTable({ ...others, role: 'test', rows: others.rows.map(({ id }) => ({ id: `other-${id}` })) }) }, {}, context);
    expect((applied.table as Table).columns.map((c) => c.name)).toEqual(['y', 'x1']);
  });

  test('test rows that taught what is applied to them are refused, unless a step said as-published', async () => {
    const apply = await selector.operations.apply.load();
    const { model } = (await (await selector.operations.fit.load())({ table: table() }, {}, context)) as { model: Model };
    await expect(async () => apply({ model, table: table('test') }, {}, context)).rejects.toMatchObject({ code: 'evaluation-overlap', where: { case: 'a' } });
    expect(await apply({ model: { ...model, fittedOn: { ...model.fittedOn, asPublished: true } }, table: table('test') }, {}, context)).toBeDefined();
  });

  test('categories are not chosen among and do not vanish: a classifier that meets them refuses them by name', async () => {
    const stage = { kind: 'categorical' as const, name: 'stage', levels: ['I', 'II', 'III'], codes: Int32Array.of(0, 1, 2, 0) };
    const staged = makeTable({ ...table(), columns: [stage, ...table().columns], role: 'training' });
    const { model } = await (await selector.operations.fit.load())({ table: staged }, {}, context);
    const applied = await (await selector.operations.apply.load())({ model, table: staged }, {}, context);
    expect((applied.table as Table).columns.map((c) => c.name)).toEqual(['y', 'x1', 'stage']);
    const fit = await mean.operations.fit.load();
    await expect(async () => fit({ table: applied.table as Table }, {}, context)).rejects.toMatchObject({ code: 'column-categories', where: { field: 'stage' }, message: expect.stringContaining('stage holds categories (I, II, III)') });
  });

  test('rows that taught a model are no test rows of it', async () => {
    const { model } = await (await mean.operations.fit.load())({ table: takeRows(table(), [0, 1], 'training') }, {}, context);
    const predict = await mean.operations.predict.load();
    await expect(async () => predict({ model, table: takeRows(table(), [1, 2], 'test') }, {}, context)).rejects.toMatchObject({ code: 'evaluation-overlap' });
    expect(await predict({ model, table: takeRows(table(), [2, 3], 'test') }, {}, context)).toMatchObject({ predictions: { role: 'test' } });
    expect(await predict({ model, table: takeRows(table(), [0, 1], 'training') }, {}, context)).toMatchObject({ predictions: { role: 'training' } });
  });

  test('cross-fitting predicts every row by a model that has not seen it', async () => {
    const folds = { type: 'data' as const, value: { folds: [{ id: '1', test: ['a', 'b'] }, { id: '2', test: ['c', 'd'] }] } };
    const { predictions } = await (await mean.operations['cross-fit'].load())({ table: table(), folds }, {}, context);
    expect(predictions).toMatchObject({ role: 'out-of-fold', rows: ['a', 'b', 'c', 'd'] });
  });

  test('without a predictor the share of events is predicted, with a warning', async () => {
    const warned: string[] = [];
    const watching = { ...context, warn: (code: string) => void warned.push(code) };
    const { model } = await (await mean.operations.fit.load())({ table: keepColumns(takeRows(table(), [0, 1, 3], 'training'), []) }, {}, watching);
    const { predictions } = await (await mean.operations.predict.load())({ model, table: keepColumns(takeRows(table(), [2], 'test'), []) }, {}, watching);
    expect(Array.from((predictions as { probability: Float64Array }).probability)).toEqual([2 / 3]);
    expect(warned).toEqual(['no-predictors']);
  });

  test('one class and a missing value are refused by name', async () => {
    const fit = await mean.operations.fit.load();
    await expect(async () => fit({ table: takeRows(table(), [0, 2], 'training') }, {}, context)).rejects.toMatchObject({ code: 'one-class' });
    const holed = table();
    (holed.columns[1] as { values: Float64Array }).values[2] = NaN;
    await expect(async () => fit({ table: holed }, {}, context)).rejects.toMatchObject({ code: 'missing-value', where: { field: 'x1' } });
  });
});

test('every port type comes back from its bytes', () => {
  const geometry = makeGeometry({ size: [2, 1, 1] });
  const mask = makeMask(geometry, Uint8Array.of(1, 1));
  const failure: Failure = { code: 'x', message: 'y' };
  const samples = [
    makeVolume(geometry, Int16Array.of(-5, 7)), mask, makeRegion({ geometry, image: Float64Array.of(1, 2), values: Float64Array.of(1, 2), intensityMask: mask, morphologyMask: mask }),
    makeFeatureVector(['A'], { A: undefinedFeature('c', 't') }), { ...table(), failures: [{ id: 'z', failure }] }, { type: 'data' as const, value: { a: [1, NaN, -0] } },
  ];
  for (const sample of samples) {
    const back = decodePort(sample.type, encodePort(sample.type, sample));
    expect(encodePort(sample.type, back)).toEqual(encodePort(sample.type, sample));
  }
  expect(() => codecs.volume.encode(mask as never)).toThrow('A volume was expected and a mask was given.');
});

test('a region makes its image when it is asked for, once, and so does its copy', () => {
  const mask = makeMask(makeGeometry({ size: [2, 1, 1] }), Uint8Array.of(1, 1));
  let made = 0;
  const region = makeRegion({ geometry: mask.geometry, image: () => Float64Array.of(++made, 5), values: Float64Array.of(1, 5), intensityMask: mask, morphologyMask: mask });
  expect(made).toBe(0);
  expect([region.image, region.image]).toEqual([Float64Array.of(1, 5), Float64Array.of(1, 5)]);
  expect(decodePort('region', encodePort('region', region))).toMatchObject({ image: Float64Array.of(1, 5) });
  expect(made).toBe(1);
});

test('random numbers: same seed, same stream; uniform and normal moments', () => {
  const [a, b] = [random([1, 2, 3, 4]), random([1, 2, 3, 4])];
  expect(Array.from({ length: 5 }, () => a.next())).toEqual(Array.from({ length: 5 }, () => b.next()));
  const stream = random([9, 9, 9, 9]);
  const draws = Array.from({ length: 20000 }, () => stream.next());
  const normals = Array.from({ length: 20000 }, () => stream.normal());
  const mean = (x: number[]) => x.reduce((s, v) => s + v, 0) / x.length;
  // Four standard errors of the mean.
  expect(Math.abs(mean(draws) - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / 20000));
  expect(Math.abs(mean(normals))).toBeLessThan(4 / Math.sqrt(20000));
  expect(Array.from(stream.permutation(50)).sort((x, y) => x - y)).toEqual(Array.from({ length: 50 }, (_, i) => i));
});
