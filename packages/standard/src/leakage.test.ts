import {
  type Column, defineTransform, digestPort, makeTable, noParams, numbers, type Operation, type Plain, type Plugin, pluginId, type Predictions, predictorNames, random, RadloomError, type Table, takeRows,
} from '@radloom/core';
import { Cache, from, inlineExecutor, makeTemplate, memoryStore, Registry, run, type RunResult, type Source, type Step, type Workflow } from '@radloom/engine';
import { modellingGraph, type Study, studySchema } from '@radloom/study';
import { contractProblems, testContext } from '@radloom/testkit';
import { beforeAll, describe, expect, test } from 'vitest';
import { registryOf } from './testing/run-graph.js';

/**
 * The ways by which a study has been given numbers that are too good, each tried twice: as an edge or a table of a study's graph, and by
 * calling the plugin. Each is refused, or caught, by a name that says what is wrong.
 */

const n = 60;
const centres = (): Table => makeTable({ rows: cohort().rows, columns: [{ kind: 'categorical', name: 'centre', levels: ['A', 'B'], codes: Int32Array.from({ length: n }, (_, i) => i % 2) }] });

/** Sixty patients, eight measurements, some of x8 missing; the outcome follows two. */
function cohort({ patient = (_i: number): string | undefined => undefined, inputs = (_i: number): string[] | undefined => undefined, more = (_y: Float64Array): Column[] => [], change = (_: string, values: Float64Array) => values } = {}): Table {
  const stream = random([6, 6, 6, 6]);
  const x = Array.from({ length: 8 }, () => Float64Array.from({ length: n }, () => stream.normal()));
  const y = Float64Array.from({ length: n }, (_, i) => (1.6 * x[0][i] - 1.2 * x[1][i] + 0.9 * stream.normal() > 0.4 ? 1 : 0));
  for (let i = 0; i < n; i += 7) x[7][i] = NaN;
  const columns: Column[] = [{ kind: 'numeric', name: 'y', values: y }, ...x.map((values, c): Column => ({ kind: 'numeric', name: `x${c + 1}`, values: change(`x${c + 1}`, values) })), ...more(y)];
  const rows = Array.from({ length: n }, (_, i) => ({ id: `p${String(i + 1).padStart(2, '0')}`, ...(patient(i) === undefined ? {} : { patient: patient(i) }), ...(inputs(i) === undefined ? {} : { inputs: inputs(i) }) }));
  return makeTable({ rows, columns, outcome: { column: 'y', event: '1' } });
}

/** Categories dealt out over the rows, each replaced by the share of events among its rows, or among the others of them. */
function encoded(y: Float64Array, categories: number, leaveOut = false): Float64Array {
  const own = (c: number) => [...y.keys()].filter((i) => (i * i + 3 * i) % 11 % categories === c);
  const values = new Float64Array(y.length);
  for (let c = 0; c < categories; c++) {
    const rows = own(c);
    const events = rows.reduce((sum, i) => sum + y[i], 0);
    for (const i of rows) values[i] = leaveOut ? (events - y[i]) / (rows.length - 1) : events / rows.length;
  }
  return values;
}

