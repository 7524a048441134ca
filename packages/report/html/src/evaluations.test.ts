import { type Gathered, type Inputs, type Metric, type Metrics, type Model, parseParams, random } from '@radloom/core';
import { testContext } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import { bandStretches, within } from './figures/band.js';
import { darkFigureRules } from './figures/palette.js';
import { fitText, textWidth } from './figures/text-width.js';
import report from './index.js';
import type { Language } from './language.js';
import { numberFormat } from './numbers.js';
import { studyFacts } from './reading/facts.js';
import { nomograms } from './reading/nomogram.js';
import type { StudyResults } from './reading/results.js';
import type { TableData } from './table.js';

const names = ['logistic', 'random-forest', 'svm'];
const roles = ['training', 'test'] as const;
const features = ['original_shape_Sphericity', 'wavelet-LLH_glcm_Contrast', 'age'];

const gathered = <T extends NonNullable<Gathered['value']>>(name: string, value: T, at: Gathered['at'] = {}): Gathered<T> => ({ step: name, name, at, value });
type Entry = Metrics['entries'][number];
const metrics = (family: string, entries: readonly Entry[]): Metrics => ({ type: 'metrics', family, entries });
const entry = (model: string, role: Entry['role'], own: readonly Metric[], detail: Record<string, unknown> = {}): Entry => ({ model, role, rows: 40, events: 16, metrics: own, detail: { level: 0.95, notes: [], ...detail } });
const each = (make: (model: string, role: Entry['role']) => Entry) => roles.flatMap((role) => names.map((model) => make(model, role)));
const bounded = (name: string, value: number, interval = 'bootstrap (cases, 500)'): Metric => ({ name, value, lower: value - 0.1, upper: value + 0.1, interval });

const places = Float64Array.from({ length: 11 }, (_, i) => i / 10);
const calibration = () =>
  metrics('calibration', each((model, role) =>
    entry(model, role, [bounded('calibrationSlope', 0.8123, 'Wald'), bounded('ici', 0.0456), { name: 'e90', value: 0.0987 }, model === 'svm' ? { name: 'hosmerLemeshowP', value: NaN, reason: { code: 'test-undefined', text: 'a group expects no event' } } : { name: 'hosmerLemeshowP', value: 0.00004 }], {
      curve: { probability: places, observed: places.map((p) => 1.3 * p - 0.1), lower: places.map((p, i) => (i === 0 ? NaN : p - 0.2)), upper: places.map((p, i) => (i === 0 ? NaN : p + 0.2)), bootstrap: 500 },
      histogram: { events: Float64Array.of(0, 2, 5), others: Float64Array.of(9, 3, 1) },
      hosmerLemeshow: { chiSquared: 12, df: 8 },
    })));

const thresholds = Float64Array.of(0.1, 0.2, 0.5, 0.9);
const decision = () =>
  metrics('decision-curve', each((model, role) =>
    entry(model, role, [bounded('netBenefit@0.1', 0.3456), bounded('netBenefit@0.5', 0.1234)], {
      curve: { threshold: thresholds, netBenefit: Float64Array.of(0.3456, 0.3, 0.1234, -0.9), lower: Float64Array.of(0.2, 0.1, 0, NaN), upper: Float64Array.of(0.5, 0.4, 0.3, NaN), treatAll: Float64Array.of(0.3333, 0.25, -0.2, -5) },
      impact: { population: 1000, threshold: thresholds, highRisk: Float64Array.of(900, 800, 412.5, 10), highRiskWithEvent: Float64Array.of(400, 390, 287.5, 5) },
      bootstrap: 1000,
    })));

const pairs = [['random-forest', 'logistic'], ['svm', 'logistic'], ['svm', 'random-forest']] as const;
const comparison = () =>
  metrics('comparison', roles.flatMap((role) => pairs.map(([model, against]) =>
    entry(model, role, [bounded('aucDifference', 0.0321, 'DeLong, paired'), { name: 'deLongP', value: 0.0002 }, { name: 'deLongAdjustedP', value: against === 'logistic' ? 0.0006 : 0.0432 }, ...(against === 'logistic' ? ['nri', 'nriEvents', 'nriOthers', 'idi'].map((name) => bounded(name, 0.2)) : [])], { against, adjustment: 'holm', tests: 3, cuts: [] }))));

