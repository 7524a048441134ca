import { type Context, decode, type Document, encode, type Gathered, type Inputs, makeTable, type Metrics, type Model, parseParams, type Predictions, type Table } from '@radloom/core';
import { describeContract, testContext } from '@radloom/testkit';
import { parseHTML } from 'linkedom/worker';
import { describe, expect, test } from 'vitest';
import { figures } from './figures/index.js';
import report from './index.js';
import type { Language } from './language.js';
import { numberFormat } from './numbers.js';
import { page } from './page/page.js';
import { sections } from './sections/index.js';
import type { TableData } from './table.js';
import { words } from './words/index.js';

const features = ['original_glszm_SmallAreaLowGrayLevelEmphasis', 'log-sigma-2-0-mm-3D_glcm_MaximumProbability'];
const cases = Array.from({ length: 16 }, (_, i) => `case-${String(i + 1).padStart(2, '0')}`);
const outcome = cases.map((_, i) => i % 2);

const gathered = <T extends NonNullable<Gathered['value']>>(name: string, value: T): Gathered<T> => ({ step: name, name, at: {}, value });

function table(): Table {
  return makeTable({
    rows: cases.map((id) => ({ id })),
    columns: [{ kind: 'numeric', name: 'bleeding', values: Float64Array.from(outcome) }, ...features.map((name) => ({ kind: 'numeric' as const, name, values: new Float64Array(16) }))],
    outcome: { column: 'bleeding', event: '1' },
    failures: [{ id: 'case-17', failure: { code: 'mask-empty', message: 'The mask has no voxel of label 1.', fix: 'Choose label 2.', step: 'region' } }],
    reasons: [['case-03', 'wavelet-HHH_glcm_MCC', { code: 'flat', text: 'the region has one grey level' }]],
  });
}

function model(plugin: string, predictors: string[], summary: Record<string, unknown> = {}): Model {
  return { type: 'model', plugin, version: 1, predictors, fittedOn: { role: 'training', rowSet: 'training', rows: cases.slice(0, 8) }, state: {}, summary };
}

const lasso = () =>
  model('selector/lasso', features, {
    before: 266,
    after: 2,
    lambda: [0.25, 0.15937, 0.1],
    cvm: [1.4, 1.35, 1.32],
    cvsd: [0.04, 0.04, 0.05],
    nonzero: [0, 2, 3],
    lambdaMin: 0.1,
    lambda1se: 0.15937,
    coefficients: { [features[0]]: -0.0843, [features[1]]: 0.0946, 'original_shape_Sphericity': 0 },
    paths: { [features[0]]: [0, -0.0843, -0.12], [features[1]]: [0, 0.0946, 0.1], 'original_shape_Sphericity': [0, 0, 0.02] },
  });

function predicted(name: string, role: Predictions['role']): Predictions {
  const side = role === 'test' ? 8 : 0;
  const y = Uint8Array.from(outcome.slice(side, side + 8));
  return { type: 'predictions', model: name, rows: cases.slice(side, side + 8), outcome: y, probability: Float64Array.from(y, (event, i) => (event === 1 ? 0.4 : 0.1) + i / 20), role, partition: { role: role === 'test' ? 'test' : 'training', rowSet: role === 'test' ? 'test' : 'training' }, fittedOn: 'training', threshold: 0.5 };
}

function entry(name: string, role: Predictions['role'], auc: number): Metrics['entries'][number] {
  return {
    model: name,
    role,
    rows: 8,
    events: 4,
    metrics: [
      { name: 'auc', value: auc, lower: 0.7128, upper: 0.9709, interval: 'DeLong' },
      { name: 'aucBootstrap', value: auc, lower: 0.7051, upper: 0.9602, interval: 'bootstrap (stratified, 2000)' },
      { name: 'sensitivity', value: 0.75, lower: 0.3006, upper: 0.9544, interval: 'Wilson' },
      { name: 'specificity', value: 1, lower: 0.5101, upper: 1, interval: 'Wilson' },
      { name: 'ppv', value: NaN, reason: { code: 'no-positives', text: 'no case was predicted to have the event' } },
      { name: 'f1', value: 0.857 },
      { name: 'brier', value: 0.1616 },
      { name: 'mcc', value: NaN, reason: { code: 'no-denominator', text: 'All rows were called alike.' } },
    ],
    detail: {
      roc: [
        { threshold: Infinity, sensitivity: 0, specificity: 1 },
        { threshold: 0.5, sensitivity: 0.75, specificity: 1 },
        { threshold: 0, sensitivity: 1, specificity: 0 },
      ],
      confusion: { tp: 3, fp: 0, fn: 1, tn: 4 },
      ...(role === 'test' ? { cases: 6 } : {}),
      threshold: 0.5,
      level: 0.95,
      aucOverFolds: { mean: auc, sd: 0.05, folds: 10 },
      notes: role === 'test' ? [{ code: 'rows-repeated', text: '2 of 8 rows are repeats.' }] : [],
    },
  };
}

