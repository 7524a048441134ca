import { encode, type Gathered, makeTable, type Metrics, type Model, type Plain, type Predictions } from '@radloom/core';
import { testContext } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import { type Account, accountOf } from './account/account.js';
import { methods } from './account/methods.js';
import { clear } from './checklists/clear.js';
import { ibsiGuideline } from './checklists/ibsi.js';
import { metrics, metricsScore } from './checklists/metrics.js';
import { greyPng } from './figures/png.js';
import type { Language } from './language.js';
import { limitations } from './reading/limitations.js';
import { overviews } from './reading/overviews.js';
import { protocolFacts, protocolOutliers } from './reading/protocol.js';
import type { StudyResults } from './reading/results.js';
import { run } from './run.js';
import { sections } from './sections/index.js';

const cases = Array.from({ length: 40 }, (_, i) => `P${String(i + 1).padStart(2, '0')}`);
const columns = ['original_shape_Sphericity', 'original_glcm_Contrast', 'log-sigma-2-0-mm-3D_glcm_Contrast'];
const given = <T extends NonNullable<Gathered['value']>>(name: string, value: T, at: Gathered['at'] = {}): Gathered<T> => ({ step: name, name, at, value });

const step = (id: string, plugin: string, operation: string, params: Record<string, unknown> = {}) => ({ id, plugin, operation, params });
const steps = [
  step('image', 'reader/dicom', 'read'),
  step('resample', 'preprocess/resample', 'run', { spacing: [1, 1, 1], interpolator: 'bspline', padDistance: 5 }),
  step('region@original', 'preprocess/discretise', 'run', { binWidth: 5, binCount: null }),
  step('overview', 'preprocess/overview', 'run'),
  step('shape@original', 'features/shape', 'extract', { include: ['Sphericity'] }),
  step('glcm@original', 'features/glcm', 'extract', { include: ['Contrast'], distances: [1], symmetrical: true, weightingNorm: null, force2D: false }),
  step('log-filter', 'filter/log', 'apply', { sigma: [2] }),
  step('region@log-sigma-2-0-mm-3D', 'preprocess/discretise', 'run', { binWidth: 5, binCount: null }),
  step('glcm@log-sigma-2-0-mm-3D', 'features/glcm', 'extract', { include: ['Contrast'], distances: [1], symmetrical: true, weightingNorm: null, force2D: false }),
  step('split', 'splitter/hold-out', 'assign', { proportion: 0.75, stratify: true }),
  step('correlation.fit', 'selector/correlation', 'fit', { threshold: 0.9, method: 'pearson' }),
  step('tuning.folds', 'splitter/k-fold', 'assign', { folds: 10, repeats: 1 }),
  step('knn.choice', 'evaluation/tuning', 'run', { metric: 'auc', rule: 'best' }),
  step('knn.fit', 'classifier/knn', 'fit'),
  step('discrimination', 'evaluation/discrimination', 'run', { level: 0.95, bootstrap: 2000 }),
];

function model(plugin: string, predictors: string[], summary: Record<string, unknown> = {}): Model {
  return { type: 'model', plugin, version: 1, predictors, fittedOn: { role: 'training', rowSet: 'training', rows: cases.slice(0, 30) }, state: {}, summary };
}

function predicted(role: Predictions['role']): Predictions {
  const rows = role === 'test' ? cases.slice(30) : cases.slice(0, 30);
  const outcome = Uint8Array.from(rows, (_, i) => i % 2);
  return { type: 'predictions', model: 'knn', rows, outcome, probability: Float64Array.from(outcome, (y) => 0.3 + 0.4 * y), role, partition: { role: role === 'test' ? 'test' : 'training', rowSet: role === 'test' ? 'test' : 'training' }, fittedOn: 'training', threshold: 0.5 };
}

const entry = (role: Predictions['role']): Metrics['entries'][number] => ({
  model: 'knn',
  role,
  rows: role === 'test' ? 10 : 30,
  events: role === 'test' ? 5 : 15,
  metrics: [{ name: 'auc', value: 0.8, lower: 0.6, upper: 0.95, interval: 'DeLong' }],
  detail: { confusion: { tp: 3, fp: 1, fn: 2, tn: 4 }, level: 0.95 },
});