const explanation = () => {
  const stream = random([1, 2, 3, 4]);
  const shapOf = (rows: number) => Float64Array.from({ length: rows * features.length }, (_, at) => (at % 3 === 0 ? 0.3 : 0.1) * stream.normal());
  const rows = Array.from({ length: 12 }, (_, i) => `case-${i}`);
  return metrics('explanation', names.map((model) => {
    const values = shapOf(12);
    const prediction = Float64Array.from(rows, (_, i) => 0.4 + values[3 * i] + values[3 * i + 1] + values[3 * i + 2]);
    const shared = { features, rows, outcome: Uint8Array.from(rows, (_, i) => i % 2), x: Float64Array.from(values, (value) => 10 * value), permutation: features.map((feature, i) => ({ feature, brierRise: 0.03 / (i + 1), brierSd: 0.01, aucDrop: i === 2 ? NaN : 0.05 })) };
    return model === 'svm'
      ? entry(model, 'test', [{ name: 'additivityError', value: NaN, reason: { code: 'no-coalitions', text: 'It did not predict the coalitions.' } }], shared)
      : entry(model, 'test', [{ name: 'additivityError', value: 0 }], { ...shared, shap: { values, prediction, base: 0.4, scale: model === 'logistic' ? 'log-odds' : 'probability', method: model === 'logistic' ? 'linear' : 'tree' } });
  }));
};

const selection = () =>
  metrics('selection', roles.map((role) =>
    entry('selection', role, [bounded('scoreAuc', 0.7654, 'DeLong')], {
      ...(role === 'training' ? { features, correlation: { method: 'pearson', matrix: Float64Array.of(1, -0.83, 0.2, -0.83, 1, 0.05, 0.2, 0.05, 1) }, spread: [{ low: 0.4, median: 0.6, high: 0.9 }, { low: 10, median: 30, high: 90 }, { low: 40, median: 60, high: 90 }] } : {}),
      score: { rows: ['a', 'b', 'c', 'd'], outcome: Uint8Array.of(1, 0, 1, 0), value: Float64Array.of(0.5, -0.4, -0.2, -0.9) },
    })));
const stability = () => metrics('selection-stability', [{ ...entry('selection', 'training', [bounded('stability', 0.4567, 'normal (Nogueira)')], { candidates: 200, frequency: [{ feature: features[0], count: 5 }, { feature: features[1], count: 2 }] }), rows: 5 }]);

const discrimination = (shift = 0) =>
  metrics('discrimination', each((model, role) =>
    entry(model, role, [{ name: 'auc', value: 0.81 - shift, lower: 0.7 - shift, upper: 0.9 - shift, interval: 'DeLong' }, bounded('prAuc', 0.7)], {
      roc: [{ sensitivity: 0, specificity: 1 }, { sensitivity: 0.8, specificity: 0.7 }, { sensitivity: 1, specificity: 0 }],
      precisionRecall: [{ recall: 0, precision: 1 }, { recall: 0.8, precision: 0.6 }, { recall: 1, precision: 0.4 }],
    })));

const optimism = () =>
  metrics('bootstrap-632', names.map((model) => entry(model, 'test', ['auc', 'brier', 'error'].flatMap((measure) => ['632Plus', '632', 'Outside', 'Apparent'].map((kind, i) => ({ name: measure + kind, value: 0.7 + i / 100 }))), { samples: 50, auc: { overfitting: 0.4321 }, brier: { overfitting: 0.2 }, error: { overfitting: 0.3 } })));

function model(plugin: string, summary: Record<string, unknown>): Model {
  return { type: 'model', plugin, version: 1, predictors: features, state: {}, summary, fittedOn: { role: 'training', rowSet: 'rows', rows: [] } };
}
const term = (name: string, pValue: number) => ({ term: name, coefficient: 1.2, standardError: 0.4, z: 3, pValue, oddsRatio: 3.32, lower: 1.5, upper: 7.3 });

const models = () => [
  gathered('univariate', model('selector/univariate', { tests: [{ column: 'age', test: 'mann-whitney', pValue: 0.0123, adjusted: 0.0246, missing: 2, kept: true }, { column: 'sex', test: 'fisher', pValue: NaN, adjusted: NaN, missing: 0, kept: false, reason: 'all values are equal' }], alpha: 0.05, adjust: 'holm', before: 30, after: 29 })),
  gathered('multivariable-logistic', model('selector/multivariable-logistic', { terms: [term('(Intercept)', 0.2), term('age', 0.0001)], rows: 82, events: 42, level: 0.95, method: 'maximum-likelihood', interval: 'wald', notes: [], before: 29, after: 28 })),
  gathered('lasso', model('selector/lasso', { before: 28, after: 3, lambda: [0.2, 0.1], coefficients: { [features[0]]: -0.5, [features[1]]: 0.2, age: 0.1 } })),
  gathered('logistic', model('classifier/logistic', { intercept: -2, coefficients: { [features[0]]: -3, [features[1]]: 0.02, age: 0.05 } })),
];

