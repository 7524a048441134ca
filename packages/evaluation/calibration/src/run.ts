import type { Context, Gathered, Metrics, Predictions } from '@radloom/core';
import { type PooledPredictions, pooledSeed, poolPredictions, repeatedRowsNote, whyUnusable } from '@radloom/statistics';
import { observedByBin } from './bins.js';
import { smoothed } from './curve.js';
import { fitTest } from './fit-test.js';
import { logitMetrics } from './logit.js';
import { type Part, type Settings, undefinedMetric } from './part.js';
import { scoreMetrics } from './scores.js';

/** One entry per model and role, the rows of all its folds together. */
export function run({ predictions }: { readonly predictions: readonly Gathered<Predictions>[] }, settings: Settings, ctx: Context): { metrics: Metrics } {
  const groups = poolPredictions(predictions);
  const entries = groups.map((group, done) => {
    ctx.progress(done, groups.length);
    const parts = partsOf(group, settings, ctx);
    return {
      model: group.model,
      role: group.role,
      rows: group.outcome.length,
      events: group.outcome.reduce((sum, value) => sum + value, 0),
      metrics: parts.flatMap((part) => part.metrics),
      detail: { level: settings.level, notes: parts.flatMap((part) => part.notes ?? []), ...Object.assign({}, ...parts.map((part) => part.detail ?? {})) },
    };
  });
  return { metrics: { type: 'metrics', family: 'calibration', entries } };
}

const names = ['calibrationIntercept', 'calibrationSlope', 'inTheLarge', 'observedOverExpected', 'brier', 'scaledBrier', 'ici', 'e50', 'e90', 'eMax', 'ece', 'hosmerLemeshowP'];

function partsOf(group: PooledPredictions, settings: Settings, ctx: Context): Part[] {
  const unusable = whyUnusable(group);
  if (unusable !== undefined) return [{ metrics: names.map((name) => undefinedMetric(name, unusable)) }];
  const seed = pooledSeed('calibration', ctx.seed, group);
  return [logitMetrics(group, settings), scoreMetrics(group, settings, seed), smoothed(group, settings, seed), observedByBin(group, settings), fitTest(group, settings), { metrics: [], notes: repeatedRowsNote(group) }];
}
