import type { Metric, Seed } from '@radloom/core';
import { bootstrapAuc, brierScore, clusteredProportionInterval, clustersAt, type Confusion, confusionMeasures, deLong, intervalName, logLoss, type PooledPredictions, precisionRecallAreas, proportionInterval, repeatedRowsNote, replicateLimits, resampledPrecisionRecallArea, stratifiedBootstrap, whyUnusable } from '@radloom/statistics';
import type { Settings } from './run.js';

/** Something about a number that a reader must know. */
export interface Note {
  readonly code: string;
  readonly text: string;
}

type Reason = NonNullable<Metric['reason']>;

/** The metrics of one model and role, in the order of the report. */
export function measures(group: PooledPredictions, settings: Settings, seed: Seed): { metrics: Metric[]; notes: Note[] } {
  const unusable = whyUnusable(group);
  if (unusable !== undefined) return { metrics: names.map((name) => undefinedMetric(name, unusable)), notes: [] };
  const area = areaMetrics(group, settings, seed);
  const limits = resampledLimits(group, settings, seed);
  const metrics = [...area.metrics, ...callMetrics(group, settings.level), ...probabilityMetrics(group)];
  return { metrics: metrics.map((metric) => ({ ...metric, ...(Number.isNaN(metric.value) ? {} : limits[metric.name]) })), notes: [...area.notes, ...repeatedRowsNote(group)] };
}

const areaNames = ['auc', 'aucBootstrap', 'prAuc'];
const names = [...areaNames, 'accuracy', 'sensitivity', 'specificity', 'ppv', 'npv', 'f1', 'mcc', 'brier', 'logLoss'];

const undefinedMetric = (name: string, reason: Reason): Metric => ({ name, value: NaN, reason });

/** AUC with its two intervals, and the area under the precision-recall curve. */
function areaMetrics({ outcome, probability, clusters }: PooledPredictions, { level, bootstrap }: Settings, seed: Seed): { metrics: Metric[]; notes: Note[] } {
  const events = outcome.reduce((sum, value) => sum + value, 0);
  if (events === 0 || events === outcome.length) {
    const reason = { code: 'one-class', text: `All ${outcome.length} rows are ${events === 0 ? 'without' : 'with'} the event: nothing can be told apart.` };
    return { metrics: areaNames.map((name) => undefinedMetric(name, reason)), notes: [] };
  }
  const { auc, variance, lower, upper } = deLong(outcome, probability, level, clusters);
  const resampled = bootstrapAuc(outcome, probability, seed, { replicates: bootstrap, level, clusters });
  const known = !Number.isNaN(variance);
  const notes: Note[] = [];
  if (!known) notes.push({ code: 'delong-undefined', text: 'One class has a single row, or rows of a single patient: DeLong’s variance is not defined.' });
  if (variance === 0) notes.push({ code: 'interval-without-width', text: `At an AUC of ${auc} on these rows DeLong’s variance is 0 and no resample differs: the intervals have no width and say nothing about the uncertainty.` });
  return {
    metrics: [
      { name: 'auc', value: auc, ...(known ? { lower, upper, interval: intervalName('DeLong', clusters) } : {}) },
      { name: 'aucBootstrap', value: auc, lower: resampled.lower, upper: resampled.upper, interval: intervalName(`bootstrap (stratified, ${bootstrap})`, clusters) },
      { name: 'prAuc', value: precisionRecallAreas(outcome, probability).davisGoadrich },
    ],
    notes,
  };
}