const baseline = () => ({
  type: 'data' as const,
  value: {
    family: 'baseline-table',
    groups: [{ label: 'y = 1', rows: 42 }, { label: 'y other than 1', rows: 40 }],
    columns: ['Variable', 'All (n = 82)', 'y = 1 (n = 42)', 'y other than 1 (n = 40)', 'P', 'SMD', 'Test', 'Missing'],
    rows: [['age, median [P25, P75]', '70.00 [60.00, 78.00]', '71.00 [61.00, 80.00]', '69.00 [58.00, 75.00]', '0.274', '0.211', 'Mann-Whitney', '0'], ['site, n (%)', '', '', '', '0.038', '0.400', 'chi-square (Yates)', '1'], ['  left', '40 (48.8)', '25 (59.5)', '15 (37.5)', '', '', '', '']],
    notes: [],
  },
});

function everything(): Inputs {
  const found = { discrimination: discrimination(), calibration: calibration(), 'decision-curve': decision(), comparison: comparison(), explanation: explanation(), selection: selection(), 'selection.stability': stability(), 'bootstrap-632': optimism() };
  return {
    study: { type: 'data', value: { title: 'T' } },
    models: models(),
    choices: [],
    predictions: [],
    metrics: Object.entries(found).map(([name, value]) => gathered(name, value)),
    controls: [gathered('permuted-labels', discrimination(0.3)), gathered('random-features', discrimination(0.35))],
    nested: [gathered('nested', discrimination(0.1))],
    data: [gathered('baseline-table', baseline())],
  };
}

async function make(inputs: Inputs, language: Language = 'en') {
  const ctx = testContext();
  const outputs = await (await report.operations.run.load())(inputs, parseParams(report.params, { language }), ctx);
  const value = <T>(port: string) => (outputs[port] as unknown as { value: T }).value;
  const markup = new TextDecoder().decode((outputs.report as unknown as { bytes: Uint8Array }).bytes);
  return { markup, figures: value<readonly { name: string; svg: string }[]>('figures'), tables: value<readonly TableData[]>('tables'), warnings: ctx.warnings };
}
const textOf = (markup: string) => markup.replace(/<style>.*?<\/style>/s, '').replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
const asked = ['baseline', 'variables', 'bootstrap-632', 'comparison', 'calibration', 'decision-curve', 'explanation', 'controls', 'nested'];

describe.each(['en', 'zh'] as const)('a study that evaluates everything, in %s', (language) => {
  test('has a section for each, every figure, and nothing that broke', async () => {
    const { markup, figures, warnings } = await make(everything(), language);
    expect(warnings).toEqual([]);
    for (const id of asked) expect(markup).toContain(`<section id="${id}">`);
    expect(figures.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'selection-frequency', 'correlation', 'rad-score-training', 'rad-score-test', 'precision-recall-training', 'precision-recall-test', 'calibration-training', 'calibration-test',
        'decision-curve-training', 'decision-curve-test', 'decision-curve-bands-test', 'shap-beeswarm-logistic', 'shap-beeswarm-random-forest', 'shap-waterfall-logistic', 'nomogram-logistic', 'controls',
      ]),
    );
    expect(figures.some(({ name }) => name === 'decision-curve-bands-training' || name === 'shap-beeswarm-svm')).toBe(false);
  });

  test('twice the same bytes', async () => expect((await make(everything(), language)).markup).toBe((await make(everything(), language)).markup));

  test('a colour of a figure has its partner for dark screens', async () => {
    const { figures } = await make(everything(), language);
    const rules = darkFigureRules();
    const colours = new Set(figures.flatMap(({ svg }) => [...svg.matchAll(/(?:fill|stroke)="(#[0-9a-f]+)"/g)].map(([, colour]) => colour)));
    for (const colour of colours) expect(rules, colour).toContain(`"${colour}"`);
    for (const { svg, name } of figures) expect(svg, name).not.toMatch(/NaN|undefined|Infinity/);
  });

  test('a study that asked for none of it says nothing of it', async () => {
    const { markup } = await make({ study: { type: 'data', value: { title: 'T' } } }, language);
    for (const id of asked) expect(markup).not.toContain(`<section id="${id}">`);
  });
});

