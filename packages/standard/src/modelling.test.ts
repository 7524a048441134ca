import { type Column, digestPort, type Document, makeTable, type Metrics, numbers, type Plain, pluginId, type Predictions, random, type Table } from '@radloom/core';
import { Cache, inlineExecutor, memoryStore, Registry, run, type RunResult, type Source, type Step, type Workflow } from '@radloom/engine';
import { modellingGraph, type Study, studySchema } from '@radloom/study';
import { beforeAll, describe, expect, test } from 'vitest';
import { standardPlugins } from './plugins.js';

/** Sixty patients of three centres; the outcome follows two of eight columns. */
function cohort(change: (name: string, values: Float64Array) => Float64Array = (_, values) => values): Table {
  const stream = random([6, 6, 6, 6]);
  const n = 60;
  const features = Array.from({ length: 8 }, () => Float64Array.from({ length: n }, () => stream.normal()));
  const y = Float64Array.from({ length: n }, (_, i) => (1.6 * features[0][i] - 1.2 * features[1][i] + 0.7 * stream.normal() > 0.4 ? 1 : 0));
  const columns: Column[] = [{ kind: 'numeric', name: 'y', values: y }, ...features.map((values, c): Column => ({ kind: 'numeric', name: `x${c + 1}`, values: change(`x${c + 1}`, values) }))];
  return makeTable({ rows: Array.from({ length: n }, (_, i) => ({ id: `p${String(i + 1).padStart(2, '0')}` })), columns, outcome: { column: 'y', event: '1' } });
}

const centres = (): Table => makeTable({ rows: cohort().rows, columns: [{ kind: 'categorical', name: 'centre', levels: ['A', 'B', 'C'], codes: Int32Array.from({ length: 60 }, (_, i) => i % 3) }] });

const plugins = new Registry();
beforeAll(async () => {
  const wanted = /^(transform\/(assemble|scale|permuted|random|predictors)|selector\/(zero|lasso)|classifier\/|ensemble\/|splitter\/|resampler\/|evaluation\/|report\/)/;
  for (const [id, { load, package: packageName }] of Object.entries(standardPlugins)) {
    if (!wanted.test(id)) continue;
    const { default: plugin } = await load();
    plugins.add({ plugin, url: pluginId(plugin), implementation: 'test', packageName, version: '1.0.0' });
  }
});

const find = (id: string) => plugins.get(id).plugin;

function study(given: Record<string, unknown>): Study {
  return studySchema.parse({
    title: 'T',
    seed: 11,
    cohort: { table: 'c.csv', outcome: { column: 'y' }, clinical: Array.from({ length: 8 }, (_, c) => `x${c + 1}`) },
    selection: ['zero-variance', { lasso: { folds: 5, rule: 'lambda.min' } }],
    split: { method: 'hold-out' }, tuning: { folds: 3 },
    models: { logistic: null, 'random-forest': { settings: { trees: 20 }, grid: { minNodeSize: [2, 10] } }, stacking: { settings: { penalties: [0.01] } } },
    ...given,
  });
}

/** Runs what follows the features, from a table of them, in this thread. */
async function ran(given: Record<string, unknown>, table = cohort(), groups?: Table): Promise<RunResult> {
  const graph = modellingGraph(study(given), [], find, groups);
  const { table: rows, models, choices, predictions, metrics, controls, nested, data } = graph.report;
  const report: Step = { id: 'report', plugin: 'report/html', operation: 'run', inputs: { study: { source: 'facts' }, table: rows, models, choices, predictions, metrics, controls, nested, data } };
  const sources: Record<string, Source> = { clinical: { kind: 'value', type: 'table', value: table }, facts: { kind: 'value', type: 'data', value: { type: 'data', value: { title: 'T' } } }, ...(groups === undefined ? {} : { groups: { kind: 'value', type: 'table', value: groups } as const }) };
  const workflow: Workflow = { seed: 11, dimensions: { case: [], ...graph.dimensions }, sources, steps: [...graph.steps, report] };
  const cache = new Cache(memoryStore());
  const executor = inlineExecutor({ cache, plugin: async (url) => find(url), files: async () => [] });
  return run({ workflow, registry: plugins, cache, executor, numerics: { runtime: 'test' }, files: { identify: async () => ({ digest: '', size: 0 }) } });
}

