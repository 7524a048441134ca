import { type Document, type Gathered, type Inputs, type Metrics, parseParams, type Plain, type Predictions } from '@radloom/core';
import { testContext } from '@radloom/testkit';
import { parseHTML } from 'linkedom/worker';
import { describe, expect, test } from 'vitest';
import report from './index.js';
import { pooledSets } from './reading/predictions.js';
import type { TableData } from './table.js';

const sets = ['clinical', 'radiomics'];
const models = ['logistic', 'random-forest', 'svm', 'knn', 'stacking'];
const gathered = <T extends NonNullable<Gathered['value']>>(name: string, value: T, step = name): Gathered<T> => ({ step, name, at: {}, value });

function entry(model: string, role: Predictions['role'], auc: number): Metrics['entries'][number] {
  return {
    model,
    role,
    rows: 20,
    events: 8,
    metrics: [{ name: 'auc', value: auc, lower: auc - 0.1, upper: auc + 0.1, interval: 'DeLong' }, { name: 'sensitivity', value: 0.75 }, { name: 'specificity', value: 0.5 }],
    detail: { roc: [{ threshold: Infinity, sensitivity: 0, specificity: 1 }, { threshold: 0, sensitivity: 1, specificity: 0 }], level: 0.95 },
  };
}

const steps = Array.from({ length: 40 }, (_, i) => ({ id: `glcm@image-${i + 1}`, plugin: 'features/glcm', operation: 'run', params: { include: Array.from({ length: 24 }, (__, f) => `Feature${f + 1}`), distances: [1] } }));

function compared(): Inputs {
  const names = sets.flatMap((set) => models.map((model) => `${set} ${model}`));
  const auc = (name: string) => (60 + names.indexOf(name)) / 100;
  const settings = { sets: [...sets.map((name) => ({ name, columns: name, models })), { name: 'both', join: sets, models: [] }], evaluation: ['discrimination', { 'baseline-table': { yates: 'off' } }] };
  const facts: Plain = { type: 'data', value: { title: 'Two sets', settings, steps } };
  const size = (set: string): Gathered<Metrics> => gathered(`${set} sample-size`, { type: 'metrics', family: 'sample-size', entries: [{ model: 'candidates', role: 'training', rows: 30, events: 10, metrics: [{ name: 'eventsPerParameter', value: 0.01 }, { name: 'patientsNeeded', value: 900 }], detail: { parameters: set === 'clinical' ? 3 : 1051 } }] }, `${set}.sample-size`);
  return { study: facts, models: [], choices: [], predictions: [], metrics: [gathered('discrimination', { type: 'metrics', family: 'discrimination', entries: names.flatMap((name) => (['training', 'out-of-fold', 'test'] as const).map((role) => entry(name, role, auc(name)))) }), ...sets.map(size)] };
}

async function make(inputs: Inputs, language = 'en') {
  const run = await report.operations.run.load();
  const found = (await run(inputs, parseParams(report.params, { language }), testContext())) as unknown as { report: Document; tables: { value: TableData[] }; figures: { value: { name: string; title: string }[] } };
  const markup = new TextDecoder().decode(found.report.bytes);
  return { markup, document: parseHTML(markup).document, tables: found.tables.value, figures: found.figures.value };
}