test('the Chinese of these sections has no English sentence of its own', async () => {
  const { markup } = await make(everything(), 'zh');
  const own = textOf(markup).replaceAll(/a group expects no event|It did not predict the coalitions\.|all values are equal/g, '');
  expect(own.match(/(?:\b[a-z]{2,}\b ){3,}/g) ?? []).toEqual([]);
});

describe('numbers are those of the evaluations', () => {
  const row = (tables: readonly TableData[], name: string, ...start: unknown[]) => tables.find((table) => table.name === name)?.rows.find((cells) => start.every((value, i) => cells[i] === value));

  test('calibration: values with limits; a tiny P is not printed as 0; a missing one says why', async () => {
    const { markup, tables } = await make(everything());
    expect(row(tables, 'calibration', 'Test', 'Random forest')).toEqual(expect.arrayContaining([0.8123, expect.closeTo(0.7123, 9), 0.0456, 0.0987, 0.00004]));
    const said = textOf(markup);
    expect(said).toContain('&lt;0.001');
    expect(said).toContain('Could not be computed: a group expects no event');
    expect(said).toContain('Slope: Wald; ICI: bootstrap (cases, 500)');
  });

  test('net benefit, treating all at the prevalence of the set, and the counts of 1000 patients', async () => {
    const { markup, tables } = await make(everything());
    expect(row(tables, 'net-benefit', 'Test', 'Logistic regression')?.slice(2, 3)).toEqual([0.3456]);
    expect(row(tables, 'clinical-impact', 'Logistic regression')).toEqual(['Logistic regression', 900, 400, 413, 288]);
    expect(textOf(markup)).toContain('0.1: 0.333, 0.5: −0.200 (test set)');
  });

  test('the matrix of adjusted P is symmetric; differences and reclassification leave the training cases out', async () => {
    const { tables } = await make(everything());
    const matrix = tables.find(({ name }) => name === 'delong-matrix');
    expect(matrix?.rows.filter(([set]) => set === 'Test')).toEqual([['Test', 'Logistic regression', null, 0.0006, 0.0006], ['Test', 'Random forest', 0.0006, null, 0.0432], ['Test', 'Support vector machine', 0.0006, 0.0432, null]]);
    for (const name of ['comparison', 'reclassification']) expect(new Set(tables.find((table) => table.name === name)?.rows.map(([set]) => set))).toEqual(new Set(['Test']));
    expect(tables.find((table) => table.name === 'reclassification')?.title).toBe('Reclassification against Logistic regression');
  });

  test('features stand by their mean SHAP value; a model without any by its permutation importance, with the reason', async () => {
    const { markup, tables } = await make(everything());
    const rows = tables.find(({ name }) => name === 'feature-importance')?.rows ?? [];
    const ofForest = rows.filter(([name]) => name === 'Random forest').map((cells) => cells[2] as number);
    expect(ofForest).toEqual(ofForest.toSorted((a, b) => b - a));
    expect(rows.filter(([name]) => name === 'Support vector machine').map((cells) => [cells[1], cells[2]])).toEqual(features.map((feature) => [feature, null]));
    expect(textOf(markup)).toContain('Support vector machine: It did not predict the coalitions.');
  });

  test('results and controls stand side by side', async () => {
    const { tables } = await make(everything());
    expect(row(tables, 'controls', 'Logistic regression')).toEqual(['Logistic regression', 0.81, 0.7, 0.9, 0.81 - 0.3, 0.7 - 0.3, 0.9 - 0.3, 0.81 - 0.35, 0.7 - 0.35, 0.9 - 0.35]);
  });

  test('one split and nested folds stand side by side', async () => {
    const { tables } = await make(everything());
    expect(row(tables, 'nested', 'Logistic regression', 'AUC')).toEqual(['Logistic regression', 'AUC', 0.81, 0.7, 0.9, null, 0.81 - 0.1, 0.7 - 0.1, 0.9 - 0.1, null, null]);
  });

  test('.632+ with the degree of overfitting', async () => {
    const { tables } = await make(everything());
    expect(row(tables, 'bootstrap-632', 'Random forest', 'AUC')).toEqual(['Random forest', 'AUC', 0.7, 0.71, 0.72, 0.73, 0.4321]);
  });

  test('Table 1 is the step’s, under the page’s words', async () => {
    const { tables } = await make(everything(), 'zh');
    const found = tables.find(({ name }) => name === 'baseline');
    expect(found?.columns).toEqual(['变量', '全部（n = 82）', '事件（n = 42）', '无事件（n = 40）', 'P', 'SMD', '检验', '缺失']);
    expect(found?.rows[0]).toEqual(['age，中位数 [P25, P75]', '70.00 [60.00, 78.00]', '71.00 [61.00, 80.00]', '69.00 [58.00, 75.00]', '0.274', '0.211', 'Mann-Whitney U 检验', '0']);
  });

  test('Table 2: each variable alone, then together with odds ratios', async () => {
    const { tables } = await make(everything());
    expect(row(tables, 'univariate', 'age')).toEqual(['age', 'Mann-Whitney', 0.0123, 0.0246, 2, 'yes']);
    expect(row(tables, 'multivariable', 'age')).toEqual(['age', 1.2, 0.4, 3, 3.32, 1.5, 7.3, 0.0001]);
    expect(row(tables, 'multivariable', 'Constant')?.[1]).toBe(1.2);
  });
});