const failures = (result: RunResult) => result.cohort.flatMap((node) => (node.failure === undefined ? [] : [`${node.step.step.id}: ${node.failure.message}`]));
const metricsOf = async (result: RunResult, step: string, at = {}) => ((await result.output(step, 'metrics', at)) as Metrics).entries;
const holdout = { fold: 'holdout' };

describe('a study that asks for everything', () => {
  let result: RunResult;
  beforeAll(async () => {
    result = await ran({
      evaluation: [{ discrimination: { bootstrap: 50 } }, { calibration: { bootstrap: 50 } }, { 'decision-curve': { bootstrap: 50 } }, { comparison: { bootstrap: 50 } }, { explanation: { background: 4, shuffles: 2 } }, 'selection', 'sample-size'],
      threshold: { rule: 'youden' },
      controls: ['permuted-labels', 'random-features'],
    });
  }, 120_000);

  test('nothing fails, and the report shows it', async () => {
    expect(failures(result)).toEqual([]);
    const { bytes } = (await result.output('report', 'report')) as Document;
    const markup = new TextDecoder().decode(bytes);
    for (const id of ['sample-size', 'calibration', 'decision-curve', 'comparison', 'explanation', 'controls']) expect(markup).toContain(`<section id="${id}">`);
    expect(markup).not.toContain('broke');
  });

  test('the threshold is chosen once, on training rows held out in turn; those rows themselves are called at the one that the other folds choose', async () => {
    for (const name of ['logistic', 'random-forest', 'stacking']) {
      const { threshold } = ((await result.output(`${name}.threshold`, 'threshold', holdout)) as Plain).value as { threshold: number };
      for (const side of ['training', 'test']) expect(((await result.output(`${name}.${side}`, 'predictions', holdout)) as Predictions).threshold).toBe(threshold);
    }
    const thresholds = (await metricsOf(result, 'discrimination')).filter(({ model }) => model === 'logistic').map(({ role, detail }) => [role, detail.threshold]);
    const { threshold } = ((await result.output('logistic.threshold', 'threshold', holdout)) as Plain).value as { threshold: number };
    expect(Object.fromEntries(thresholds)).toEqual({ training: threshold, 'out-of-fold': undefined, test: threshold });
    const own = (await result.output('logistic.threshold', 'predictions', holdout)) as Predictions;
    const { folds } = ((await result.output('tuning.folds', 'folds', holdout)) as Plain).value as { folds: { test: string[] }[] };
    const byFold = folds.map(({ test: rows }) => new Set(rows.map((row) => own.thresholds![own.rows.indexOf(row)])));
    expect(byFold.map(({ size }) => size)).toEqual(folds.map(() => 1));
    expect(new Set(byFold.flatMap((values) => [...values])).size).toBeGreaterThan(1);
  });

  test('out of fold, rows are predicted by the candidate that the other folds choose, models and blend alike', async () => {
    const { folds } = ((await result.output('random-forest.choice', 'apart', holdout)) as Plain).value as { folds: { id: string; name: string; probability: Float64Array }[] };
    const heldOut = (await result.output('random-forest.choice', 'heldOut', holdout)) as Predictions;
    const { folds: divided } = ((await result.output('tuning.folds', 'folds', holdout)) as Plain).value as { folds: { id: string; test: string[] }[] };
    for (const [f, { id, test: rows }] of divided.entries()) {
      expect(folds[f].id).toBe(id);
      for (const row of rows) expect(heldOut.probability[heldOut.rows.indexOf(row)]).toBe(folds[f].probability[heldOut.rows.indexOf(row)]);
    }
  });

  test('every explanation adds up, the blend’s too', async () => {
    const entries = await metricsOf(result, 'explanation', holdout);
    expect(entries.map(({ model, detail }) => [model, (detail.shap as { method: string }).method])).toEqual([['logistic', 'linear'], ['random-forest', 'tree'], ['stacking', 'kernel']]);
    for (const { metrics: [gap] } of entries) expect(gap.value).toBeLessThan(1e-9);
  });

  test('controls do worse than the study: shuffled outcomes and noise cannot be learned', async () => {
    const auc = async (step: string) => (await metricsOf(result, step)).find(({ model, role }) => model === 'logistic' && role === 'test')!.metrics[0].value;
    const [own, permuted, noise] = [await auc('discrimination'), await auc('control.permuted-labels.discrimination'), await auc('control.random-features.discrimination')];
    expect(own).toBeGreaterThan(0.8);
    for (const control of [permuted, noise]) expect(own).toBeGreaterThan(control);
  });
});

