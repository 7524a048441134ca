import { decodePort, type Document, makeTable, type Model, numbers, type Plain, predictorNames, type Table } from '@radloom/core';
import { Cache, memoryStore, plan, Registry, type RunResult } from '@radloom/engine';
import { buildStudy, extractionGraph, readStudy, type Study, type StudyHost, studySchema } from '@radloom/study';
import { beforeAll, describe, expect, test } from 'vitest';
import { standardPlugins } from './plugins.js';
import { type GraphInputs, registryOf, runGraph } from './testing/run-graph.js';
import { clinicalNames, strokeCohort } from './testing/stroke.js';

let plugins: Registry;
beforeAll(async () => {
  plugins = await registryOf(/^(transform|selector|classifier\/logistic|splitter|evaluation|report|features|filter|reader\/nifti|preprocess)\b/);
});

const holdout = { fold: 'holdout' };
const outcome = { column: 'haemorrhagic_transformation', event: 1 };
const studyOf = (clinical: readonly string[], given: Record<string, unknown>): Study => studySchema.parse({ title: 'T', seed: 11, cohort: { table: 'c.csv', outcome, clinical }, split: { method: 'hold-out' }, tuning: { folds: 3 }, models: { logistic: null }, evaluation: [{ discrimination: { bootstrap: 20 } }], ...given });
const ran = (given: Record<string, unknown>, inputs: GraphInputs): Promise<RunResult & { facts: { tainted: readonly string[] } }> => runGraph(studyOf(predictorNames(inputs.clinical), given), plugins, inputs);
const failures = (result: RunResult) => result.cohort.flatMap((node) => (node.failure === undefined ? [] : [`${node.step.step.id}: ${node.failure.message}`]));
const model = async (result: RunResult, step: string) => (await result.output(step, 'model', holdout)) as Model;
const tests = { counts: 'pearson', yates: 'off' };

describe('clinical variables screened and fitted together on all patients, as published', () => {
  let result: Awaited<ReturnType<typeof ran>>;
  beforeAll(async () => {
    result = await ran({ selection: [{ univariate: { columns: clinicalNames, ...tests, 'as-published': true } }, { 'multivariable-logistic': { columns: clinicalNames, 'as-published': true } }], evaluation: ['discrimination', { 'baseline-table': { columns: clinicalNames, ...tests } }] }, { clinical: strokeCohort(20) });
  }, 60_000);

  test('nothing fails; the study’s 3:1 split is 82 and 28', async () => {
    expect(failures(result)).toEqual([]);
    expect([((await result.output('fold', 'training', holdout)) as Table).rows.length, ((await result.output('fold', 'test', holdout)) as Table).rows.length]).toEqual([82, 28]);
  });
  test('Table 1: the three variables with a P below 0.05', async () => {
    const { summary } = await model(result, 'univariate.fit');
    const kept = (summary!.tests as { column: string; pValue: number; kept: boolean }[]).filter((own) => own.kept);
    expect(kept.map(({ column, pValue }) => [column, pValue.toFixed(3)])).toEqual([['argatroban', '0.036'], ['heparin', '0.006'], ['atrial_fibrillation', '0.038']]);
    const { rows } = ((await result.output('baseline-table', 'table')) as Plain).value as { rows: string[][] };
    expect(rows.filter((row) => Number(row[4]) < 0.05).map((row) => [row[0], row[4]])).toEqual(kept.map(({ column, pValue }) => [`${column}, n (%)`, pValue.toFixed(3)]));
  });
  test('Table 2: coefficients, standard errors and P to print, of all 110 patients', async () => {
    const { summary, fittedOn } = await model(result, 'multivariable-logistic.fit');
    expect(fittedOn.rows).toHaveLength(110);
    const terms = summary!.terms as { term: string; coefficient: number; standardError: number; pValue: number }[];
    expect(terms.map(({ term, coefficient, standardError, pValue }) => [term, coefficient.toFixed(4), standardError.toFixed(4), pValue.toFixed(4)])).toEqual([
      ['(Intercept)', '0.5316', '0.3141', '0.0906'], ['argatroban', '-1.0760', '0.4325', '0.0128'], ['heparin', '-1.6657', '0.5883', '0.0046'], ['atrial_fibrillation', '0.9517', '0.4921', '0.0531'],
    ]);
  });
  test('argatroban and heparin go on to the models, beside the features', async () => {
    const names = predictorNames((await result.output('multivariable-logistic.test', 'table', holdout)) as Table);
    expect(names.filter((name) => !name.startsWith('feature'))).toEqual(['argatroban', 'heparin']);
    expect(names.filter((name) => name.startsWith('feature'))).toHaveLength(20);
  });
  test('the report’s facts mark the steps and all that follows, and nothing that does not', () => {
    expect(result.facts.tainted).toEqual(expect.arrayContaining(['univariate.fit', 'univariate.training', 'univariate.test', 'multivariable-logistic.fit', 'logistic.fit', 'logistic.test', 'discrimination', 'report']));
    expect(result.facts.tainted).not.toEqual(expect.arrayContaining(['fold']));
    for (const clean of ['table', 'split', 'fold', 'univariate.rows', 'baseline-table']) expect(result.facts.tainted).not.toContain(clean);
  });
  test('the page says so', async () => {
    const { bytes } = (await result.output('report', 'report')) as Document;
    const markup = new TextDecoder().decode(bytes);
    expect(markup).toMatch(/as-published[^<]*univariate\.fit/);
    expect(markup).toContain('Each variable on its own, all cases, as published');
    expect(markup).not.toMatch(/Each variable on its own, training cases|saw training rows only|Selection, in training rows/);
  });
});