const facts = () => ({
  title: 'Haemorrhagic transformation',
  planId: 'b'.repeat(64),
  dataDigest: 'a1b2c3d4e5f60718'.repeat(4),
  seed: 20240601,
  profile: 'pyradiomics',
  reproduce: 'radloom run study.yaml',
  versions: { '@radloom/core': '1.0.0', '@radloom/imaging': '1.0.0' },
  settings: { split: { fraction: 0.75 }, imaging: { resample: { spacing: [1, 1, 1] }, normalise: false } },
  cohort: { candidates: 20, excluded: [{ reason: 'Thrombolysis', count: 3 }] },
  tainted: [] as string[],
  steps: [{ id: 'lasso.fit', plugin: 'selector/lasso', operation: 'fit', params: { folds: 10, rule: 'lambda.1se', alpha: 1 } }],
});

/** Everything a study of two models finds. */
function everything(study: Record<string, unknown> = {}): Inputs {
  const names = ['random-forest', 'knn'];
  const roles = ['training', 'out-of-fold', 'test'] as const;
  return {
    study: { type: 'data', value: { ...facts(), ...study } },
    table: table(),
    models: [
      gathered('lasso', lasso()),
      gathered('correlation', model('selector/correlation', features, { before: 1014, after: 266 })),
      gathered('zero-variance', model('selector/zero-variance', features, { before: 1037, after: 1014 })),
      ...names.map((name) => gathered(name, model(`classifier/${name}`, features))),
    ],
    choices: [
      gathered('knn', {
        type: 'data',
        value: {
          settings: { k: 9, kernel: 'optimal' },
          metric: 'auc',
          rule: 'best',
          name: '2',
          candidates: [
            { name: '1', settings: { k: 5, kernel: 'optimal' }, score: 0.7, standardError: 0.04 },
            { name: '2', settings: { kernel: 'optimal', k: 9 }, score: 0.8123, standardError: 0.0312 },
            { name: '3', settings: { k: 200 }, failure: { code: 'too-few', message: 'There are 66 rows for 200 neighbours.' } },
          ],
        },
      }),
    ],
    predictions: names.flatMap((name) => roles.map((role) => gathered(name, predicted(name, role)))),
    metrics: [gathered('discrimination', { type: 'metrics', family: 'discrimination', entries: names.flatMap((name) => roles.map((role) => entry(name, role, role === 'test' ? 0.8423 : 0.9))) })],
  };
}

/** Only a title: what the report of a study looks like in which nothing came to be. */
const nothing = (): Inputs => ({ study: { type: 'data', value: { title: 'Nothing' } }, models: [], choices: [], predictions: [], metrics: [] });

interface Result {
  readonly markup: string;
  readonly bytes: Uint8Array;
  readonly figures: readonly { name: string; title: string; svg: string }[];
  readonly tables: readonly TableData[];
  readonly warnings: readonly { code: string; text: string }[];
}

async function make(inputs: Inputs, language: Language = 'en', decimals = 3): Promise<Result> {
  const operation = await report.operations.run.load();
  const ctx = testContext();
  const outputs = await operation(inputs, parseParams(report.params, { language, decimals }), ctx satisfies Context);
  const { bytes } = outputs.report as Document;
  const value = (port: 'figures' | 'tables') => (outputs[port] as { value: unknown }).value;
  return { markup: new TextDecoder().decode(bytes), bytes, figures: value('figures') as Result['figures'], tables: value('tables') as Result['tables'], warnings: ctx.warnings };
}

/** The words of a page, without its markup. */
const textOf = (markup: string) => markup.replace(/<style>.*?<\/style>/s, '').replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');

