import type { Context, Gathered, Metrics, Predictions } from '@radloom/core';
import { pooledSeed, poolPredictions } from '@radloom/statistics';
import { detailOf } from './detail.js';
import { measures } from './measures.js';

export interface Settings {
  readonly level: number;
  readonly bootstrap: number;
}

/** One entry per model and role, the rows of all its folds together. */
export function run({ predictions }: { readonly predictions: readonly Gathered<Predictions>[] }, settings: Settings, ctx: Context): { metrics: Metrics } {
  const groups = poolPredictions(predictions);
  const entries = groups.map((group, done) => {
    ctx.progress(done, groups.length);
    const found = measures(group, settings, pooledSeed('discrimination', ctx.seed, group));
    return {
      model: group.model,
      role: group.role,
      rows: group.outcome.length,
      events: group.outcome.reduce((sum, value) => sum + value, 0),
      metrics: found.metrics,
      detail: detailOf(group, settings.level, found.notes),
    };
  });
  return { metrics: { type: 'metrics', family: 'discrimination', entries } };
}
