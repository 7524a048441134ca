import type { Gathered, Predictions } from '@radloom/core';

/** The predictions of one model in one role, fold after fold. */
export interface Pooled {
  readonly model: string;
  readonly role: Predictions['role'];
  readonly folds: readonly { readonly name: string; readonly predictions: Predictions }[];
  readonly rows: readonly string[];
  /** Per row 1 event, 0 none. */
  readonly outcome: Uint8Array;
  readonly probability: Float64Array;
  /** Per row the threshold of the fold it comes from. */
  readonly threshold: Float64Array;
}

/** Groups by model and role in the order in which they first appear; entries that failed are left out. */
export function pool(gathered: readonly Gathered<Predictions>[]): Pooled[] {
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
      threshold: Float64Array.from(parts.flatMap((part) => part.rows.map(() => part.threshold))),
    };
  });
}
