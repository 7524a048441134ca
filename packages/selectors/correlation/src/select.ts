import { columnMajor, predictorNames, type Selection, type Table } from '@radloom/core';
import { midranks } from '@radloom/statistics';
import { correlatedPairs } from './kernel.js';

export interface CorrelationSettings {
  readonly threshold: number;
  readonly method: 'pearson' | 'spearman';
}

/**
 * Of every pair above the threshold the column with the larger mean correlation goes, and of equal ones the earlier: the rule of recipes'
 * step_corr (caret's findCorrelation, not its exact form). All pairs are judged on the full table, so a pair counts even when one of its
 * columns has gone already.
 */
export function select(table: Table, { threshold, method }: CorrelationSettings): Selection {
  const names = predictorNames(table);
  const n = table.rows.length;
  const x = columnMajor(table, names);
  if (method === 'spearman') names.forEach((_, c) => x.set(rankedWithGaps(x.subarray(c * n, (c + 1) * n)), c * n));
  const { mean, first, second } = correlatedPairs(x, n, names.length, threshold);
  // R compares means that differ in the last digits as equal.
  const rounded = mean.map((value) => Number(value.toPrecision(15)));
  const dropped = new Set<number>();
  first.forEach((r, k) => {
    const c = second[k];
    dropped.add(rounded[c] > rounded[r] ? c : r);
  });
  return { selected: names.filter((_, i) => !dropped.has(i)), summary: { pairs: first.length } };
}

/** Ranks of the values that are there; missing ones stay missing. */
function rankedWithGaps(values: Float64Array): Float64Array {
  const present = values.filter((value) => !Number.isNaN(value));
  const ranks = midranks(present);
  let next = 0;
  return values.map((value) => (Number.isNaN(value) ? NaN : ranks[next++]));
}