describe('what learns never sees the test rows', () => {
  // Whatever stands in the test rows' features, everything fitted is the same to the last bit.
  test.each([
    ['SMOTE and a chosen threshold', { balance: { smote: { neighbours: 3 } }, threshold: { rule: 'youden' } }],
    ['scaling and class weights', { selection: ['scale', { lasso: { folds: 5, rule: 'lambda.min' } }], balance: 'class-weights' }],
  ])('with %s', async (_, given) => {
    const plain = await ran(given);
    const held = new Set(((await plain.output('fold', 'test', holdout)) as Table).rows.map(({ id }) => id));
    const stream = random([8, 8, 8, 8]);
    const noise = cohort((_name, values) => values.map((value, row) => (held.has(cohort().rows[row].id) ? 5 * stream.normal() : value)));
    const other = await ran(given, noise);
    const fitted = async (result: RunResult) => {
      const found: [string, string][] = [];
      for (const { step, at, outputs } of result.cohort) {
        for (const output of ['model', 'choice', 'threshold']) if (outputs[output] !== undefined) found.push([`${step.step.id}.${output}`, digestPort(step.outputs[output].type, await result.output(step.step.id, output, at))]);
      }
      return found;
    };
    expect(failures(plain)).toEqual([]);
    expect(await fitted(other)).toEqual(await fitted(plain));
    const probability = async (result: RunResult) => [...((await result.output('logistic.test', 'predictions', holdout)) as Predictions).probability];
    expect(await probability(other)).not.toEqual(await probability(plain));
  }, 60_000);
});

describe('rare classes', () => {
  test('SMOTE: models learn from as many rows of either class; only real rows are predicted', async () => {
    const result = await ran({ balance: 'smote', evaluation: [{ discrimination: { bootstrap: 50 } }] });
    const taught = (await result.output('smote.training', 'table', holdout)) as Table;
    const share = numbers(taught, 'y').reduce((sum, value) => sum + value, 0) / taught.rows.length;
    expect(share).toBeCloseTo(0.5, 12);
    const real = new Set(cohort().rows.map(({ id }) => id));
    for (const step of ['logistic.training', 'logistic.test']) expect(((await result.output(step, 'predictions', holdout)) as Predictions).rows.every((row) => real.has(row))).toBe(true);
    const outOfFold = (await metricsOf(result, 'discrimination')).find(({ role }) => role === 'out-of-fold');
    expect(outOfFold?.rows).toBe(((await result.output('fold', 'training', holdout)) as Table).rows.length);
  }, 60_000);

  test('class weights reach the classifiers that have them; one without is refused by name', async () => {
    const result = await ran({ balance: 'class-weights', models: { logistic: null } });
    const { summary } = (await result.output('logistic.fit', 'model', holdout)) as unknown as { summary: { settings: { classWeights: unknown } } };
    expect(summary.settings.classWeights).toBe('balanced');
    await expect(ran({ balance: 'class-weights', models: { knn: null } })).rejects.toMatchObject({ code: 'no-class-weights' });
  });
});

