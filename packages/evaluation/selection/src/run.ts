import { type Gathered, type Metric, type Metrics, type Model, numbers, outcomeOf, predictorNames, type Table } from '@radloom/core';
import { correlationMatrix, deLong, quantile } from '@radloom/statistics';

/** Validated settings, as the manifest describes them. */
export interface Settings {
  readonly correlation: 'pearson' | 'spearman';
  readonly level: number;
}

export interface RunInputs {
  readonly models?: readonly Gathered<Model>[];
  readonly training: Table;
  readonly test?: Table;
}

type Entry = Metrics['entries'][number];

/**
 * An entry for each side. The training entry's `detail` has `features`, their `correlation` (row by row) and `spread` in the training rows;
 * both have `score`, where the lasso gives one: intercept plus coefficients times values, per row.
 */
export function run({ models = [], training, test }: RunInputs, settings: Settings): { metrics: Metrics } {
  const features = predictorNames(training);
  const lasso = models.findLast(({ value }) => value?.plugin === 'selector/lasso')?.value;
  const trained = entryOf(training, 'training', lasso, settings, { features, correlation: { method: settings.correlation, matrix: correlationOf(training, features, settings) }, spread: features.map((name) => spreadOf(numbers(training, name))) });
  return { metrics: { type: 'metrics', family: 'selection', entries: [trained, ...(test === undefined ? [] : [entryOf(test, test.partition.role === 'test' ? 'test' : 'training', lasso, settings, {})])] } };
}

function entryOf(table: Table, role: 'training' | 'test', lasso: Model | undefined, { level }: Settings, detail: Readonly<Record<string, unknown>>): Entry {
  const outcome = outcomeOf(table);
  const score = lasso === undefined ? undefined : scoreOf(table, lasso);
  return {
    model: 'selection',
    role,
    rows: table.rows.length,
    events: outcome.reduce((sum, value) => sum + value, 0),
    metrics: score === undefined ? [] : [areaOf(outcome, score, level)],
    detail: { ...detail, level, ...(score === undefined ? {} : { score: { rows: table.rows.map((row) => row.id), outcome, value: score } }) },
  };
}

function correlationOf(training: Table, features: readonly string[], { correlation }: Settings): Float64Array {
  if (features.length === 0 || training.rows.length < 2) return new Float64Array();
  return correlationMatrix(features.map((name) => numbers(training, name)), correlation);
}

/** Where the values of a feature lie; NaN where it has none. */
function spreadOf(values: Float64Array): { low: number; lower: number; median: number; upper: number; high: number } {
  const known = values.filter((value) => !Number.isNaN(value));
  const [low, lower, median, upper, high] = known.length === 0 ? [NaN, NaN, NaN, NaN, NaN] : quantile(known, [0, 0.25, 0.5, 0.75, 1]);
  return { low, lower, median, upper, high };
}

/** Log odds of the lasso at its chosen penalty; undefined where it kept nothing, or the table has other columns. */
function scoreOf(table: Table, { summary }: Model): Float64Array | undefined {
  const intercept = summary?.intercept;
  const coefficients = Object.entries((summary?.coefficients ?? {}) as Readonly<Record<string, number>>);
  const known = new Set(predictorNames(table));
  if (typeof intercept !== 'number' || coefficients.length === 0 || coefficients.some(([name]) => !known.has(name))) return undefined;
  const score = new Float64Array(table.rows.length).fill(intercept);
  // By name, so that the order in which a record comes does not touch the last digit.
  for (const [name, coefficient] of coefficients.sort(([a], [b]) => (a < b ? -1 : 1))) numbers(table, name).forEach((value, row) => (score[row] += coefficient * value));
  return score;
}

function areaOf(outcome: Uint8Array, score: Float64Array, level: number): Metric {
  const name = 'scoreAuc';
  if (!outcome.includes(0) || !outcome.includes(1)) return { name, value: NaN, reason: { code: 'one-class', text: `All ${outcome.length} rows have the same outcome.` } };
  const { auc, lower, upper, variance } = deLong(outcome, score, level);
  return Number.isNaN(variance) ? { name, value: auc } : { name, value: auc, lower, upper, interval: 'DeLong' };
}