test('inside the training rows the same screening sees 82 patients, and nothing is marked', async () => {
  const result = await ran({ selection: [{ univariate: { columns: clinicalNames, ...tests } }] }, { clinical: strokeCohort(5) });
  expect(failures(result)).toEqual([]);
  expect((await model(result, 'univariate.fit')).fittedOn.rows).toHaveLength(82);
  expect(result.facts.tainted).toEqual([]);
});

test('a transform may be as published, a word that is not true or false is refused', async () => {
  const result = await ran({ selection: ['zero-variance', { scale: { method: 'range', 'as-published': true } }] }, { clinical: strokeCohort(10) });
  expect((await model(result, 'scale.fit')).fittedOn.rows).toHaveLength(110);
  expect(result.facts.tainted).toContain('scale.fit');
  expect(result.facts.tainted).not.toContain('zero-variance.fit');
  await expect(ran({ selection: [{ scale: { 'as-published': 'yes' } }] }, { clinical: strokeCohort() })).rejects.toMatchObject({ code: 'bad-setting', what: 'as-published of scale is "yes".' });
});

test('controls repeat what is as published on their own rows, test rows among them', async () => {
  const graph = await ran({ selection: [{ univariate: { columns: ['heparin'], 'as-published': true } }], controls: ['permuted-labels'] }, { clinical: strokeCohort(3) });
  expect(failures(graph)).toEqual([]);
  expect((await model(graph, 'control.permuted-labels.univariate.fit')).fittedOn.rows).toHaveLength(110);
});

describe('the published funnel: from 1051 features to a handful', () => {
  test('1051 are 11 images with 94 features and 17 of shape, deprecated ones included; 1037 without', () => {
    const find = (id: string) => plugins.get(id).plugin;
    const names = ['shape', 'firstorder', 'glcm', 'glrlm', 'glszm', 'gldm', 'ngtdm'];
    const counted = (deprecated: boolean) => {
      const families = names.map((name) => {
        const features = find(`features/${name}`).about.features as { name: string; deprecated?: boolean }[];
        return { plugin: `features/${name}`, settings: { include: features.filter((own) => deprecated ? isOfThePaper(name, own) : own.deprecated !== true).map((own) => own.name) } };
      });
      const settings = { mask: {}, normalise: null, resample: null, resegment: null, resegmentShape: false, discretise: {}, families, images: [{ plugin: null, settings: {} }, { plugin: 'filter/log', settings: { sigma: ['2.0', '4.0'] } }, { plugin: 'filter/wavelet', settings: {} }] };
      return extractionGraph({ settings, find, image: { source: 'image' }, segmentation: { source: 'mask' } }).columns.reduce((sum, group) => sum + group.features.length, 0);
    };
    expect([counted(true), counted(false)]).toEqual([1051, 1037]);
  });

  /** The paper's count has the deprecated first-order StandardDeviation and the three deprecated shape features, and no deprecated texture. */
  function isOfThePaper(family: string, { name, deprecated }: { name: string; deprecated?: boolean }): boolean {
    return deprecated !== true || family === 'firstorder' || (family === 'shape' && ['Compactness1', 'Compactness2', 'SphericalDisproportion'].includes(name));
  }

  test('constant, nearly constant and correlated columns go in turn, then the lasso within one standard error, all on the 82 training rows', async () => {
    const result = await ran({ selection: ['zero-variance', 'near-zero-variance', { correlation: { threshold: 0.9 } }, { lasso: { folds: 10, rule: 'lambda.1se' } }] }, { clinical: makeTable({ ...strokeCohort(1051), columns: strokeCohort(1051).columns.filter(({ name }) => !clinicalNames.includes(name)) }) });
    expect(failures(result)).toEqual([]);
    const steps = await Promise.all(['zero-variance', 'near-zero-variance', 'correlation', 'lasso'].map((name) => model(result, `${name}.fit`)));
    const counts = steps.map(({ summary }) => [summary!.before, summary!.after]);
    // Of each block of ten one is constant and one nearly; the other eight are one feature in eight versions.
    expect(counts.slice(0, 3)).toEqual([[1051, 946], [946, 841], [841, 106]]);
    expect(counts[3][0]).toBe(106);
    expect(counts[3][1]).toBeLessThan(10);
    for (const { fittedOn } of steps) expect(fittedOn.rows).toHaveLength(82);
    const { chosen, lambda1se, cvm, cvsd, lambda } = steps[3].summary as unknown as { chosen: number; lambda1se: number; cvm: Float64Array; cvsd: Float64Array; lambda: Float64Array };
    expect(chosen).toBe(lambda1se);
    const best = cvm.indexOf(Math.min(...cvm));
    expect(lambda.find((_, i) => cvm[i] <= cvm[best] + cvsd[best])).toBe(chosen);
  }, 60_000);
});