describe('other ways to divide the rows', () => {
  const models = { logistic: null };

  test('each centre held out in turn, and how often each column was selected', async () => {
    const result = await ran({ split: { method: 'leave-one-group-out', settings: { column: 'centre' } }, models, evaluation: [{ discrimination: { bootstrap: 50 } }, 'selection'] }, cohort(), centres());
    expect(failures(result)).toEqual([]);
    const [entry] = (await metricsOf(result, 'discrimination')).filter(({ role }) => role === 'test');
    expect((entry.detail.folds as { fold: string; rows: number }[]).map(({ fold, rows }) => [fold, rows])).toEqual([['A', 20], ['B', 20], ['C', 20]]);
    const [{ detail, rows }] = await metricsOf(result, 'selection.stability');
    expect(rows).toBe(3);
    expect(detail.frequency).toEqual(expect.arrayContaining([{ feature: 'x1', count: 3 }, { feature: 'x2', count: 3 }]));
  }, 60_000);

  test('an external cohort', async () => {
    const result = await ran({ split: { method: 'external', settings: { column: 'centre', external: ['C'] } }, models }, cohort(), centres());
    expect(((await result.output('fold', 'test', { fold: 'external' })) as Table).rows).toHaveLength(20);
    expect(failures(result)).toEqual([]);
  }, 60_000);

  test('the bootstrap, with the .632+ estimate between the apparent one and that outside the samples', async () => {
    const result = await ran({ split: { method: 'bootstrap', settings: { samples: 6 } }, models, evaluation: ['bootstrap-632'] });
    expect(failures(result)).toEqual([]);
    const [{ metrics: found, rows }] = await metricsOf(result, 'bootstrap-632');
    const value = (name: string) => found.find((metric) => metric.name === name)!.value;
    expect(rows).toBe(60);
    expect(value('auc632Plus')).toBeLessThanOrEqual(value('aucApparent'));
    expect(value('auc632Plus')).toBeGreaterThanOrEqual(value('aucOutside') - 1e-12);
  }, 60_000);

  test('what is no control is refused', async () => {
    await expect(ran({ controls: ['scale'], models })).rejects.toMatchObject({ code: 'not-a-control' });
  });
});

describe('nested folds beside one split', () => {
  test('every case is predicted once by models that never saw it; the study’s own results stay as they are', async () => {
    const given = { models: { logistic: null }, evaluation: [{ discrimination: { bootstrap: 50 } }] };
    const [plain, both] = [await ran(given), await ran({ ...given, nested: { folds: 4 } })];
    expect(failures(both)).toEqual([]);
    expect(await metricsOf(both, 'discrimination')).toEqual(await metricsOf(plain, 'discrimination'));
    const found = (await metricsOf(both, 'nested.discrimination')).find(({ role }) => role === 'test')!;
    expect([found.rows, (found.detail.folds as unknown[]).length]).toEqual([60, 4]);
    for (const nested of ['r1f1', 'r1f2', 'r1f3', 'r1f4']) {
      const taught = new Set(((await both.output('nested.logistic.fit', 'model', { nested })) as unknown as { fittedOn: { rows: string[] } }).fittedOn.rows);
      const tested = ((await both.output('nested.logistic.test', 'predictions', { nested })) as Predictions).rows;
      expect([taught.size + tested.length, tested.some((row) => taught.has(row))]).toEqual([60, false]);
    }
    const { bytes } = (await both.output('report', 'report')) as Document;
    expect(new TextDecoder().decode(bytes)).toContain('<section id="nested">');
  }, 60_000);

  test('a set may not be called like it', async () => {
    await expect(ran({ sets: { nested: { columns: 'all' } }, models: { logistic: null } })).rejects.toMatchObject({ code: 'bad-setting' });
  });
});

