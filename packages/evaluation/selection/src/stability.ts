import type { Gathered, Metric, Metrics, Model } from '@radloom/core';
import { normal } from '@radloom/statistics';
import type { Settings } from './run.js';

/**
 * How often each feature is chosen over folds, and Nogueira's stability of the whole (Nogueira, Sechidis & Brown 2018): 1 when every fold
 * chooses the same, 0 when they agree as sets drawn by chance would. The interval is their normal one for independent samples; folds share
 * most of their rows, so that it says how sure the estimate is for such folds, not for new cohorts.
 */
export function stability({ models }: { readonly models: readonly Gathered<Model>[] }, { level }: Settings): { metrics: Metrics } {
  const folds = chosenByFold(models);
  const candidates = folds.reduce((most, { before }) => Math.max(most, before), 0);
  const counts = new Map<string, number>();
  for (const { chosen } of folds) for (const feature of chosen) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  const frequency = [...counts].map(([feature, count]) => ({ feature, count })).sort((a, b) => b.count - a.count || (a.feature < b.feature ? -1 : 1));
  return {
    metrics: {
      type: 'metrics',
      family: 'selection-stability',
      entries: [{ model: 'selection', role: 'training', rows: folds.length, events: 0, metrics: [nogueira(folds.map(({ chosen }) => chosen), counts, candidates, level)], detail: { folds: folds.map(({ name, chosen }) => ({ fold: name, chosen: chosen.length })), candidates, frequency, level } }],
    },
  };
}

interface Fold {
  readonly name: string;
  readonly chosen: readonly string[];
  /** Features that the first selector was given. */
  readonly before: number;
}

/**
 * What is left after the last selector of each fold; a fold in which one failed is left out. Sets of predictors that were selected apart, whose
 * step ids begin with the set's name, count together.
 */
function chosenByFold(models: readonly Gathered<Model>[]): Fold[] {
  const folds = new Map<string, Gathered<Model>[]>();
  for (const entry of models) {
    if (entry.value !== undefined && !entry.value.plugin.startsWith('selector/')) continue;
    const name = entry.at.fold ?? entry.at.nested ?? 'all';
    folds.set(name, [...(folds.get(name) ?? []), entry]);
  }
  return [...folds].flatMap(([name, own]) => {
    if (own.some(({ value }) => value === undefined)) return [];
    const sets = [...new Set(own.map(setOf))].map((set) => own.filter((entry) => setOf(entry) === set).map(({ value }) => value!));
    const chosen = new Set(sets.flatMap((steps) => steps.at(-1)!.predictors));
    return [{ name, chosen: [...chosen], before: sets.reduce((sum, steps) => sum + Math.max(...steps.map((step) => (step.summary?.before as number | undefined) ?? 0)), 0) }];
  });
}

/** `radiomics` of `radiomics.lasso.fit`; empty without sets. */
function setOf({ step }: Gathered<Model>): string {
  return step.split('.').slice(0, -2).join('.');
}

function nogueira(chosen: readonly (readonly string[])[], counts: ReadonlyMap<string, number>, candidates: number, level: number): Metric {
  const name = 'stability';
  const m = chosen.length;
  const without = (code: string, text: string): Metric => ({ name, value: NaN, reason: { code, text } });
  if (m < 2) return without('too-few-folds', 'Stability needs at least two folds.');
  const share = chosen.reduce((sum, set) => sum + set.length, 0) / m / candidates;
  if (share === 0) return without('nothing-chosen', 'No fold chooses a feature.');
  if (share === 1) return without('all-chosen', 'Every fold keeps every feature: there is nothing to choose.');
  const chance = share * (1 - share);
  let variance = 0;
  for (const count of counts.values()) variance += (m / (m - 1)) * (count / m) * (1 - count / m);
  const value = 1 - variance / candidates / chance;
  // The influence of each fold, of which the variance of the estimate is made.
  const influence = chosen.map((set) => {
    const own = set.length / candidates;
    const overlap = set.reduce((sum, feature) => sum + counts.get(feature)! / m, 0) / candidates;
    return (overlap - own * share + (value / 2) * (2 * share * own - own - share + 1)) / chance;
  });
  const mean = influence.reduce((sum, each) => sum + each, 0) / m;
  const error = Math.sqrt((4 / m ** 2) * influence.reduce((sum, each) => sum + (each - mean) ** 2, 0));
  const reach = normal.quantile((1 + level) / 2) * error;
  return { name, value, lower: value - reach, upper: Math.min(1, value + reach), interval: 'normal (Nogueira)' };
}
