import type { Metric } from '@radloom/core';
import { type Performance, performances, type Role } from './performance.js';
import type { StudyResults } from './results.js';
import { byModelSet, withinSet } from './sets.js';

/** The AUC of every model for every set of predictors, on rows that the models had not seen. */
export interface SetsCompared {
  readonly role: Role;
  readonly sets: readonly string[];
  /** Without the names of sets. */
  readonly models: readonly string[];
  auc(set: string, model: string): { readonly metric: Metric; readonly tainted: boolean } | undefined;
  readonly entries: readonly Performance[];
}

/** Undefined for a study whose models all have the same set. */
export function setsCompared(results: StudyResults): SetsCompared | undefined {
  const all = performances(results);
  const role = (['test', 'out-of-fold', 'training'] as const).find((wanted) => all.some((entry) => entry.role === wanted));
  const entries = all.filter((entry) => entry.role === role);
  const sets = byModelSet(results.study, entries).flatMap(({ set }) => set ?? []);
  if (role === undefined || sets.length < 2) return undefined;
  return {
    role,
    sets,
    models: [...new Set(entries.map(({ model }) => withinSet(model)))],
    entries,
    auc: (set, model) => {
      const found = entries.find((entry) => entry.model === `${set} ${model}`);
      const metric = found?.metrics.get('auc');
      return found === undefined || metric === undefined ? undefined : { metric, tainted: found.tainted };
    },
  };
}