describe('every selector and transform in a study', () => {
  const scanner = makeTable({ rows: strokeCohort().rows, columns: [{ kind: 'categorical', name: 'scanner', levels: ['A', 'B'], codes: Int32Array.from({ length: 110 }, (_, i) => i % 2) }] });
  test('ranking, mRMR, elimination, stability, Yeo-Johnson and ComBat, one after the other; a plugin may come twice', async () => {
    const selection = [
      { 'zero-variance': {} }, { combat: { batch: 'scanner', leave: clinicalNames } }, { 'yeo-johnson': {} }, { ranking: { by: 'variance', keep: 60 } }, { ranking: { by: 'mann-whitney', keep: 40 } }, { mrmr: { keep: 20 } },
      { stability: { subsamples: 20, entering: 8, threshold: 0.3 } }, { 'recursive-elimination': { largest: 5 } },
    ];
    const result = await ran({ selection }, { clinical: strokeCohort(100), more: { 'groups:scanner': scanner } });
    expect(failures(result)).toEqual([]);
    const sizes = await Promise.all(['ranking', 'ranking-2', 'mrmr', 'stability', 'recursive-elimination'].map(async (name) => (await model(result, `${name}.fit`)).predictors.length));
    expect(sizes.slice(0, 3)).toEqual([60, 40, 20]);
    expect(sizes[3]).toBeLessThan(20);
    expect(sizes[4]).toBeLessThanOrEqual(5);
    expect((await model(result, 'combat.fit')).summary).toMatchObject({ sizes: { A: 42, B: 40 } });
  }, 60_000);
});

/** A study file over CSV text, its files never read. */
async function planned(yaml: string, csv: string): Promise<{ facts: Record<string, unknown>; steps: readonly string[] }> {
  const study = readStudy(yaml, 's.yaml');
  const host: StudyHost = {
    text: async () => csv,
    beside: (_base, path) => path,
    resolve: async (path) => ({ files: [{ name: path, locator: path }], reader: 'reader/nifti' }),
    find: (id) => plugins.get(id).plugin,
    variables: {},
    versions: {},
    reproduce: 'radloom run s.yaml',
  };
  const built = await buildStudy(study, 's.yaml', host);
  const found = await plan({ workflow: built.workflow, registry: plugins, cache: new Cache(memoryStore()), numerics: { runtime: 'test' }, files: { identify: async ({ locator }) => ({ digest: locator, size: 1 }) } });
  const facts = found.values.get('facts') as unknown as { type: { bytes: Uint8Array } };
  return { facts: (decodePort('data', facts.type.bytes) as Plain).value as Record<string, unknown>, steps: built.workflow.steps.map(({ id }) => id) };
}

