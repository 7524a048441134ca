import { type Context, digestOf, type Gathered, type Metrics, type Predictions, type Seed, seedFromDigest } from '@radloom/core';
import { detailOf } from './detail.js';
import { measures } from './measures.js';
import { pool, type Pooled } from './pool.js';

export interface Settings {
  readonly level: number;
  readonly bootstrap: number;
}

/** One entry per model and role, the rows of all its folds together. */
export function run({ predictions }: { readonly predictions: readonly Gathered<Predictions>[] }, settings: Settings, ctx: Context): { metrics: Metrics } {
  const groups = pool(predictions);
  const entries = groups.map((group, done) => {
    ctx.progress(done, groups.length);
    const found = measures(group, settings, seedOf(ctx.seed, group));
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

/** A seed of the group's own, so that another model beside it changes nothing here. */
function seedOf(seed: Seed, { model, role }: Pooled): Seed {
  return seedFromDigest(digestOf(['discrimination', [...seed], model, role]));
}