test('an evaluation that failed keeps its section, with the reason', async () => {
  const failed: Gathered<Metrics> = { step: 'calibration', name: 'calibration', at: {}, failure: { code: 'crash', message: 'The calibration broke.' } };
  const { markup } = await make({ study: { type: 'data', value: { title: 'T' } }, metrics: [gathered('discrimination', discrimination()), failed] });
  expect(markup).toContain('<section id="calibration">');
  expect(textOf(markup)).toContain('Could not be computed: The calibration broke.');
});

describe('the nomogram', () => {
  const results = (): StudyResults => ({ study: studyFacts({ type: 'data', value: { title: 'T' } }), models: models(), choices: [], predictions: [], metrics: [gathered('selection', selection())], controls: [], nested: [], overviews: [], data: [] });

  test('points add up to the total of the probability that the model gives', () => {
    const [found] = nomograms(results());
    const row = [0.55, 42, 71];
    const total = row.reduce((sum, value, f) => sum + found.points(f, value), 0);
    const probability = 1 / (1 + Math.exp(2 + 3 * row[0] - 0.02 * row[1] - 0.05 * row[2]));
    expect(found.total(probability)).toBeCloseTo(total, 9);
  });

  test('the widest axis spans 0 to 100, and a falling coefficient turns its axis round', () => {
    const [found] = nomograms(results());
    // Contributions span 3 x 0.5, 0.02 x 80 and 0.05 x 50 = 2.5, the widest.
    expect([found.points(2, 40), found.points(2, 90)].map((value) => Math.round(value))).toEqual([0, 100]);
    expect(found.points(0, 0.4)).toBeGreaterThan(found.points(0, 0.9));
    expect(found.most).toBeCloseTo((100 * (1.5 + 1.6 + 2.5)) / 2.5, 9);
  });

  test('a model with a feature of unknown range has none', () => {
    const own = results();
    const others = { ...own, models: [gathered('logistic', model('classifier/logistic', { intercept: 0, coefficients: { [features[0]]: 1, unknown: 2 } }))] };
    expect(nomograms(others)).toEqual([]);
  });
});

test('a band breaks where it is not known, and is cut at the ends of the axis', () => {
  const point = (x: number, lower: number) => ({ x, y: 0.5, lower, upper: lower + 0.4 });
  expect(bandStretches([point(0, NaN), point(1, 0.1), point(2, 0.2), point(3, NaN), point(4, 0.3)]).map((stretch) => stretch.map(({ x }) => x))).toEqual([[1, 2]]);
  expect(within([{ x: 0, y: 1.2, lower: -0.3, upper: 1.4 }], 0, 1)).toEqual([{ x: 0, y: 1, lower: 0, upper: 1 }]);
});

test('a text too long keeps both ends', () => {
  const name = 'log-sigma-2-0-mm-3D_glcm_MaximumProbability';
  const fitted = fitText(name, 150);
  expect(textWidth(fitted)).toBeLessThanOrEqual(150);
  expect([fitted.startsWith('log-'), fitted.endsWith('bability'), fitText('short', 150)]).toEqual([true, true, 'short']);
});

test('P values', () => expect([0.0004, 0.0012, 0.5, NaN].map(numberFormat(3, 'en').pValue)).toEqual(['<0.001', '0.001', '0.500', '–']));