describe('a study of two models', () => {
  test('the table of performance says what the evaluation found, to the digit', async () => {
    const { markup, tables } = await make(everything());
    expect(textOf(markup)).toContain('0.842 (0.713 to 0.971) 0.705 to 0.960');
    const performance = tables.find((found) => found.name === 'performance');
    expect(performance?.columns.slice(0, 7)).toEqual(['Set', 'Model', 'AUC', 'AUC lower', 'AUC upper', 'AUC CI, bootstrap lower', 'AUC CI, bootstrap upper']);
    expect(performance?.rows.find((row) => row[0] === 'Test' && row[1] === 'K-nearest neighbours')?.slice(0, 7)).toEqual(['Test', 'K-nearest neighbours', 0.8423, 0.7128, 0.9709, 0.7051, 0.9602]);
    expect(performance?.columns.slice(-3)).toEqual(['Specificity upper', 'PPV', 'F1']);
    expect(textOf(markup)).toContain('In brackets: 95% confidence intervals. AUC: DeLong; AUC, bootstrap: bootstrap (stratified, 2000); Sensitivity, Specificity: Wilson.');
  });

  test('a number that does not exist says why, and is empty in the file', async () => {
    const { markup, tables } = await make(everything());
    expect(textOf(markup)).toContain('a Could not be computed: no case was predicted to have the event');
    const performance = tables.find((found) => found.name === 'performance');
    expect(performance?.rows[0][performance.columns.indexOf('PPV')]).toBeNull();
  });

  test('counts and further measures stand in a table of their own, with what must be known of them', async () => {
    const { markup, tables } = await make(everything());
    const counts = tables.find((found) => found.name === 'counts');
    expect(counts?.columns).toEqual(['Set', 'Model', 'Predictions', 'Events', 'Threshold', 'TP', 'FP', 'FN', 'TN', 'MCC', 'Brier score', 'AUC over folds, mean', 'SD', 'Folds']);
    expect(counts?.rows.at(-1)).toEqual(['Test', 'K-nearest neighbours', 8, 4, 0.5, 3, 0, 1, 4, null, 0.1616, 0.8423, 0.05, 10]);
    expect(textOf(markup)).toContain('Test set: 2 of 8 rows are repeats.');
  });

  test('the funnel follows the counts, whatever order the steps come in', async () => {
    const { tables } = await make(everything());
    expect(tables.find((found) => found.name === 'feature-funnel')?.rows).toEqual([
      ['Zero variance', 1037, 23, 1014],
      ['Correlation', 1014, 748, 266],
      ['Lasso', 266, 264, 2],
    ]);
  });

  test('selected features are taken apart, those that weigh most per standard deviation first; the column is in the file alone', async () => {
    const { tables, markup } = await make(everything());
    expect(tables.find((found) => found.name === 'selected-features')?.columns).toEqual(['Feature', 'Family', 'Image', 'Coefficient', 'Per SD', 'Column of the feature table']);
    expect(textOf(markup)).not.toContain('Column of the feature table');
    // In units of its own the other one is the larger.
    const scaled = lasso();
    const units = { ...scaled, summary: { ...scaled.summary, chosen: 0.15937, coefficients: { [features[0]]: -84.3, [features[1]]: 0.0946 } } };
    const inUnits = await make({ ...everything(), models: [gathered('lasso', units)] });
    expect(inUnits.tables.find((found) => found.name === 'selected-features')?.rows.map((row) => row.slice(3, 5))).toEqual([[0.0946, 0.0946], [-84.3, -0.0843]]);
    expect(tables.find((found) => found.name === 'selected-features')?.rows).toEqual([
      ['MaximumProbability', 'GLCM', 'LoG, σ 2.0 mm', 0.0946, 0.0946, features[1]],
      ['SmallAreaLowGrayLevelEmphasis', 'GLSZM', 'Original', -0.0843, -0.0843, features[0]],
    ]);
  });

  test('the penalty used is the one whose coefficients were taken', async () => {
    const { tables } = await make(everything());
    expect(tables.find((found) => found.name === 'lasso-penalties')?.rows).toEqual([
      ['λ min (least loss)', 0.1, 1.32, 0.05, 3],
      ['λ 1-SE (largest within one standard error), used', 0.15937, 1.35, 0.04, 2],
    ]);
  });

  test('the score of a search is that of the settings it chose', async () => {
    const { markup, tables } = await make(everything());
    expect(tables.find((found) => found.name === 'tuning')?.rows).toEqual([['K-nearest neighbours', 'k 9, kernel optimal', 'AUC', 0.8123, 0.0312, 3, 'best']]);
    expect(textOf(markup)).toContain('Candidates of K-nearest neighbours that failed: 3.');
  });

  test('the flow of cases has every count, and 20 - 3 = 17 are the 16 rows and the one that failed', async () => {
    const { markup } = await make(everything());
    expect(markup).toContain('aria-label="Candidate cases n\u00a0=\u00a020; Excluded Thrombolysis (n\u00a0=\u00a03); Cases given to feature extraction n\u00a0=\u00a017; Failed n\u00a0=\u00a01; Cases analysed n\u00a0=\u00a016, 8 events; Training set n\u00a0=\u00a08 4 events; Test set n\u00a0=\u00a08 4 events."');
    expect(markup).not.toContain('do not add up');
    const other = await make(everything({ cohort: { candidates: 25, excluded: [{ reason: 'Thrombolysis', count: 3 }] } }));
    expect(textOf(other.markup)).toContain('The counts do not add up: candidates less exclusions leave 22 cases, and 17 were given to feature extraction.');
  });

  test('the title block names plan, data, seed, profile, versions and command', async () => {
    const { markup } = await make(everything());
    for (const fact of ['a1b2c3d4e5f6<', 'b'.repeat(64), '20240601', 'pyradiomics', '@radloom/core, @radloom/imaging', 'radloom run study.yaml', 'Research use only']) expect(markup).toContain(fact);
  });

  test('declared leakage is marked beside each number that depends on it', async () => {
    const { markup, tables, figures: drawn } = await make(everything({ tainted: ['knn'] }));
    expect(tables.find((found) => found.name === 'performance')?.rows.map((row) => row[1])).toEqual(Array.from({ length: 3 }, () => ['Random forest', 'K-nearest neighbours†']).flat());
    expect(drawn.find((figure) => figure.name === 'roc-test')?.svg).toContain('K-nearest neighbours†: 0.842');
    expect(textOf(markup)).toContain('learned from rows outside the training set or depend on steps that did: knn.');
    expect(textOf(markup)).toContain('All steps learned from the training cases alone.');
    const other = await make(everything({ tainted: ['lasso'] }));
    expect(textOf(other.markup)).not.toContain('All steps learned from the training cases alone.');
    expect(other.tables.find((found) => found.name === 'feature-funnel')?.rows.at(-1)?.[0]).toBe('Lasso†');
  });

  test('limitations come from the numbers: 4 events for 2 predictors, 1037 features in 8 cases', async () => {
    const { markup } = await make(everything());
    const said = textOf(markup);
    expect(said).toContain('4 training cases in the smaller outcome group for 2 predictors, 2.0 each');
    expect(said).toContain('1037 features were searched in 8 training cases');
    expect(said).toContain('Small test set: 8 cases, 4 with the event');
    expect(said).toContain('The test AUC intervals of all models overlap');
    expect(said).toContain('1 of 17 cases failed');
  });

  test('of many steps that depend on declared leakage those that learned are named, the others counted', async () => {
    const steps = ['clinical.univariate', 'combined.knn'].flatMap((id) => ['fit', 'training'].map((operation) => ({ id: `${id}.${operation}`, plugin: id.endsWith('knn') ? 'classifier/knn' : 'selector/univariate', operation, params: {} })));
    const said = textOf((await make(everything({ steps, tainted: [...steps.map(({ id }) => id), ...Array.from({ length: 90 }, (_, i) => `control.${i}`)] }))).markup);
    expect(said).toContain('depend on steps that did: clinical.univariate.fit, and 93 more steps. Their numbers carry †.');
    expect(said).not.toContain('control.7');
  });

  test('of several folds the limitations count cases once, and events where they are fewest', async () => {
    const inFold = (name: string, role: Predictions['role'], fold: string, rows: number[]): Gathered<Predictions> => ({ step: name, name, at: { fold }, value: { ...predicted(name, role), rows: rows.map((row) => cases[row]), outcome: Uint8Array.from(rows, (row) => outcome[row]), probability: Float64Array.from(rows, () => 0.5) } });
    // Each fold tests four cases; the second time round the same eight are tested again. Training rows of r1f2 hold a single event.
    const predictions = [...['r1', 'r2'].flatMap((repeat) => [inFold('knn', 'test', `${repeat}f1`, [0, 1, 2, 3]), inFold('knn', 'test', `${repeat}f2`, [4, 5, 6, 7])]), inFold('knn', 'training', 'r1f1', [8, 9, 10, 11]), inFold('knn', 'training', 'r1f2', [8, 10, 12, 11])];
    const models = ['r1f1', 'r1f2'].map((fold) => ({ ...gathered('knn', model('classifier/knn', features)), at: { fold } }));
    const said = textOf((await make({ ...everything(), predictions, models })).markup);
    expect(said).toContain('1 training cases in the smaller outcome group for 2 predictors, 0.5 each');
    expect(said).toContain('Small test set: 8 cases, 4 with the event');
    expect(said).toContain('8 cases were tested, several times each (16 predictions of every model)');
  });

  test('the widest search counts, whichever set it is of', async () => {
    const said = textOf((await make({ ...everything({ settings: { sets: [{ name: 'clinical', models: [] }, { name: 'radiomics', models: ['knn'] }] } }), models: [{ ...gathered('univariate', model('selector/univariate', ['age'], { before: 15, after: 1 })), step: 'clinical.univariate.fit' }, { ...gathered('lasso', lasso()), step: 'radiomics.lasso.fit' }] })).markup);
    expect(said).toContain('266 features were searched in 8 training cases');
  });

  test('decimals are one setting for the whole page', async () => {
    const { markup } = await make(everything(), 'en', 2);
    expect(textOf(markup)).toContain('0.84 (0.71 to 0.97)');
    expect(markup).not.toContain('0.842');
  });
});