describe('study files', () => {
  const yaml = (more: string, cohort = '') => `title: T\ncohort:\n  table: c.csv\n  image: image\n  mask: mask\n  outcome: { column: y, event: 是 }\n  clinical: [age, sex, heparin]\n${cohort}imaging: { features: [firstorder] }\n${more}`;
  const csv = `id,image,mask,mask2,y,age,sex,heparin,scanner\n${Array.from({ length: 20 }, (_, i) => `p${i},i${i}.nii,m${i}.nii,${i % 2 === 0 ? `n${i}.nii` : ''},${i % 3 === 0 ? '是' : '否'},${50 + i},${i % 2 === 0 ? '男' : '女'},${i % 4 === 0 ? '有' : '无'},${i % 2}\n`).join('')}`;

  test('as-published reaches the facts of the report', async () => {
    const { facts } = await planned(yaml('selection: [ { univariate: { columns: [age, heparin], as-published: true } }, lasso ]\nmodels: { logistic: }\n'), csv);
    expect(facts.tainted).toEqual(expect.arrayContaining(['univariate.fit', 'lasso.fit', 'logistic.fit', 'report']));
    expect(facts.tainted).not.toContain('fold');
    expect((facts.cohort as { variables: unknown[] }).variables).toEqual([
      { name: 'y', declared: false, known: 20, missing: 0, type: 'flag' },
      { name: 'age', declared: false, known: 20, missing: 0, type: 'number' },
      { name: 'sex', declared: false, known: 20, missing: 0, type: 'category', levels: ['女', '男'] },
      { name: 'heparin', declared: false, known: 20, missing: 0, type: 'flag' },
    ]);
  });
  test('a second reader’s segmentations are measured by steps of their own; what does not depend on them is shared', async () => {
    const { steps } = await planned(yaml('selection: [ icc, lasso ]\nmodels: { logistic: }\n', '  second: mask2\n'), csv);
    expect(steps.filter((id) => id.startsWith('second'))).toEqual(['second:segmentation', 'second:mask', 'second:region@original', 'second:firstorder@original', 'second-reader']);
    expect((await planned(yaml('selection: [ lasso ]\nmodels: { logistic: }\n', '  second: mask2\n'), csv)).steps.filter((id) => id.startsWith('second'))).toEqual([]);
  });
  test('ComBat finds its batch in the cohort table', async () => {
    await expect(planned(yaml('selection: [ { combat: { batch: scanner, leave: [age] } } ]\nmodels: { logistic: }\n'), csv)).resolves.toBeDefined();
    await expect(planned(yaml('selection: [ { combat: { batch: scaner } } ]\nmodels: { logistic: }\n'), csv)).rejects.toMatchObject({ code: 'column-unknown', fix: 'Did you mean scanner?' });
  });
  test.each([
    ['a misspelt clinical column', 'selection: [ { univariate: { columns: [heparine] } } ]', { code: 'column-unknown', what: 'There will be no column heparine.', fix: 'Did you mean heparin?', where: { field: 'selection.univariate.columns' } }],
    ['a misspelt feature', 'selection: [ { yeo-johnson: { columns: [original_firstorder_Men] } } ]', { code: 'column-unknown', fix: 'Did you mean original_firstorder_Mean?' }],
    ['a column that models may not use', 'selection: [ { univariate: { columns: [scanner] } } ]', { code: 'column-unknown', what: 'scanner is a column of the cohort table, and none that the models may use.' }],
    ['a column to describe that is not there', 'evaluation: [ { baseline-table: { columns: [agee] } } ]', { code: 'column-unknown', where: { field: 'agee' } }],
    ['ICC without a second reading', 'selection: [ icc ]', { code: 'second-reader-missing' }],
  ])('%s is refused before anything runs', async (_, more, expected) => {
    await expect(planned(yaml(`${more}\nmodels: { logistic: }\n`), csv)).rejects.toMatchObject(expected);
  });
});

test('every plugin of the set has the name that a study calls it by', async () => {
  for (const id of ['selector/univariate', 'selector/multivariable-logistic', 'selector/mrmr', 'selector/ranking', 'selector/icc', 'selector/recursive-elimination', 'selector/stability', 'transform/yeo-johnson', 'transform/combat', 'transform/rejoin', 'evaluation/baseline-table']) {
    expect((await standardPlugins[id].load()).default.name).toBe(id.split('/')[1]);
  }
  expect(numbers(strokeCohort(), 'heparin').reduce((sum, value) => sum + value, 0)).toBe(21);
});
