import type { Metric, Seed } from '@radloom/core';
import { bootstrapAuc, brierScore, type Confusion, confusionMeasures, deLong, logLoss, type PooledPredictions, precisionRecallAreas, proportionInterval, repeatedRowsNote, replicateLimits, resampledPrecisionRecallArea, stratifiedBootstrap, whyUnusable } from '@radloom/statistics';
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
function areaMetrics({ outcome, probability }: PooledPredictions, { level, bootstrap }: Settings, seed: Seed): { metrics: Metric[]; notes: Note[] } {
  const events = outcome.reduce((sum, value) => sum + value, 0);
  if (events === 0 || events === outcome.length) {
    const reason = { code: 'one-class', text: `All ${outcome.length} rows are ${events === 0 ? 'without' : 'with'} the event: nothing can be told apart.` };
    return { metrics: areaNames.map((name) => undefinedMetric(name, reason)), notes: [] };
  }
  const { auc, variance, lower, upper } = deLong(outcome, probability, level);
  const resampled = bootstrapAuc(outcome, probability, seed, { replicates: bootstrap, level });
  const known = !Number.isNaN(variance);
  const notes: Note[] = [];
  if (!known) notes.push({ code: 'delong-undefined', text: 'One class has a single row: DeLong’s variance is not defined.' });
  if (variance === 0) notes.push({ code: 'interval-without-width', text: `At an AUC of ${auc} on these rows DeLong’s variance is 0 and no resample differs: the intervals have no width and say nothing about the uncertainty.` });
  return {
    metrics: [
      { name: 'auc', value: auc, ...(known ? { lower, upper, interval: 'DeLong' } : {}) },
      { name: 'aucBootstrap', value: auc, lower: resampled.lower, upper: resampled.upper, interval: `bootstrap (stratified, ${bootstrap})` },
      { name: 'prAuc', value: precisionRecallAreas(outcome, probability).davisGoadrich },
    ],
    notes,
  };
}

/** Limits of the measures that have no formula of their own, from one stratified bootstrap; none with one class. */
function resampledLimits(group: PooledPredictions, { level, bootstrap }: Settings, seed: Seed): Readonly<Record<string, Pick<Metric, 'lower' | 'upper' | 'interval'>>> {
  const { outcome, probability, threshold } = group;
  if (!outcome.includes(0) || !outcome.includes(1)) return {};
  const n = outcome.length;
  const drawn = { outcome: new Uint8Array(n), probability: new Float64Array(n), threshold: new Float64Array(n) };
  const found = { prAuc: new Float64Array(bootstrap), f1: new Float64Array(bootstrap), mcc: new Float64Array(bootstrap), brier: new Float64Array(bootstrap), logLoss: new Float64Array(bootstrap) };
  const precisionRecallArea = resampledPrecisionRecallArea(outcome, probability);
  const times = new Uint32Array(n);
  let replicate = 0;
  stratifiedBootstrap(outcome, seed, bootstrap, (rows) => {
    times.fill(0);
    rows.forEach((row, i) => {
      times[row]++;
      drawn.outcome[i] = outcome[row];
      drawn.probability[i] = probability[row];
      drawn.threshold[i] = threshold[row];
    });
    const { f1, mcc } = confusionMeasures(confusionOf(drawn));
    found.prAuc[replicate] = precisionRecallArea(times);
    found.f1[replicate] = f1;
    found.mcc[replicate] = mcc;
    found.brier[replicate] = brierScore(drawn.outcome, drawn.probability);
    found.logLoss[replicate++] = logLoss(drawn.outcome, drawn.probability);
    return 0;
  });
  const interval = `bootstrap (stratified, ${bootstrap})`;
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

/** Proportions with Wilson's limits, and the measures that are no proportions. */
function callMetrics(group: PooledPredictions, level: number): Metric[] {
  const counts = confusionOf(group);
  const { truePositives: tp, falsePositives: fp, falseNegatives: fn, trueNegatives: tn } = counts;
  const share = (name: string, x: number, n: number, without: string): Metric => {
    if (n === 0) return undefinedMetric(name, { code: 'no-denominator', text: `There are no ${without}.` });
    return { name, value: x / n, ...proportionInterval(x, n, 'wilson', level), interval: 'Wilson' };
  };
  const { f1, mcc } = confusionMeasures(counts);
  const plain = (name: string, value: number, reason: Reason): Metric => (Number.isNaN(value) ? undefinedMetric(name, reason) : { name, value });
  return [
    share('accuracy', tp + tn, tp + fp + fn + tn, 'rows'),
    share('sensitivity', tp, tp + fn, 'rows with the event'),
    share('specificity', tn, tn + fp, 'rows without the event'),
    share('ppv', tp, tp + fp, 'rows called positive'),
    share('npv', tn, tn + fn, 'rows called negative'),
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