/** Sections of every study; others come with what they show. */
const always = sections.filter(({ asked }) => asked === undefined);

describe.each(['en', 'zh'] as const)('the page in %s', (language) => {
  test('has every section and figure', async () => {
    const { markup, figures: drawn, warnings } = await make(everything(), language);
    for (const section of always) expect(markup).toContain(`<section id="${section.id}">`);
    for (const section of always) expect(markup).toContain(section.title[language]);
    expect(drawn.map((figure) => figure.name)).toEqual(['cohort-flow', 'feature-funnel', 'lasso-cv', 'lasso-paths', 'roc-training', 'roc-out-of-fold', 'roc-test', 'predicted-probability-out-of-fold', 'predicted-probability-test', 'pipeline']);
    expect(markup.includes('class="unavailable"')).toBe(false);
    expect(warnings).toEqual([]);
  });

  test('loads nothing, runs nothing, and knows no time', async () => {
    const { markup } = await make(everything(), language);
    const own = markup.replaceAll('xmlns="http://www.w3.org/2000/svg"', '');
    expect(own).not.toMatch(/https?:|<script|<link|<img|<iframe|@import|url\(|\bsrc=/);
    expect(own).toContain("default-src 'none'");
  });

  test('says in words what each figure shows, and uses each id once', async () => {
    const { markup, figures: drawn } = await make(everything(), language);
    for (const { svg } of drawn) expect(svg).toMatch(/^<svg xmlns="[^"]+" role="img" aria-label="[^"]{20,}"/);
    const ids = [...markup.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^[a-z][a-z0-9-]*$/.test(id))).toEqual([]);
  });

  test('a figure tells its series apart without colour', async () => {
    const { figures: drawn } = await make(everything(), language);
    const roc = drawn.find((figure) => figure.name === 'roc-test')?.svg ?? '';
    expect(roc).toContain('stroke-dasharray="7 4"');
    expect(roc).toContain('M-3.5,-3.5h7v7h-7Z'); // the square of the second series, in the legend
  });

  test('comes whole when nothing was found, and says why in each section', async () => {
    const { markup, warnings, figures: drawn, tables } = await make(nothing(), language);
    const silent = ['failures', 'limitations'];
    const said = sections.filter((section) => markup.includes(`<section id="${section.id}">`));
    expect(said).toEqual(always);
    expect(markup.split('class="unavailable"').length - 1).toBe(always.length - silent.length);
    expect([drawn, tables, warnings]).toEqual([[], [], []]);
  });
});