/** A picture of 2 x 2 pixels with one inside. */
const view = { plane: 'axial', slice: 3, width: 2, height: 2, pixel: [1, 1], pixels: Uint8Array.of(0, 80, 160, 255), outline: 'M0 0h1M0 1h1M0 0v1M1 0v1', black: 0, white: 1 };

function overview(i: number, more: Record<string, unknown> = {}): Plain {
  return {
    type: 'data',
    value: {
      family: 'overview',
      acquisition: { Modality: 'CT', Manufacturer: 'Maker', KVP: 120, SliceThickness: 5 },
      image: { size: [256, 256, 20 + (i % 3)], spacing: [0.5, 0.5, 5] },
      roi: { voxels: 100 + i, millilitres: 0.125 },
      regions: [{ name: 'original', voxels: 400, spacing: [1, 1, 1], levels: 12, occupied: 12 }],
      views: [view],
      ...more,
    },
  };
}

interface Change {
  readonly steps?: readonly ReturnType<typeof step>[];
  readonly overview?: (i: number) => Record<string, unknown>;
  readonly settings?: Record<string, unknown>;
  readonly tainted?: readonly string[];
  readonly models?: readonly Gathered<Model>[];
  readonly metrics?: readonly Gathered<Metrics>[];
}

function inputs({ steps: more = [], overview: differ = () => ({}), settings = {}, tainted = [], models = [], metrics: measured = [] }: Change = {}) {
  return {
    study: {
      type: 'data' as const,
      value: { title: 'A study', planId: 'c'.repeat(64), seed: 7, profile: 'pyradiomics', versions: { '@radloom/core': '1.2.3' }, tainted, steps: [...steps, ...more], settings: { outcome: { column: 'bleeding', event: 1 }, clinical: [], ...settings }, cohort: { candidates: 45, excluded: [{ reason: 'no scan', count: 5 }] } },
    },
    table: makeTable({
      rows: cases.map((id) => ({ id })),
      columns: [{ kind: 'numeric', name: 'bleeding', values: Float64Array.from(cases, (_, i) => i % 2) }, ...columns.map((name) => ({ kind: 'numeric' as const, name, values: new Float64Array(40) }))],
      outcome: { column: 'bleeding', event: '1' },
    }),
    models: [given('correlation', model('selector/correlation', columns.slice(0, 2), { before: 3, after: 2 })), given('knn', model('classifier/knn', columns.slice(0, 1))), ...models],
    choices: [given('knn', { type: 'data' as const, value: { name: 'a', metric: 'auc', rule: 'best', settings: { k: 9 }, candidates: [{ name: 'a', settings: { k: 9 }, score: 0.8 }] } })],
    predictions: (['training', 'out-of-fold', 'test'] as const).map((role) => given('knn', predicted(role))),
    metrics: [given('discrimination', { type: 'metrics' as const, family: 'discrimination', entries: (['training', 'test'] as const).map(entry) }), ...measured],
    controls: [], nested: [],
    overviews: cases.map((id, i) => given('image', overview(i, differ(i)), { case: id })),
    data: [],
  };
}

const results = (change?: Change): StudyResults => {
  const { study, ...rest } = inputs(change);
  return { study: { description: undefined, ...study.value } as unknown as StudyResults['study'], ...rest };
};
const account = (change?: Change): Account => accountOf(results(change))!;
const textOf = (markup: string) => markup.replace(/<style>.*?<\/style>/s, '').replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');

async function made(language: Language, change?: Change) {
  const outputs = run(inputs(change) as never, { language, decimals: 3 }, testContext());
  return { markup: new TextDecoder().decode(outputs.report.bytes), tables: (outputs.tables as Plain).value as { name: string; columns: string[]; rows: (string | number | null)[][] }[] };
}

