import { type Clusters, clustersOf } from '../resampling/clusters.js';
import { digestOf, type Gathered, type Predictions, type Seed, seedFromDigest } from '@radloom/core';

/** The predictions of one model in one role, fold after fold. */
export interface PooledPredictions {
  readonly model: string;
  readonly role: Predictions['role'];
  readonly folds: readonly { readonly name: string; readonly predictions: Predictions }[];
  readonly rows: readonly string[];
  /** Per row whose it is. */
  readonly patients: readonly string[];
  /** Rows that hang together, of one patient or of repeated folds; undefined where each is a patient of its own. */
  readonly clusters: Clusters | undefined;
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
    const rows = parts.flatMap((part) => part.rows);
    const patients = parts.flatMap((part) => part.patients ?? part.rows);
    return {
      model: parts[0].model,
      role: parts[0].role,
      folds,
      rows,
      patients,
      clusters: clustersOf(rows, patients),
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

/** A note for readers where rows hang together; none otherwise. */
export function repeatedRowsNote({ rows, clusters }: Pick<PooledPredictions, 'rows' | 'clusters'>): { readonly code: string; readonly text: string }[] {
  if (clusters === undefined) return [];
  const why = [...(clusters.turns > 1 ? ['several folds predict the same case'] : []), ...(new Set(rows).size > clusters.count ? ['some patients have several cases'] : [])].join(' and ');
  return [{ code: 'rows-repeated', text: `${rows.length} rows are of ${clusters.count} patients, as ${why}: intervals and tests count each patient once.` }];
}

/** What an interval is called: one that takes rows as independent, or one of clusters of them. */
export function intervalName(name: string, clusters: Clusters | undefined): string {
  return clusters === undefined ? name : `${name}, by patient`;
}