test('the Chinese page has no English sentence of its own', async () => {
  const { markup } = await make(everything(), 'zh');
  // What the study wrote (title, reasons, ways out) stays as it is; our own texts are the rest.
  // The methods stand there in English too, for the authors.
  const own = textOf(markup.replace(/<div lang="en-GB">[^]*?<\/div><\/div>/, '')).replaceAll(/Haemorrhagic transformation|Could not|The mask has no voxel of label 1\.|Choose label 2\.|the region has one grey level|2 of 8 rows are repeats\.|All rows were called alike\.|no case was predicted to have the event|radloom run study\.yaml/g, '');
  expect(own.match(/(?:\b[a-z]{2,}\b ){3,}/g) ?? []).toEqual([]);
});

describe('hostile text', () => {
  const attack = '"><script>alert(1)</script><img src=x onerror=y>&\u0000';

  test('is shown, never run, wherever it comes from', async () => {
    const inputs = everything({
      title: attack,
      description: attack,
      planId: attack,
      dataDigest: attack,
      profile: attack,
      reproduce: attack,
      versions: { [attack]: attack },
      settings: { [attack]: { [attack]: attack } },
      cohort: { candidates: 3, excluded: [{ reason: attack, count: 1 }] },
      tainted: [attack],
      steps: [{ id: attack, plugin: attack }],
    });
    const failure = { code: 'x', message: attack, fix: attack, step: attack };
    const hostileLasso = model('selector/lasso', [attack], { before: 2, after: 1, lambda: [0.2, 0.1], cvm: [1, 2], measure: attack, coefficients: { [attack]: 1 }, paths: { [attack]: [0, 1] } });
    const hostileEntry = { ...entry(attack, 'test', 0.8), metrics: [{ name: 'auc', value: NaN, interval: attack, reason: { code: 'x', text: attack } }] };
    const { markup, figures: drawn, warnings } = await make({
      ...inputs,
      table: { ...table(), failures: [{ id: attack, failure }], reasons: [['case-01', attack, { code: 'x', text: attack }]] },
      models: [{ ...gathered(attack, hostileLasso), at: { fold: attack } }, { step: 's', name: attack, at: {}, failure }],
      choices: [gathered(attack, { type: 'data', value: { settings: { [attack]: attack }, metric: attack, candidates: [] } })],
      predictions: [gathered(attack, { ...predicted(attack, 'test'), rows: cases.slice(8).map((id) => id + attack) })],
      metrics: [gathered(attack, { type: 'metrics', family: 'discrimination', entries: [hostileEntry] })],
    });
    for (const text of [markup, ...drawn.map((figure) => figure.svg)]) {
      expect(['<script', '<img', '\u0000'].filter((piece) => text.includes(piece))).toEqual([]);
      expect(parseHTML(text.startsWith('<svg') ? `<body>${text}</body>` : text).document.querySelectorAll('script, img, [onerror]')).toHaveLength(0);
    }
    expect(drawn.length).toBeGreaterThan(5);
    expect(warnings).toEqual([]);
  });
});

