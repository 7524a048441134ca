import { digestOf, type Gathered, type Predictions, type Seed, seedFromDigest } from '@radloom/core';

/** The predictions of one model in one role, fold after fold. */
export interface PooledPredictions {
  readonly model: string;
  readonly role: Predictions['role'];
  readonly folds: readonly { readonly name: string; readonly predictions: Predictions }[];
  readonly rows: readonly string[];
  /** Per row 1 event, 0 none. */
  readonly outcome: Uint8Array;
  readonly probability: Float64Array;
  /** Per row the threshold of the fold it comes from, or its own. */
  readonly threshold: Float64Array;
}

/** Groups by model and role in the order in which they first appear; entries that failed are left out. */
export function poolPredictions(gathered: readonly Gathered<Predictions>[]): PooledPredictions[] {
  const groups = new Map<string, { name: string; predictions: Predictions }[]>();
  for (const { value, at } of gathered) {
    if (value === undefined) continue;
    const key = `${value.role} ${value.model}`;
    const folds = groups.get(key) ?? [];
    groups.set(key, folds);
    folds.push({ name: at.fold ?? value.partition.fold ?? 'all', predictions: value });
  }
  return [...groups.values()].map((folds) => {
    const parts = folds.map((fold) => fold.predictions);
    return {
      model: parts[0].model,
      role: parts[0].role,
      folds,
      rows: parts.flatMap((part) => part.rows),
      outcome: Uint8Array.from(parts.flatMap((part) => [...part.outcome])),
      probability: Float64Array.from(parts.flatMap((part) => [...part.probability])),
      threshold: Float64Array.from(parts.flatMap((part) => part.rows.map((_, row) => part.thresholds?.[row] ?? part.threshold))),
    };
  });
}

/** A seed of the group's own, so that another model beside it changes nothing here. */
export function pooledSeed(family: string, seed: Seed, { model, role }: Pick<PooledPredictions, 'model' | 'role'>): Seed {
  return seedFromDigest(digestOf([family, [...seed], model, role]));
}

/** What every metric of the group is for want of, with its reason; undefined when the rows can be judged. */
export function whyUnusable({ outcome, probability }: Pick<PooledPredictions, 'outcome' | 'probability'>): { readonly code: string; readonly text: string } | undefined {
  if (outcome.length === 0) return { code: 'no-rows', text: 'There are no rows.' };
  const missing = probability.reduce((count, p) => count + (Number.isNaN(p) ? 1 : 0), 0);
  return missing === 0 ? undefined : { code: 'probability-missing', text: `${missing} of ${outcome.length} rows have no probability.` };
}

/** A note for readers where rows come back in several folds; none otherwise. */
export function repeatedRowsNote({ rows }: Pick<PooledPredictions, 'rows'>): { readonly code: string; readonly text: string }[] {
  const repeated = rows.length - new Set(rows).size;
  return repeated === 0 ? [] : [{ code: 'rows-repeated', text: `${repeated} of ${rows.length} rows are repeats of others from another fold; intervals take rows as independent and are too narrow.` }];
}
