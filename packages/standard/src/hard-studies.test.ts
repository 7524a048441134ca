import { type Column, type Document, makeTable, type Metrics, parseParams, type Plain, type Predictions, random, type Table } from '@radloom/core';
import type { Registry, RunResult } from '@radloom/engine';
import { type Study, studySchema } from '@radloom/study';
import { testContext } from '@radloom/testkit';
import { beforeAll, describe, expect, test } from 'vitest';
import { registryOf, runGraph } from './testing/run-graph.js';

let plugins: Registry;
beforeAll(async () => {
  plugins = await registryOf(/^(transform|selector|classifier|ensemble|splitter|evaluation|report)\//);
});

/** Patients with six columns, of which the outcome follows the first; `change` makes them hard. */
function cohort(rows: number, change: (name: string, value: number, row: number) => number = (_, value) => value): Table {
  const stream = random([7, 7, 7, 7]);
  const features = Array.from({ length: 6 }, () => Float64Array.from({ length: rows }, () => stream.normal()));
  const outcome = Float64Array.from({ length: rows }, (_, i) => (features[0][i] + 0.5 * stream.normal() > 0 ? 1 : 0));
  const numeric = (name: string, values: Float64Array): Column => ({ kind: 'numeric', name, values: values.map((value, row) => change(name, value, row)) });
  return makeTable({ rows: Array.from({ length: rows }, (_, i) => ({ id: `p${String(i + 1).padStart(2, '0')}` })), outcome: { column: 'y', event: '1' }, columns: [numeric('y', outcome), ...features.map((values, c) => numeric(`x${c + 1}`, values))] });
}

const centres = (rows: number): Table => makeTable({ rows: cohort(rows).rows, columns: [{ kind: 'categorical', name: 'centre', levels: ['A', 'B', 'C'], codes: Int32Array.from({ length: rows }, (_, i) => i % 3) }] });

const study = (given: Record<string, unknown>): Study =>
  studySchema.parse({
    title: 'T',
    seed: 3,
    cohort: { table: 'c.csv', outcome: { column: 'y' }, clinical: ['x1', 'x2', 'x3', 'x4', 'x5', 'x6'] },
    selection: ['zero-variance', { lasso: { folds: 3, rule: 'lambda.min' } }],
    split: { method: 'hold-out' }, tuning: { folds: 3 },
    models: { logistic: null, svm: null, stacking: null },
    evaluation: ['baseline-table', { discrimination: { bootstrap: 50 } }, { calibration: { bootstrap: 50 } }, { 'decision-curve': { bootstrap: 50 } }, { comparison: { bootstrap: 50 } }, 'selection'],
    ...given,
  });

async function reportOf(result: RunResult): Promise<string> {
  const { bytes } = (await result.output('report', 'report')) as Document;
  return new TextDecoder().decode(bytes).replace(/<style>.*?<\/style>/s, '').replaceAll(/<svg.*?<\/svg>/gs, '').replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
}

describe.each(['en', 'zh'] as const)('whatever happens, the report comes and says so, in %s', (language) => {
  const said = (en: RegExp, zh: RegExp) => (language === 'en' ? en : zh);
  const ran = async (given: Record<string, unknown>, table: Table, groups?: Table) => reportOf(await runGraph(study({ report: { language }, ...given }), plugins, { clinical: table, more: groups === undefined ? {} : { groups } }));
  const sound = (text: string) => {
    expect(text).not.toMatch(/\bNaN\b|\[object|broke/);
    expect(text.length).toBeGreaterThan(2000);
  };

  test('every model fails: a value is missing and nothing was imputed', async () => {
    const text = await ran({ selection: [] }, cohort(40, (name, value, row) => (name === 'x2' && row === 4 ? NaN : value)));
    sound(text);
    expect(text).toMatch(/x2/);
    expect(text).toMatch(/p05/);
  }, 60_000);

  test('no feature survives the selection', async () => {
    const text = await ran({ selection: [{ lasso: { folds: 3, rule: 'lambda.1se' } }] }, cohort(40, (name, value, row) => (name === 'y' ? row % 2 : name === 'x1' ? Math.sin(row * 12.9898) : value)));
    sound(text);
    expect(text).toMatch(said(/No feature was selected/, /没有特征入选/));
  }, 60_000);

  test('twelve patients', async () => sound(await ran({ split: { method: 'hold-out', settings: { proportion: 0.75 } } }, cohort(12))), 60_000);

  test('three centres, one of which has one class', async () => {
    const text = await ran({ split: { method: 'leave-one-group-out', settings: { column: 'centre' } } }, cohort(45, (name, value, row) => (name === 'y' && row % 3 === 2 ? 0 : value)), centres(45));
    sound(text);
    expect(text).toMatch(/AUC/);
  }, 60_000);

  test('a clinical variable that is constant', async () => {
    const text = await ran({}, cohort(40, (name, value) => (name === 'x3' ? 7 : value)));
    sound(text);
    expect(text).toMatch(/x3/);
  }, 60_000);
});

describe('one stored prediction changed', () => {
  test('changes the rows and figures of that model, and nothing of the others', async () => {
    const own = study({ evaluation: [{ discrimination: { bootstrap: 50 } }] });
    const result = await runGraph(own, plugins, { clinical: cohort(60) });
    const entries = await Promise.all(
      ['logistic', 'svm', 'stacking'].flatMap((name) =>
        ['training', 'test'].map(async (side) => ({ step: `${name}.${side}`, name, at: { fold: 'holdout' }, value: (await result.output(`${name}.${side}`, 'predictions', { fold: 'holdout' })) as Predictions })),
      ),
    );
    const changed = entries.map((entry) => (entry.step === 'svm.test' ? { ...entry, value: { ...entry.value, probability: entry.value.probability.map((p, i) => (i === 0 ? 1 - p : p)) } } : entry));
    const pictured = async (predictions: typeof entries) => {
      const evaluation = plugins.get('evaluation/discrimination').plugin;
      const { metrics } = (await (await evaluation.operations.run.load())({ predictions }, parseParams(evaluation.params, { bootstrap: 50 }), testContext())) as { metrics: Metrics };
      const report = plugins.get('report/html').plugin;
      const found = await (await report.operations.run.load())({ study: { type: 'data', value: { title: 'T' } }, predictions, metrics: [{ step: 'discrimination', name: 'discrimination', at: {}, value: metrics }] }, parseParams(report.params, {}), testContext());
      const value = <T>(port: string) => (found[port] as Plain).value as T;
      return { metrics, tables: value<readonly { name: string; rows: readonly (readonly unknown[])[] }[]>('tables'), figures: value<readonly { name: string; svg: string }[]>('figures') };
    };
    const [before, after] = [await pictured(entries), await pictured(changed)];
    const differing = before.metrics.entries.filter((entry, i) => JSON.stringify(entry) !== JSON.stringify(after.metrics.entries[i])).map(({ model, role }) => `${model} ${role}`);
    expect(differing).toEqual(['svm test']);
    for (const [t, table] of before.tables.entries()) {
      // Of the case itself only that model's cell is another.
      if (table.name.startsWith('predictions')) continue;
      const rows = table.rows.filter((row, r) => JSON.stringify(row) !== JSON.stringify(after.tables[t].rows[r]));
      for (const row of rows) expect(row).toContain('Support vector machine');
    }
    const redrawn = before.figures.filter(({ svg }, i) => svg !== after.figures[i].svg).map(({ name }) => name);
    expect(redrawn.length).toBeGreaterThan(0);
    for (const name of redrawn) expect(name).toMatch(/-test$/);
  }, 60_000);
});