describe('the same results give the same bytes', () => {
  test('whatever was drawn before, and whether or not they went through the cache', async () => {
    const first = await make(everything());
    await make(everything({ title: 'Another study' }), 'zh');
    const stored = decode(encode(everything())) as Inputs;
    expect((await make(stored)).bytes).toEqual(first.bytes);
    expect((await make(stored)).figures).toEqual(first.figures);
  });
});

describe('a study in which something is missing', () => {
  const failure = { code: 'no-predictors', message: 'There is nothing to learn from: no feature is left after selection.', fix: 'Use a less strict selection.', step: 'knn' };
  const failed = (name: string): Gathered => ({ step: name, name, at: {}, failure });

  test('every model failed: the report says so and gives the reason', async () => {
    const { markup, tables, warnings } = await make({ ...everything(), predictions: [failed('knn')], metrics: [failed('discrimination')] });
    expect(textOf(markup)).toContain('Could not be computed: There is nothing to learn from: no feature is left after selection.');
    expect(tables.find((found) => found.name === 'failed-steps')?.rows).toEqual([['K-nearest neighbours', 'knn', failure.message, failure.fix]]);
    expect(warnings).toEqual([]);
  });

  test('nothing was selected', async () => {
    const none = model('selector/lasso', [], { ...lasso().summary, after: 0, coefficients: {} });
    const { markup, warnings } = await make({ ...everything(), models: [gathered('lasso', none)] });
    expect(textOf(markup)).toContain('No feature was selected');
    expect(warnings).toEqual([]);
  });

  test.each<[string, Record<string, unknown>]>([
    ['lambda given, not chosen', { lambda: [0.1], coefficients: { [features[0]]: 0.2 } }],
    ['paths that are all zero', { lambda: [0.2, 0.1], paths: { a: [0, 0] } }],
    ['losses that are not numbers', { lambda: [0.2, 0.1], cvm: [NaN, NaN], cvsd: [NaN, NaN] }],
    ['typed arrays', { lambda: Float64Array.of(0.2, 0.1), cvm: Float64Array.of(1, 2), nonzero: Int32Array.of(0, 1), lambdaMin: 0.2 }],
    ['lists of other lengths', { lambda: [0.2, 0.1], cvm: [1], paths: { a: [1] } }],
    ['another form', { lambda: 'long', cvm: {}, paths: [] }],
  ])('a lasso with %s', async (_, summary) => {
    const { warnings } = await make({ ...everything(), models: [gathered('lasso', model('selector/lasso', features, { before: 5, after: 2, ...summary }))] });
    expect(warnings).toEqual([]);
  });

  test('an evaluation without curves, counts or intervals', async () => {
    const bare = { ...entry('knn', 'test', 1), metrics: [{ name: 'auc', value: 1 }], detail: {} };
    const { markup, warnings } = await make({ ...everything(), metrics: [gathered('discrimination', { type: 'metrics', family: 'discrimination', entries: [bare] })] });
    expect(textOf(markup)).toContain('ROC curves: Could not be computed: no evaluation gives the points of a ROC curve.');
    expect(warnings).toEqual([]);
  });

  test('a table without rows, and predictions without cases', async () => {
    const empty = { ...predicted('knn', 'test'), rows: [], outcome: new Uint8Array(), probability: new Float64Array() };
    const { warnings } = await make({ ...everything(), table: makeTable({ rows: [], columns: [] }), predictions: [gathered('knn', empty)] });
    expect(warnings).toEqual([]);
  });

  test('several folds: each row says which, and ten curves become eight', async () => {
    const folds = Array.from({ length: 10 }, (_, i) => ({ ...gathered('discrimination', { type: 'metrics', family: 'discrimination', entries: [entry('knn', 'test', 0.8)] } as Metrics), at: { fold: `r1f${i + 1}` } }));
    const { markup, tables } = await make({ ...everything(), metrics: folds });
    expect(tables.find((found) => found.name === 'performance')?.rows.map((row) => row[2])).toEqual(folds.map((fold) => fold.at.fold));
    expect(textOf(markup)).toContain('The first 8 of 10 curves are drawn.');
  });

  test('facts of another form are refused by field', async () => {
    await expect(make({ ...nothing(), study: { type: 'data', value: { title: 'A', cohort: { candidates: 'many' } } } })).rejects.toMatchObject({ code: 'report-facts', where: { field: 'cohort.candidates' } });
  });
});

