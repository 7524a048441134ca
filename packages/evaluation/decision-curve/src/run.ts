import { type Context, type Gathered, type Metric, type Metrics, type Predictions, RadloomError } from '@radloom/core';
import { intervalName, type PooledPredictions, pooledSeed, poolPredictions, repeatedRowsNote, replicateLimits, whyUnusable } from '@radloom/statistics';
import { benefitCurves, type Curves } from './benefit.js';

/** Validated settings, as the manifest describes them. */
export interface Settings {
  readonly from: number;
  readonly to: number;
  readonly step: number;
  readonly report: readonly number[];
  readonly population: number;
  readonly level: number;
  readonly bootstrap: number;
}

/** One entry per model and role, the rows of all its folds together. */
export function run({ predictions }: { readonly predictions: readonly Gathered<Predictions>[] }, settings: Settings, ctx: Context): { metrics: Metrics } {
  const thresholds = thresholdsOf(settings);
  const groups = poolPredictions(predictions);
  const entries = groups.map((group, done) => {
    ctx.progress(done, groups.length);
    return {
      model: group.model,
      role: group.role,
      rows: group.outcome.length,
      events: group.outcome.reduce((sum, value) => sum + value, 0),
      ...found(group, thresholds, settings, ctx),
    };
  });
  return { metrics: { type: 'metrics', family: 'decision-curve', entries } };
}

/**
 * From the lowest to the highest in equal steps. Counted as `from + i x step`, as R's seq does it, so that a threshold of 0.15 comes out a
 * hair above a probability of 0.15 there and here.
 */
function thresholdsOf({ from, to, step }: Settings): Float64Array {
  if (to < from) throw new RadloomError({ code: 'bad-setting', what: `to (${to}) is below from (${from}).`, where: { field: 'to' }, fix: 'Let to be at least from.' });
  return Float64Array.from({ length: Math.floor((to - from) / step + 1e-9) + 1 }, (_, i) => from + i * step);
}

const metricName = (threshold: number) => `netBenefit@${threshold}`;

function found(group: PooledPredictions, thresholds: Float64Array, settings: Settings, ctx: Context): Pick<Metrics['entries'][number], 'metrics' | 'detail'> {
  const { report, level, bootstrap, population } = settings;
  const unusable = whyUnusable(group);
  if (unusable !== undefined) return { metrics: report.map((threshold) => ({ name: metricName(threshold), value: NaN, reason: unusable })), detail: { level, notes: [] } };
  const interval = intervalName(`bootstrap (cases, ${bootstrap})`, group.clusters);
  // The thresholds of the metrics ride along behind those of the curve.
  const all = Float64Array.of(...thresholds, ...report);
  const curves = benefitCurves(group, all, bootstrap, pooledSeed('decision-curve', ctx.seed, group));
  const limits = curves.replicates.map((values) => replicateLimits(values, level, interval));
  const metrics = report.map((threshold, i): Metric => ({ name: metricName(threshold), value: curves.netBenefit[thresholds.length + i], ...limits[thresholds.length + i] }));
  return { metrics, detail: { level, notes: repeatedRowsNote(group), ...detailOf(curves, thresholds, limits, population), bootstrap } };
}

function detailOf(curves: Curves, thresholds: Float64Array, limits: readonly { readonly lower?: number; readonly upper?: number }[], population: number): Record<string, unknown> {
  const along = (values: Float64Array) => values.slice(0, thresholds.length);
  const bound = (which: 'lower' | 'upper') => Float64Array.from(thresholds, (_, i) => limits[i][which] ?? NaN);
  const share = population / curves.rows;
  return {
    curve: { threshold: thresholds, netBenefit: along(curves.netBenefit), lower: bound('lower'), upper: bound('upper'), treatAll: along(curves.treatAll), interventionsAvoided: along(curves.interventionsAvoided) },
    impact: { population, threshold: thresholds, highRisk: along(curves.highRisk).map((count) => count * share), highRiskWithEvent: along(curves.hits).map((count) => count * share) },
  };
}