/** Limits of the measures that have no formula of their own, from one stratified bootstrap; none with one class. */
function resampledLimits(group: PooledPredictions, { level, bootstrap }: Settings, seed: Seed): Readonly<Record<string, Pick<Metric, 'lower' | 'upper' | 'interval'>>> {
  const { outcome, probability, threshold, clusters } = group;
  if (!outcome.includes(0) || !outcome.includes(1)) return {};
  const n = outcome.length;
  const found = { prAuc: new Float64Array(bootstrap), f1: new Float64Array(bootstrap), mcc: new Float64Array(bootstrap), brier: new Float64Array(bootstrap), logLoss: new Float64Array(bootstrap) };
  const precisionRecallArea = resampledPrecisionRecallArea(outcome, probability);
  const times = new Uint32Array(n);
  let replicate = 0;
  stratifiedBootstrap(outcome, seed, bootstrap, (rows) => {
    times.fill(0);
    rows.forEach((row) => times[row]++);
    const pick = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]);
    const drawn = { outcome: Uint8Array.from(rows, (row) => outcome[row]), probability: pick(probability), threshold: pick(threshold) };
    const { f1, mcc } = confusionMeasures(confusionOf(drawn));
    found.prAuc[replicate] = precisionRecallArea(times);
    found.f1[replicate] = f1;
    found.mcc[replicate] = mcc;
    found.brier[replicate] = brierScore(drawn.outcome, drawn.probability);
    found.logLoss[replicate++] = logLoss(drawn.outcome, drawn.probability);
    return 0;
  }, clusters);
  const interval = intervalName(`bootstrap (stratified, ${bootstrap})`, clusters);
  return Object.fromEntries(Object.entries(found).map(([name, values]) => [name, replicateLimits(values, level, interval)]));
}

/** Rows by outcome and call, each at its own fold's threshold. */
export function confusionOf({ outcome, probability, threshold }: Pick<PooledPredictions, 'outcome' | 'probability' | 'threshold'>): Confusion {
  const counts = { truePositives: 0, falsePositives: 0, falseNegatives: 0, trueNegatives: 0 };
  outcome.forEach((event, i) => {
    const positive = probability[i] >= threshold[i];
    counts[event === 1 ? (positive ? 'truePositives' : 'falseNegatives') : positive ? 'falsePositives' : 'trueNegatives']++;
  });
  return counts;
}

/** Proportions with Wilson's limits, of patients where rows hang together, and the measures that are no proportions. */
function callMetrics(group: PooledPredictions, level: number): Metric[] {
  const counts = confusionOf(group);
  const { outcome, probability, threshold, clusters } = group;
  const positive = outcome.map((_, r) => (probability[r] >= threshold[r] ? 1 : 0));
  const all = [...outcome.keys()];
  const share = (name: string, rows: readonly number[], success: (row: number) => boolean, without: string): Metric => {
    const x = rows.reduce((sum, row) => sum + (success(row) ? 1 : 0), 0);
    const n = rows.length;
    if (n === 0) return undefinedMetric(name, { code: 'no-denominator', text: `There are no ${without}.` });
    const limits = clusters === undefined ? proportionInterval(x, n, 'wilson', level) : clusteredProportionInterval(Uint8Array.from(rows, (row) => (success(row) ? 1 : 0)), clustersAt(clusters, rows), 'wilson', level);
    return { name, value: x / n, ...limits, interval: intervalName('Wilson', clusters) };
  };
  const { f1, mcc } = confusionMeasures(counts);
  const plain = (name: string, value: number, reason: Reason): Metric => (Number.isNaN(value) ? undefinedMetric(name, reason) : { name, value });
  return [
    share('accuracy', all, (r) => positive[r] === outcome[r], 'rows'),
    share('sensitivity', all.filter((r) => outcome[r] === 1), (r) => positive[r] === 1, 'rows with the event'),
    share('specificity', all.filter((r) => outcome[r] === 0), (r) => positive[r] === 0, 'rows without the event'),
    share('ppv', all.filter((r) => positive[r] === 1), (r) => outcome[r] === 1, 'rows called positive'),
    share('npv', all.filter((r) => positive[r] === 0), (r) => outcome[r] === 0, 'rows called negative'),
    plain('f1', f1, { code: 'no-denominator', text: 'There are neither events nor positive calls.' }),
    plain('mcc', mcc, { code: 'no-denominator', text: 'All rows are of one class or were called alike.' }),
  ];
}

function probabilityMetrics({ outcome, probability }: PooledPredictions): Metric[] {
  return [
    { name: 'brier', value: brierScore(outcome, probability) },
    { name: 'logLoss', value: logLoss(outcome, probability) },
  ];
}