describe('sets of predictors', () => {
  const sets = { first: { columns: ['x1', 'x3', 'x4'] }, second: { columns: ['x2', 'x5'], selection: ['zero-variance'] }, combined: { join: ['first', 'second'] } };
  const columnsOf = async (result: RunResult, step: string) => ((await result.output(step, 'table', holdout)) as Table).columns.map(({ name }) => name).filter((name) => name !== 'y');

  test('each goes its own way; joined they are what both kept; models and measures of all stand side by side', async () => {
    const result = await ran({ sets, evaluation: [{ discrimination: { bootstrap: 50 } }, { comparison: { bootstrap: 50 } }, { explanation: { background: 4, shuffles: 2 } }, 'selection', 'sample-size'], controls: ['permuted-labels'] });
    expect(failures(result)).toEqual([]);
    const first = await columnsOf(result, 'first.lasso.training');
    expect(first).toContain('x1');
    expect(await columnsOf(result, 'second.zero-variance.training')).toEqual(['x2', 'x5']);
    expect(await columnsOf(result, 'combined.join-test')).toEqual([...first, 'x2', 'x5']);
    const entries = await metricsOf(result, 'discrimination');
    const auc = (model: string) => entries.find((entry) => entry.model === model && entry.role === 'test')!.metrics.find(({ name }) => name === 'auc')!.value;
    expect(new Set(entries.map(({ model }) => model))).toEqual(new Set(['first', 'second', 'combined'].flatMap((set) => ['logistic', 'random-forest', 'stacking'].map((model) => `${set} ${model}`))));
    expect(auc('combined logistic')).toBeGreaterThan(auc('second logistic'));
    for (const set of ['first', 'second', 'combined']) {
      for (const { model, metrics: [gap] } of await metricsOf(result, `${set}.explanation`, holdout)) expect([model.startsWith(`${set} `), gap.value < 1e-9]).toEqual([true, true]);
    }
    // Of a joined set, what its parts began with counts as searched, not what they left.
    const searched = async (set: string) => (await metricsOf(result, `${set}.sample-size`, holdout)).map(({ model, detail }) => [model, detail.parameters]);
    expect(await searched('second')).toEqual([['candidates', 2], ['selected', 2]]);
    expect(await searched('combined')).toEqual([['candidates', 5], ['selected', first.length + 2]]);
    // All sets are tuned over the same folds.
    expect(result.cohort.filter(({ step }) => step.step.id.endsWith('tuning.folds')).map(({ step }) => step.step.id)).toEqual(['tuning.folds', 'control.permuted-labels.tuning.folds']);
  }, 120_000);

  test('one set with models: they keep their names', async () => {
    const result = await ran({ sets: { first: { ...sets.first, models: [] }, second: { ...sets.second, models: [] }, combined: sets.combined }, models: { logistic: null } });
    expect(failures(result)).toEqual([]);
    expect(new Set((await metricsOf(result, 'discrimination')).map(({ model }) => model))).toEqual(new Set(['logistic']));
    expect(((await result.output('combined.logistic.fit', 'model', holdout)) as unknown as { predictors: string[] }).predictors).toContain('x2');
  }, 60_000);

  test.each([
    ['both columns and a join', { a: { columns: 'all' }, b: { columns: 'all' }, c: { columns: 'all', join: ['a', 'b'] } }, { code: 'bad-setting' }],
    ['neither', { a: { models: [] } }, { code: 'bad-setting' }],
    ['a join of a set that comes later', { one: { columns: 'all' }, two: { join: ['one', 'ones'] } }, { code: 'set-unknown', fix: 'Did you mean one?' }],
    ['an unknown model', { a: { columns: 'all', models: ['logistics'] } }, { code: 'model-unknown', fix: 'Did you mean logistic?' }],
    ['no models at all', { a: { columns: 'all', models: [] } }, { code: 'models-absent' }],
  ])('%s is refused', async (_, given, expected) => {
    await expect(ran({ sets: given, models: { logistic: null } })).rejects.toMatchObject(expected);
  });
});