describe('a study of several sets of predictors', () => {
  test('begins with the sets side by side', async () => {
    const { tables, figures } = await make(compared());
    const side = tables.find(({ name }) => name === 'sets')!;
    expect(side.columns).toEqual(['Model', 'clinical', 'clinical lower', 'clinical upper', 'radiomics', 'radiomics lower', 'radiomics upper']);
    expect([side.rows[1][1], side.rows[1][4]]).toEqual([0.61, 0.66]);
    expect(figures.findIndex(({ name }) => name === 'sets')).toBeLessThan(figures.findIndex(({ name }) => name.startsWith('roc')));
  });

  test('draws every model: a panel a set, folded, and numbered as they stand', async () => {
    const { document, figures } = await make(compared());
    expect(figures.filter(({ name }) => name.startsWith('roc')).map(({ name, title }) => [name, title])).toEqual(sets.flatMap((set) => [[`roc-training-${set}`, `ROC curves, training set, ${set}`], [`roc-out-of-fold-${set}`, `ROC curves, training set, out of fold, ${set}`], [`roc-test-${set}`, `ROC curves, test set, ${set}`]]));
    const folds = [...document.querySelectorAll('#performance details.set')] as unknown as { querySelector(selector: string): { textContent: string }; querySelectorAll(selector: string): ArrayLike<{ textContent: string }> }[];
    expect(folds.map((fold) => fold.querySelector('summary').textContent)).toEqual(['clinical 3 figures', 'radiomics 3 figures']);
    expect(folds[1].querySelector('#figure-roc-test-radiomics').textContent).toContain('Random forest: 0.660 (0.560 to 0.760)');
    const numbers = (Array.from(document.querySelectorAll('figcaption b')) as { textContent: string }[]).map(({ textContent }) => Number(/\d+/.exec(textContent)![0]));
    expect(numbers).toEqual(numbers.map((_, i) => i + 1));
  });

  test('a model looks the same in every set', async () => {
    const { document } = await make(compared());
    const dashes = (set: string) => (Array.from(document.querySelectorAll(`#figure-roc-test-${set} path[stroke-dasharray]`)) as unknown as { getAttribute(name: string): string }[]).map((path) => path.getAttribute('stroke-dasharray'));
    expect(new Set(dashes('clinical')).size).toBeGreaterThan(3);
    expect(dashes('radiomics')).toEqual(dashes('clinical'));
  });

  test('long tables are folded with their caption standing, and links lead into them; short ones are open', async () => {
    const { document, tables } = await make(compared());
    const performance = document.querySelector('#table-performance')!;
    expect(performance.closest('details')?.querySelector('summary')?.textContent).toMatch(/^Table \d+ Performance of the models 30 rows$/);
    expect(document.querySelector('#table-sets')!.closest('details')).toBeNull();
    expect(tables.find(({ name }) => name === 'performance')?.rows).toHaveLength(30);
  });

  test('the matrix of many models has numbers for heads; the file has their names', async () => {
    const all = compared();
    const names = sets.flatMap((set) => models.map((model) => `${set} ${model}`));
    const pairs = names.flatMap((model, m) => names.slice(0, m).map((against) => ({ model, role: 'test' as const, rows: 20, events: 8, metrics: [{ name: 'deLongAdjustedP', value: model.endsWith('svm') ? 0.01 : 1 }], detail: { against, adjustment: 'holm', tests: 45 } })));
    const { document, tables } = await make({ ...all, metrics: [...(all.metrics as Gathered<Metrics>[]), gathered('comparison', { type: 'metrics', family: 'comparison', entries: pairs })] });
    const matrix = tables.find(({ name }) => name === 'delong-matrix')!;
    expect(matrix.columns.slice(0, 4)).toEqual(['Set', 'No.', 'Model', 'clinical Logistic regression']);
    expect((Array.from(document.querySelectorAll('#table-delong-matrix thead th')) as { textContent: string }[]).map(({ textContent }) => textContent)).toEqual(['No.', 'Model', ...names.map((_, i) => String(i + 1))]);
    expect(document.querySelector('#comparison')!.textContent).toContain('Pairs of models whose AUCs differ (adjusted P below 0.05), test set: 9 of 45.');
  });

  test('the size that the candidates of each set ask for is said of each', async () => {
    const { document } = await make(compared());
    const said = document.querySelector('#sample-size')!.textContent!;
    expect(said).toContain('clinical: 3 candidate predictors');
    expect(said).toContain('radiomics: 1051 candidate predictors');
  });

  test.each(['en', 'zh'])('settings are told by name, the steps alike together; the file has each (%s)', async (language) => {
    const { document, tables } = await make(compared(), language);
    const settings = tables.find(({ name }) => name === 'settings')!;
    const named = Object.fromEntries(settings.rows.map(([, name, value]) => [name, value]));
    expect(named).toMatchObject({ sets: language === 'en' ? 'clinical, radiomics, both' : 'clinical、radiomics、both', 'clinical.columns': 'clinical', 'both.join': 'clinical, radiomics', evaluation: language === 'en' ? 'discrimination, baseline-table' : 'discrimination、baseline-table', 'baseline-table.yates': 'off' });
    expect(tables.find(({ name }) => name === 'steps')?.rows).toHaveLength(40);
    const rows = document.querySelectorAll('#table-steps tbody tr');
    expect(rows).toHaveLength(1);
    expect(rows[0].textContent).toMatch(/glcm@image-3.*37/);
    expect(rows[0].textContent).toContain('Feature1, Feature2, Feature3 …');
    expect(tables.find(({ name }) => name === 'steps')?.rows[0][2]).toContain('Feature24');
  });
});