test('a section that breaks leaves the others standing', () => {
  const broken: string[] = [];
  const part = { ...sections[0], id: 'bad', available: () => true as const, render: () => { throw new Error('no such thing'); } };
  const results = { study: { title: 'T', versions: {}, settings: {}, cohort: { excluded: [] }, tainted: [], steps: [] }, models: [], choices: [], predictions: [], metrics: [], controls: [], nested: [], overviews: [], data: [] };
  const context = { language: 'en' as const, words: words.en, numbers: numberFormat(3, 'en') };
  const { markup } = page(results, context, { sections: [part, sections.find(({ id }) => id === 'limitations')!], figures, broken: (id) => broken.push(id) });
  expect(broken).toEqual(['bad']);
  expect(textOf(markup)).toContain('Could not be computed: this part of the report broke (no such thing).');
  expect(textOf(markup)).toContain('The automatic checks found none.');
});

test('every figure follows a section that exists', () => {
  const ids = sections.map((section) => section.id);
  expect(figures.filter((figure) => !ids.includes(figure.section))).toEqual([]);
});

describeContract(report, {
  from: import.meta.url,
  examples: [
    { operation: 'run', inputs: everything },
    { operation: 'run', inputs: everything, params: { language: 'zh', decimals: 2 } },
    { operation: 'run', inputs: nothing },
  ],
});