describe('checklists', () => {
  test('CLEAR has 58 items, METRICS 30 whose weights sum to 1, the guideline of IBSI 76 with their letters', () => {
    expect(clear.map(({ number }) => number)).toEqual(Array.from({ length: 58 }, (_, i) => i + 1));
    expect(metrics.map(({ number }) => number)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
    expect(metrics.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 10);
    expect([...new Set(ibsiGuideline.map(({ number }) => Number.parseInt(number, 10)))]).toEqual(Array.from({ length: 76 }, (_, i) => i + 1));
    expect(new Set(ibsiGuideline.map(({ number }) => number)).size).toBe(ibsiGuideline.length);
  });

  test('every place named is a section', () => {
    const known = new Set(sections.map(({ id }) => id));
    for (const item of [...clear, ...metrics]) for (const place of item.answer(account()).places) expect(known.has(place), `${item.number}: ${place}`).toBe(true);
  });

  test('nothing is claimed that the run did not do', () => {
    const answers = (change?: Change) => Object.fromEntries([...clear.map((item) => [`clear ${item.number}`, item]), ...metrics.map((item) => [`metrics ${item.number}`, item])].map(([name, item]) => [name as string, (item as (typeof clear)[number]).answer(account(change)).state]));
    const plain = answers();
    expect(plain).toMatchObject({ 'clear 1': 'authors', 'clear 15': 'done', 'clear 31': 'not-done', 'clear 41': 'not-done', 'clear 43': 'not-done', 'clear 45': 'done', 'metrics 9': 'not-applicable', 'metrics 17': 'not-applicable', 'metrics 22': 'not-done', 'metrics 26': 'done', 'metrics 27': 'not-done' });
    expect(answers({ tainted: ['correlation.fit'] })).toMatchObject({ 'clear 15': 'not-done', 'metrics 18': 'not-done' });
    expect(answers({ metrics: [given('calibration', { type: 'metrics', family: 'calibration', entries: [entry('test')] })] })).toMatchObject({ 'metrics 22': 'done' });
    expect(answers({ models: [given('clinical', model('classifier/logistic', ['age']))] })).toMatchObject({ 'clear 42': 'done', 'metrics 24': 'not-done', 'metrics 25': 'not-done' });
    expect(answers({ steps: [step('icc.fit', 'selector/icc', 'fit')] })).toMatchObject({ 'clear 31': 'done', 'metrics 14': 'done' });
  });

  test('the score is the weight of what is proved over the weight of what applies', () => {
    // Not applicable: items 9 and 17, 0.0425 together.
    const { proved, possible, active } = metricsScore(account());
    expect(active).toBeCloseTo(0.9575, 10);
    const weightOf = (state: string) => metrics.filter((item) => item.answer(account()).state === state).reduce((sum, { weight }) => sum + weight, 0);
    expect(proved).toBeCloseTo((100 * weightOf('done')) / 0.9575, 10);
    expect(possible).toBeCloseTo((100 * (weightOf('done') + weightOf('authors'))) / 0.9575, 10);
  });

  test('thick slices made into small cubes are for the authors to argue', () => {
    const item = metrics.find(({ number }) => number === 11)!;
    expect(item.answer(account()).state).toBe('authors');
    expect(item.answer(account({ overview: () => ({ image: { size: [256, 256, 60], spacing: [0.5, 0.5, 1.5] } }) })).state).toBe('done');
  });

  test('every item of the guideline has a value, is left to the authors, or does not apply', () => {
    const value = (number: string, change?: Change) => ibsiGuideline.find((item) => item.number === number)!.value(account(change));
    expect(value('14')).toEqual({ en: '120 kVp', zh: '120 kVp' });
    expect(value('19')).toBe('none');
    expect(value('19', { overview: () => ({ acquisition: {} }) })).toBe('authors');
    expect(value('50a')).toMatchObject({ en: 'cubic B-spline' });
    expect(value('56b')).toMatchObject({ en: 'a fixed bin width of 5' });
    expect(value('66')).toBe('none');
    expect(value('65')).toMatchObject({ en: 'Chebyshev distance 1, in three dimensions' });
    for (const item of ibsiGuideline) {
      const found = item.value(account());
      if (typeof found === 'object') for (const said of [found.en, found.zh]) expect(said.trim(), item.number).not.toBe('');
    }
  });
});

describe('methods', () => {
  test('every number has its step; both languages say the same numbers', () => {
    const parts = methods(account());
    const sentences = parts.flatMap((part) => part.sentences);
    expect(sentences.length).toBeGreaterThan(10);
    const known = new Set([...steps.map(({ id }) => id), 'study', 'table', 'fold']);
    for (const { said, steps: behind } of sentences) {
      expect(behind.length, said.en).toBeGreaterThan(0);
      for (const id of behind) expect(known.has(id), `${id} of ${said.en}`).toBe(true);
      const numbers = (text: string) => (text.match(/\d+(?:\.\d+)?/g) ?? []).sort();
      expect(numbers(said.zh), said.zh).toEqual(numbers(said.en));
      expect(said.zh).toMatch(/[\u4e00-\u9fff]/);
    }
    const text = sentences.map(({ said }) => said.en).join('. ');
    for (const fact of ['Of 45 candidate cases 5 were excluded (no scan 5)', '40 cases were analysed, 20 of them (50.0%) with the event (bleeding = 1)', 'voxels of 1 × 1 × 1 mm by cubic B-spline', 'a fixed bin width of 5, which gave a median of 12 grey levels', '3 features', 'Radloom 1.2.3', '30 cases (15 events) for training, 10 cases (5 events) for testing', '3 → 2', 'K-nearest neighbours: k 9', 'AUC (DeLong)']) expect(text).toContain(fact);
  });

  test('what did not happen is not told', () => {
    const text = methods(account()).flatMap((part) => part.sentences.map(({ said }) => said.en)).join('. ');
    for (const word of ['alibration', 'SMOTE', 'SHAP', 'DeLong’s test', 'permuted', 'nan', 'undefined', 'NaN']) expect(text).not.toContain(word);
  });

  test('what was planned and failed is not told as done, in no checklist either', () => {
    const failure = { code: 'too-few', message: '3 patients with the event cannot be dealt into 5 folds.', step: 'split' };
    const failed = (name: string) => ({ step: `${name}.fit`, name, at: {}, failure });
    const steps = [step('calibration', 'evaluation/calibration', 'run', { bootstrap: 500, groups: 10 }), step('control.permuted-labels.discrimination', 'evaluation/discrimination', 'run')];
    const nothing: Account['results'] = { ...results({ steps }), models: ['correlation', 'knn'].map(failed), choices: [], predictions: [], metrics: [given('calibration', { type: 'metrics', family: 'calibration', entries: [] }), { step: 'discrimination', name: 'discrimination', at: {}, failure }], controls: [given('permuted-labels', { type: 'metrics', family: 'discrimination', entries: [] })] };
    const told = accountOf(nothing)!;
    const text = methods(told).flatMap((part) => part.sentences.map(({ said }) => said.en)).join('. ');
    expect(text).toContain('40 cases were analysed');
    for (const word of ['divided', 'training rows', 'Pearson', 'Models:', 'grid search', 'Performance', 'Calibration', 'permuted']) expect(text).not.toContain(word);
    const answered = (list: readonly { number: number; answer(account: Account): { state: string } }[], number: number) => list.find((item) => item.number === number)!.answer(told).state;
    for (const number of [15, 33, 34, 35, 37, 38, 40, 41, 47]) expect(answered(clear, number), `CLEAR ${number}`).toBe('not-done');
    for (const number of [15, 16, 18, 20, 21, 22, 26]) expect(answered(metrics, number), `METRICS ${number}`).toBe('not-done');
    expect(limitations(nothing).map(({ kind }) => kind)).toContain('no-test');
  });
});

describe('protocol and regions', () => {
  test('counts, and the case that was scanned otherwise', () => {
    const odd = (i: number) => (i === 7 ? { acquisition: { Modality: 'CT', Manufacturer: 'Other', KVP: 80, SliceThickness: 5 } } : {});
    const found = overviews(results({ overview: odd }));
    expect(protocolFacts(found).find(({ key }) => key === 'KVP')?.values).toEqual({ kind: 'counts', counts: [{ value: 120, count: 39 }, { value: 80, count: 1 }] });
    expect(protocolOutliers(found).map(({ case: id, key, value, usual }) => [id, key, value, usual])).toEqual([['P08', 'Manufacturer', 'Other', 'Maker'], ['P08', 'KVP', 80, 120]]);
    expect(protocolOutliers(overviews(results()))).toEqual([]);
  });

  test('fewer than 8 grey levels and more than 256 are flagged, and come first', async () => {
    const levels = (count: number) => ({ regions: [{ name: 'original', voxels: 400, spacing: [1, 1, 1], levels: count, occupied: count }] });
    const { markup, tables } = await made('en', { overview: (i) => (i === 4 ? levels(7) : i === 5 ? levels(257) : i === 6 ? levels(8) : {}) });
    const regions = tables.find(({ name }) => name === 'regions')!;
    expect(regions.rows.slice(0, 3).map((row) => [row[0], row.at(-1)])).toEqual([['P05', 'fewer than 8 grey levels'], ['P06', 'more than 256 grey levels'], ['P01', null]]);
    expect(textOf(markup)).toContain('Regions with an unusual number of grey levels: 2.');
    expect(markup.match(/data:image\/png/g)).toHaveLength(24);
  });

  test('a case that could not be described is listed with the reason', async () => {
    const lost = inputs();
    const overviewsLost = lost.overviews.map((one, i) => (i === 0 ? { ...one, value: undefined, failure: { code: 'file-missing', message: 'image.nii does not exist.' } } : one));
    const outputs = run({ ...lost, overviews: overviewsLost } as never, { language: 'en', decimals: 3 }, testContext());
    expect(textOf(new TextDecoder().decode(outputs.report.bytes))).toContain('Figure');
    expect(((outputs.tables as Plain).value as { name: string; rows: unknown[][] }[]).find(({ name }) => name === 'regions')!.rows.at(-1)).toEqual(['P01', null, null, null, null, null, 'Not described: image.nii does not exist.']);
  });

  test('a grey picture is a PNG that says its size', () => {
    const bytes = Uint8Array.from(atob(greyPng(Uint8Array.of(0, 80, 160, 255), 2, 2).split(',')[1]), (c) => c.charCodeAt(0));
    expect([...bytes.subarray(0, 8)]).toEqual([137, 80, 78, 71, 13, 10, 26, 10]);
    expect(new DataView(bytes.buffer).getUint32(16)).toBe(2);
    // The checksum of an empty IEND chunk, as the specification prints it.
    expect([...bytes.subarray(-4)]).toEqual([0xae, 0x42, 0x60, 0x82]);
  });
});

describe.each(['en', 'zh'] as const)('the page in %s', (language) => {
  test('has methods in both languages, checklists with links to sections, and says where numbers come from', async () => {
    const { markup, tables } = await made(language);
    for (const id of ['protocol', 'regions', 'methods', 'reporting-guideline', 'clear', 'metrics']) expect(markup).toContain(`<section id="${id}">`);
    expect(markup).not.toContain('broke');
    expect(textOf(markup)).toContain('Of 45 candidate cases 5 were excluded');
    expect(textOf(markup)).toContain('候选病例 45 例，排除 5 例');
    expect(markup).toContain('data-steps="split"');
    expect(markup).toMatch(/<a href="#methods">\d+ [^<]+<\/a>/);
    for (const [, target] of markup.matchAll(/href="#([^"]+)"/g)) expect(markup.includes(`id="${target}"`), target).toBe(true);
    expect(tables.find(({ name }) => name === 'clear')?.rows).toHaveLength(58);
    expect(tables.find(({ name }) => name === 'metrics')?.rows).toHaveLength(30);
    expect(encode(await made(language))).toEqual(encode(await made(language)));
  });

  test('without steps the account says that there are none', async () => {
    const { study, ...rest } = inputs();
    const outputs = run({ study: { ...study, value: { ...study.value, steps: [] } }, ...rest } as never, { language, decimals: 3 }, testContext());
    expect(textOf(new TextDecoder().decode(outputs.report.bytes))).toContain(language === 'en' ? 'Could not be computed: the steps of the workflow were not given.' : '无法计算：未提供工作流程步骤');
  });
});