test('of many folds a search is told in one row a model; the file has every fold', async () => {
  const choice = (fold: string, k: number, score: number): Gathered<Plain> => ({ step: 'knn.choice', name: 'knn', at: { fold }, value: { type: 'data', value: { settings: { k }, metric: 'auc', rule: 'best', name: String(k), candidates: [{ name: String(k), settings: { k }, score, standardError: 0.05 }] } } });
  const { document, tables } = await make({ ...compared(), choices: [choice('f1', 5, 0.7), choice('f2', 9, 0.8), choice('f3', 9, 0.6)] });
  expect(tables.find(({ name }) => name === 'tuning')?.rows.map((row) => row.slice(1, 3))).toEqual([['f1', 'k 5'], ['f2', 'k 9'], ['f3', 'k 9']]);
  const rows = document.querySelectorAll('#table-tuning tbody tr');
  expect(rows).toHaveLength(1);
  expect(rows[0].textContent).toContain('k 9 (2), k 5 (1)');
  expect(rows[0].textContent).toContain('0.600 to 0.800');
});

test('of many pairs the page has those of the smallest P on test rows; the file has all', async () => {
  const names = Array.from({ length: 12 }, (_, i) => `model-${i}`);
  const pairs = (['out-of-fold', 'test'] as const).flatMap((role) => names.flatMap((model, m) => names.slice(0, m).map((against, a) => ({ model, role, rows: 20, events: 8, metrics: [{ name: 'aucDifference', value: 0.1 }, { name: 'deLongP', value: (m * 12 + a) / 200 }, { name: 'deLongAdjustedP', value: 1 }], detail: { against, adjustment: 'holm', tests: 66 } }))));
  const { document, tables } = await make({ ...compared(), metrics: [gathered('comparison', { type: 'metrics', family: 'comparison', entries: pairs.reverse() } as Metrics)] });
  expect(tables.find(({ name }) => name === 'comparison')?.rows).toHaveLength(132);
  const shown = (Array.from(document.querySelectorAll('#table-comparison tbody tr:not(.group)')) as { textContent: string }[]).map(({ textContent }) => textContent);
  expect(shown).toHaveLength(20);
  expect(shown[0]).toContain('model-1model-0');
  expect(document.querySelector('#table-comparison')!.textContent).toContain('The 20 pairs of the smallest P, test set; the table file has all 132.');
});

test('one set with models: nothing is set apart', async () => {
  const all = compared();
  const discrimination = gathered('discrimination', { type: 'metrics', family: 'discrimination', entries: models.map((model) => entry(model, 'test', 0.7)) } as Metrics);
  const { document, figures } = await make({ ...all, study: { type: 'data', value: { title: 'One set', settings: { sets: [{ name: 'clinical', models: [] }, { name: 'radiomics', models }] } } }, metrics: [discrimination] });
  expect(document.querySelector('details.set')).toBeNull();
  expect(figures.map(({ name }) => name).filter((name) => name.startsWith('roc'))).toEqual(['roc-test']);
});

test('predictions of all folds together; a threshold where they share it', () => {
  const of = (fold: string, rows: string[], threshold: number): Gathered<Predictions> => ({ step: 'svm', name: 'svm', at: { fold }, value: { type: 'predictions', model: 'svm', rows, outcome: Uint8Array.from(rows, (_, i) => i % 2), probability: Float64Array.from(rows, () => threshold / 2), role: 'test', partition: { role: 'test', rowSet: fold }, fittedOn: 'x', threshold } });
  const results = (...predictions: Gathered<Predictions>[]) => ({ study: { title: '', versions: {}, settings: {}, cohort: { excluded: [] }, tainted: [], steps: [] }, models: [], choices: [], predictions, metrics: [], controls: [], nested: [], overviews: [], data: [] });
  expect(pooledSets(results(of('f1', ['a', 'b'], 0.4), of('f2', ['c'], 0.4)))).toEqual([{ model: 'svm', role: 'test', rows: 3, outcome: [0, 1, 0], probability: [0.2, 0.2, 0.2], tainted: false, threshold: 0.4 }]);
  expect(pooledSets(results(of('f1', ['a', 'b'], 0.4), of('f2', ['c'], 0.6)))[0].threshold).toBeUndefined();
});