let plugins: Registry;
beforeAll(async () => {
  plugins = await registryOf(/^(transform|selector|classifier|ensemble|splitter|resampler|evaluation)\//);
}, 60_000);

const everything = {
  selection: [{ impute: { method: 'knn' } }, 'yeo-johnson', { combat: { batch: 'centre' } }, 'scale', 'zero-variance', { correlation: { threshold: 0.95 } }, { lasso: { folds: 5, rule: 'lambda.min' } }],
  balance: { smote: { neighbours: 3 } },
  threshold: { rule: 'youden' },
  models: { logistic: { grid: { lambda: [0.01, 0.1] } }, svm: null, 'random-forest': { settings: { trees: 10 } }, knn: null, stacking: { settings: { penalties: [0.01] } } },
};

function study(given: Record<string, unknown> = everything, clinical = predictorNames(cohort())): Study {
  return studySchema.parse({ title: 'T', seed: 11, cohort: { table: 'c.csv', outcome: { column: 'y' }, clinical }, split: { method: 'hold-out' }, tuning: { folds: 3 }, ...given });
}

/** The graph of a study, changed, as it would run. */
function workflow(given: Record<string, unknown> = everything, table = cohort(), change: (step: Step) => Step = (step) => step): Workflow {
  const { steps, dimensions } = modellingGraph(study(given, predictorNames(table)), [], (id) => plugins.get(id).plugin);
  const value = (own: Table): Source => ({ kind: 'value', type: 'table', value: own });
  return { seed: 11, dimensions: { case: [], ...dimensions }, sources: { clinical: value(table), 'groups:centre': value(centres()) }, steps: steps.map(change) };
}

const ran = (given: Workflow, registry = plugins, recheck?: (entry: { packageName: string }) => boolean): Promise<RunResult> => {
  const cache = new Cache(memoryStore());
  const executor = inlineExecutor({ cache, plugin: async (url) => registry.get(url).plugin, files: async () => [] });
  return run({ workflow: given, registry, cache, executor, numerics: { runtime: 'test' }, files: { identify: async () => ({ digest: '', size: 0 }) }, ...(recheck === undefined ? {} : { recheck }) });
};

const causes = (result: RunResult) => [...new Set(result.cohort.flatMap(({ failure, state }) => (state === 'failed' ? [failure!.code] : [])))];
const call = async (id: string, operation: string, inputs: Record<string, unknown>, settings: Record<string, unknown> = {}) => {
  const { operations, params } = plugins.get(id).plugin;
  return ((await operations[operation].load()) as Operation)(inputs as never, params.parse(settings), testContext());
};

/** Rows that a tested way would teach with, by the library. */
const allRows = () => cohort();
const testRows = () => takeRows(cohort(), [...Array(20).keys()], 'test', 'holdout');
const testPredictions = (): Predictions => {
  const table = testRows();
  return { type: 'predictions', model: 'svm', rows: table.rows.map(({ id }) => id), outcome: Uint8Array.from(numbers(table, 'y')), probability: Float64Array.from(table.rows, (_, i) => i / 20), role: 'test', partition: table.partition, fittedOn: 'x', threshold: 0.5 };
};
const gathered = (value: unknown) => [{ step: 's', name: 's', at: { tuning: 'r1f1' }, value }];

/** In the graph: an input of one step, connected to something else. In the library: the same operation, given the same rows. */
const ways: readonly (readonly [way: string, step: string, input: string, to: Step['inputs'][string], library: () => Promise<unknown>])[] = [
  ['a scaler fitted on all rows', 'scale.fit', 'table', from('table', 'table'), () => call('transform/scale', 'fit', { table: allRows() })],
  ['imputation learned from all rows', 'impute.fit', 'table', from('table', 'table'), () => call('transform/impute', 'fit', { table: allRows() })],
  ['a power transform learned from test rows', 'yeo-johnson.fit', 'table', from('fold', 'test'), () => call('transform/yeo-johnson', 'fit', { table: testRows() })],
  ['ComBat on everything', 'combat.fit', 'table', from('table', 'table'), () => call('transform/combat', 'fit', { table: allRows(), groups: centres() }, { batch: 'centre' })],
  ['selection before the split', 'lasso.fit', 'table', from('table', 'table'), () => call('selector/lasso', 'fit', { table: allRows() })],
  ['selection on the training rows of all folds together', 'correlation.fit', 'table', from('smote.rejoined', 'table'), () => call('selector/correlation', 'fit', { table: allRows() })],
  ['SMOTE before the split', 'smote.training', 'table', from('table', 'table'), () => call('resampler/smote', 'resample', { table: allRows() })],
  ['a classifier fitted on test rows', 'svm.fit', 'table', from('lasso.test', 'table'), () => call('classifier/svm', 'fit', { table: testRows() })],
  ['test rows among those that tune', 'svm.candidate.1', 'training', from('tuning.fold', 'test', { gather: ['tuning'] }), () => call('classifier/svm', 'cross-fit', { table: takeRows(cohort(), [1, 2, 3], 'training'), training: gathered(testRows()), held: gathered(testRows()) })],
  ['candidates chosen by their test predictions', 'logistic.choice', 'candidates', from('svm.test', 'predictions'), () => call('evaluation/tuning', 'run', { candidates: gathered(testPredictions()) })],
  ['a threshold chosen on test rows', 'svm.threshold', 'predictions', from('knn.test', 'predictions'), () => call('evaluation/threshold', 'run', { predictions: testPredictions() })],
  ['calibration on test rows: a blend fitted on test predictions', 'stacking.fit', 'members', from('svm.test', 'predictions'), () => call('ensemble/stacking', 'fit', { members: gathered(testPredictions()) })],
];

describe('refused before anything runs: an edge that leads other rows to what learns', () => {
  test.each(ways)('%s', async (_, id, input, to, library) => {
    const rejoined: Step = { id: 'smote.rejoined', plugin: 'transform/rejoin', operation: 'run', inputs: { training: from('fold', 'training'), test: from('fold', 'test') } };
    const whole = workflow();
    expect(whole.steps.map((step) => step.id)).toContain(id);
    const changed = { ...whole, steps: [...whole.steps.map((step) => (step.id === id ? { ...step, inputs: { ...step.inputs, [input]: to } } : step)), rejoined] };
    const found = refusalOf(() => makeTemplate(changed, plugins));
    expect([found.code, found.where.step]).toEqual(['learning-rows', id]);
    await expect(library()).rejects.toMatchObject({ code: 'learning-rows' });
  });

  test('said to be as published, it runs, and everything after it is marked', () => {
    const steps = workflow().steps.map((step) => (step.id === 'scale.fit' ? { ...step, asPublished: true, inputs: { table: from('table', 'table') } } : step));
    const template = makeTemplate({ ...workflow(), steps }, plugins);
    expect(template.byId.get('svm.test')!.tainted).toBe(true);
    expect(template.byId.get('yeo-johnson.fit')!.tainted).toBe(false);
  });
});

function refusalOf(work: () => unknown): RadloomError {
  try {
    work();
  } catch (error) {
    if (error instanceof RadloomError) return error;
    throw error;
  }
  throw new Error('It was not refused.');
}

const plain = { selection: ['scale'], models: { logistic: null } };
const holdOut = 'splitter/hold-out';

describe('caught by the data: tables that leak however they are divided', () => {
  test.each<[string, string, () => Table]>([
    ['the same scan under two ids, by its file', 'same-scan', () => cohort({ inputs: (i) => (i === 3 || i === 40 ? ['digest'] : undefined) })],
    ['the same scan under two ids, by its measurements', 'same-scan', () => cohort({ change: (_, values) => values.map((value, i) => (i === 40 ? values[3] : value)) })],
    ['a column that is the outcome the other way round', 'outcome-derived', () => cohort({ more: (y) => [{ kind: 'numeric', name: 'discharged', values: y.map((value) => 1 - value) }] })],
    ['a column that was measured after the outcome', 'outcome-derived', () => cohort({ more: (y) => [{ kind: 'numeric', name: 'volume', values: y.map((value, i) => 40 * value + (i % 9)) }] })],
    ['the same scan under two ids, read from a copy in another format: measurements agree to five digits, some are missing', 'same-scan', () => cohort({ change: (name, values) => values.map((value, i) => (i === 40 ? (name === 'x3' ? NaN : values[3] * (1 + 1e-6)) : value)) })],
    ['an outcome of several kinds under one code: two are the event', 'outcome-derived', () => cohort({ more: (y) => [{ kind: 'numeric', name: 'destination', values: y.map((value, i) => [[2, 4], [3, 1]][value][i % 2]) }] })],
    ['categories replaced by the share of events among their rows', 'outcome-derived', () => cohort({ more: (y) => [{ kind: 'numeric', name: 'ward', values: encoded(y, 3) }] })],
    ['the same, written to three digits', 'outcome-derived', () => cohort({ more: (y) => [{ kind: 'numeric', name: 'ward', values: encoded(y, 5).map((value) => Math.round(1000 * value) / 1000) }] })],
    ['categories replaced by the share of events among the other rows that have them', 'outcome-derived', () => cohort({ more: (y) => [{ kind: 'numeric', name: 'ward', values: encoded(y, 3, true) }] })],
    ['a number of the row', 'identifier-column', () => cohort({ more: (y) => [{ kind: 'numeric', name: 'number', values: y.map((_, i) => 1001 + i) }] })],
    ['a column that is filled in for events alone', 'outcome-derived', () => cohort({ more: (y) => [{ kind: 'numeric', name: 'days', values: y.map((value, i) => (value === 1 ? i % 5 : NaN)) }] })],
  ])('%s', async (_, code, table) => {
    expect(causes(await ran(workflow(plain, table())))[0]).toBe(code);
    for (const [splitter, inputs] of [[holdOut, {}], ['splitter/k-fold', {}], ['splitter/bootstrap', {}], ['splitter/leave-one-group-out', { groups: centres() }]] as const) {
      await expect(call(splitter, 'assign', { table: table(), ...inputs }, splitter.endsWith('out') && splitter !== holdOut ? { column: 'centre', groups: ['A', 'B'] } : {})).rejects.toMatchObject({ code });
    }
  });

  test('an outcome of several kinds as categories', async () => {
    const table = cohort({ more: (y) => [{ kind: 'categorical', name: 'destination', levels: ['home', 'ward', 'died', 'died later'], codes: Int32Array.from(y, (value, i) => 2 * value + (i % 2)) }] });
    await expect(call(holdOut, 'assign', { table })).rejects.toMatchObject({ code: 'outcome-derived', where: { field: 'destination' } });
  });

  test('values that patients share and that tell nothing, and a few that tell by chance, are let through', async () => {
    const table = cohort({ more: (y) => [{ kind: 'numeric', name: 'stage', values: y.map((_, i) => i % 4) }, { kind: 'numeric', name: 'rare', values: y.map((value, i) => (value === 1 && i % 9 === 0 ? 1 : 0)) }] });
    await expect(call(holdOut, 'assign', { table })).resolves.toBeDefined();
  });

  test('lesions of one patient share values and outcome: that says nothing of other patients', async () => {
    const table = cohort({ patient: (i) => `P${Math.floor(i / 10)}`, more: (y) => [{ kind: 'numeric', name: 'age', values: y.map((_, i) => 40 + Math.floor(i / 10)) }] });
    const outcomes = table.columns.map((own) => (own.name === 'y' ? { ...own, values: Float64Array.from({ length: n }, (_, i) => Math.floor(i / 10) % 2) } : own)) as Column[];
    await expect(call(holdOut, 'assign', { table: makeTable({ ...table, columns: outcomes }) })).resolves.toBeDefined();
  });

  test('an external cohort that shares a patient with the training rows', async () => {
    const shared = cohort({ patient: (i) => (i === 2 || i === 3 ? 'P' : undefined) });
    await expect(call('splitter/external', 'assign', { table: shared, groups: centres() }, { column: 'centre', external: ['B'] })).rejects.toMatchObject({ code: 'patient-across-groups' });
    await expect(call('splitter/leave-one-group-out', 'assign', { table: shared, groups: centres() }, { column: 'centre', groups: ['A', 'B'] })).rejects.toMatchObject({ code: 'patient-across-groups' });
    // Under two ids and as two patients: by the scan.
    const again = cohort({ change: (_, values) => values.map((value, i) => (i === 3 ? values[2] : value)) });
    await expect(call('splitter/external', 'assign', { table: again, groups: centres() }, { column: 'centre', external: ['B'] })).rejects.toMatchObject({ code: 'same-scan' });
  });

  test('a grouping column that is missing for some rows', async () => {
    const holes = makeTable({ ...centres(), columns: [{ kind: 'categorical', name: 'centre', levels: ['A', 'B'], codes: Int32Array.from({ length: n }, (_, i) => (i === 7 ? -1 : i % 2)) }] });
    await expect(call('splitter/external', 'assign', { table: cohort(), groups: holes }, { column: 'centre', external: ['B'] })).rejects.toMatchObject({ code: 'group-missing', what: expect.stringContaining('p08') as string });
    await expect(call('splitter/leave-one-group-out', 'assign', { table: cohort(), groups: holes }, { column: 'centre', groups: ['A', 'B'] })).rejects.toMatchObject({ code: 'group-missing' });
    await expect(call('transform/combat', 'fit', { table: takeRows(withoutMissing(cohort()), [...Array(40).keys()], 'training'), groups: holes }, { batch: 'centre' })).rejects.toMatchObject({ code: 'batch-missing' });
  });

  test('what was learned from all rows by hand, under the name of training rows, is not applied to test rows', async () => {
    const table = cohort();
    const forged = takeRows(table, table.rows.map((_, i) => i), 'training');
    const tested = takeRows(table, [1, 2, 3], 'test');
    for (const [id, settings] of [['transform/impute', { method: 'median' }], ['transform/scale', {}], ['transform/yeo-johnson', {}], ['selector/univariate', {}]] as const) {
      const { model } = (await call(id, 'fit', { table: id === 'transform/impute' ? forged : withoutMissing(forged) }, settings)) as { model: never };
      await expect(call(id, 'apply', { model, table: tested }, settings)).rejects.toMatchObject({ code: 'evaluation-overlap' });
      await expect(call(id, 'apply', { model, table: forged }, settings)).resolves.toBeDefined();
    }
    // A scan of another day: the patient is known all the same.
    const days = cohort({ patient: (i) => `P${i >> 1}` });
    const { model } = (await call('transform/impute', 'fit', { table: takeRows(days, [...Array(41).keys()], 'training') }, { method: 'median' })) as { model: never };
    await expect(call('transform/impute', 'apply', { model, table: takeRows(days, [41], 'test') }, { method: 'median' })).rejects.toMatchObject({ code: 'evaluation-overlap', where: { case: 'p42' } });
  });

  test('test rows among those that teach a fold of the tuning', async () => {
    const table = withoutMissing(cohort());
    const at = (value: Table) => gathered(value);
    const own = takeRows(table, [...Array(40).keys()], 'training');
    const held = takeRows(table, [0, 1, 2, 3], 'test', 'r1f1');
    const crossFit = (training: Table, out = held) => call('classifier/logistic', 'cross-fit', { table: own, training: at(training), held: at(out) });
    await expect(crossFit(takeRows(table, [...Array(50).keys()].slice(4), 'training', 'r1f1'))).rejects.toMatchObject({ code: 'learning-rows', where: { case: 'p41' } });
    await expect(crossFit(takeRows(table, [...Array(40).keys()].slice(4), 'training', 'r1f1'), takeRows(table, [0, 55], 'test', 'r1f1'))).rejects.toMatchObject({ code: 'learning-rows', where: { case: 'p56' } });
    await expect(crossFit(takeRows(table, [...Array(40).keys()].slice(4), 'training', 'r1f1'))).resolves.toBeDefined();
  });

  test('two rows of one scan that say whose they are stay together, and are let through', async () => {
    const table = cohort({ patient: (i) => (i === 3 || i === 40 ? 'P' : undefined), inputs: (i) => (i === 3 || i === 40 ? ['digest'] : undefined) });
    const { folds } = (await call(holdOut, 'assign', { table })) as { folds: Plain };
    const [{ test: held }] = (folds.value as { folds: { test: string[] }[] }).folds;
    expect(held.includes('p04')).toBe(held.includes('p41'));
  });

  test('a column that separates the outcome and may, says so', async () => {
    const table = cohort({ more: (y) => [{ kind: 'numeric', name: 'marker', values: y.map((value, i) => 40 * value + (i % 9)) }] });
    await expect(call(holdOut, 'assign', { table: { ...table, outcome: { ...table.outcome!, separatedBy: ['marker'] } } })).resolves.toBeDefined();
  });

  test('a patient on both sides of a fold: a splitter of its own that divides rows', async () => {
    const table = cohort({ patient: (i) => `P${i >> 1}` });
    const held = { folds: [{ id: 'holdout', test: ['p01', 'p05', 'p09'] }] };
    await expect((async () => (await plugins.get(holdOut).plugin.operations.take.load())({ table, folds: { type: 'data', value: held } }, {}, testContext(undefined, { fold: 'holdout' })))()).rejects.toMatchObject({ code: 'sides-overlap', where: { case: 'p01' } });
    // And if someone makes the sides by hand, the model knows its patients.
    const { model } = (await call('classifier/logistic', 'fit', { table: takeRows(withoutMissing(table), [...Array(41).keys()], 'training') })) as { model: never };
    await expect(call('classifier/logistic', 'predict', { model, table: takeRows(withoutMissing(table), [41, 42, 43], 'test') })).rejects.toMatchObject({ code: 'evaluation-overlap' });
    await expect(call('classifier/logistic', 'predict', { model, table: takeRows(withoutMissing(table), [42, 43], 'test') })).resolves.toBeDefined();
  });

  test('all rows called training rows: whoever taught is known when tested', async () => {
    const table = withoutMissing(cohort());
    const forged = takeRows(table, table.rows.map((_, i) => i), 'training');
    const { model } = (await call('classifier/logistic', 'fit', { table: forged })) as { model: never };
    await expect(call('classifier/logistic', 'predict', { model, table: takeRows(table, [1, 2, 3], 'test') })).rejects.toMatchObject({ code: 'evaluation-overlap' });
  });
});

function withoutMissing(table: Table): Table {
  return { ...table, columns: table.columns.filter(({ name }) => name !== 'x8') };
}

describe('a plugin that remembers rows from one fold to the next', () => {
  /** Centres a column by the mean of every row it ever saw: in the second fold the test rows of the second fold are among them. */
  const forgetful = (remember: boolean): Plugin => {
    const seen = new Map<string, number>();
    return defineTransform({
      name: 'centre', summary: 'Centres columns', params: noParams,
      load: async () => ({
        fit: (table) => {
          if (!remember) seen.clear();
          table.rows.forEach(({ id }, r) => seen.set(id, numbers(table, 'x1')[r]));
          return { state: { mean: [...seen.values()].reduce((sum, value) => sum + value, 0) / seen.size } };
        },
        apply: (_, table) => table,
      }),
    });
  };
  const given = { ...plain, split: { method: 'k-fold', settings: { folds: 3 } }, selection: ['centre', { impute: { method: 'median' } }] };
  const withPlugin = async (plugin: Plugin) => {
    const registry = new Registry([...plugins.all(), { plugin, url: pluginId(plugin), implementation: 'test', packageName: 'of-someone', version: '1.0.0' }]);
    const { steps, dimensions } = modellingGraph(study(given), [], (id) => registry.get(id).plugin);
    return ran({ ...workflow(plain), dimensions: { case: [], ...dimensions }, steps }, registry, ({ packageName }) => packageName === 'of-someone');
  };

  test('is caught in the run, and by its contract tests', async () => {
    await expect(withPlugin(forgetful(true))).rejects.toMatchObject({ code: 'plugin-remembers', where: { step: expect.stringContaining('centre.fit') as string } });
    const training = () => takeRows(cohort(), [...Array(40).keys()], 'training');
    const problems = await contractProblems(forgetful(true), { from: import.meta.url, examples: [{ operation: 'fit', inputs: () => ({ table: training() }) }] });
    expect(problems.map(({ check }) => check)).toContain('remembers-calls');
  }, 60_000);

  test('one that forgets is let through', async () => {
    expect(causes(await withPlugin(forgetful(false)))).toEqual([]);
  }, 60_000);
});

describe('the proof that needs no name', () => {
  // Whatever stands in the test rows of a fold, everything that was fitted in that fold is the same to the last bit, and its test predictions are not.
  test.each([
    ['one split', { method: 'hold-out', settings: {} }, 'holdout'],
    ['folds', { method: 'k-fold', settings: { folds: 3 } }, 'r1f2'],
    ['the bootstrap', { method: 'bootstrap', settings: { samples: 2 } }, 'b1'],
  ])('%s: imputation, power transform, ComBat, scaling, selection, SMOTE, tuning, threshold, five models', async (_, split, fold) => {
    const given = { ...everything, split };
    const before = await ran(workflow(given));
    expect(causes(before)).toEqual([]);
    const place = before.cohort.find(({ step, at }) => step.step.id === 'fold' && at.fold?.startsWith(fold))!.at;
    const held = new Set(((await before.output('fold', 'test', place)) as Table).rows.map(({ id }) => id));
    const stream = random([8, 8, 8, 8]);
    const ids = cohort().rows.map(({ id }) => id);
    const noise = cohort({ change: (_name, values) => values.map((value, row) => (held.has(ids[row]) ? 1000 * stream.normal() : value)) });
    const after = await ran(workflow(given, noise));
    const fitted = async (result: RunResult) => {
      const found: [string, string][] = [];
      for (const { step, at, outputs } of result.cohort) {
        if (at.fold !== place.fold) continue;
        for (const output of ['model', 'choice', 'threshold']) if (outputs[output] !== undefined) found.push([`${step.step.id}.${output} ${at.tuning ?? ''}`, digestPort(step.outputs[output].type, await result.output(step.step.id, output, at))]);
      }
      return found;
    };
    const [plainly, noisily] = [await fitted(before), await fitted(after)];
    expect(plainly.length).toBeGreaterThan(40);
    expect(noisily).toEqual(plainly);
    const predicted = async (result: RunResult) => digestPort('predictions', await result.output('logistic.test', 'predictions', place));
    expect(await predicted(after)).not.toBe(await predicted(before));
  }, 120_000);
});

test('the outcome among the clinical columns is no predictor', async () => {
  const table = cohort();
  const { steps } = modellingGraph(study(plain, ['y', ...predictorNames(table)]), [], (id) => plugins.get(id).plugin);
  const result = await ran({ ...workflow({ ...plain, selection: [{ impute: { method: 'median' } }] }), steps: steps.filter(({ id }) => id === 'table') });
  expect(predictorNames((await result.output('table', 'table')) as Table)).not.toContain('y');
});
