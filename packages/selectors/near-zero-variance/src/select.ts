import { numbers, predictorNames, type Selection, type Table } from '@radloom/core';

export interface NearZeroSettings {
  readonly frequencyCut: number;
  readonly uniqueCut: number;
}

/** Columns that vary enough, by the rule of recipes' step_nzv (caret's nearZeroVar). */
export function select(table: Table, settings: NearZeroSettings): Selection {
  const names = predictorNames(table);
  const selected = names.filter((name) => !hardlyVaries(numbers(table, name), settings));
  const kept = new Set(selected);
  return { selected, summary: { removed: names.filter((name) => !kept.has(name)) } };
}

/**
 * Constant (or all missing); or its most frequent value more than `frequencyCut` times as frequent as the second, and different values at
 * most `uniqueCut` percent of the rows. For frequencies values are told apart by R's text of them, 15 significant digits, and a column of
 * one text has no frequency ratio; different values are counted exactly. Missing ones are left out of the counts and not of the rows.
 */
export function hardlyVaries(values: Float64Array, { frequencyCut, uniqueCut }: NearZeroSettings): boolean {
  const known = values.filter((value) => !Number.isNaN(value));
  const different = new Set(known).size;
  if (different <= 1) return true;
  const counts = new Map<string, number>();
  for (const value of known) {
    const text = value === 0 ? '0' : value.toPrecision(15);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  if (counts.size === 1) return false;
  const [most, next] = [...counts.values()].sort((a, b) => b - a);
  return most / next > frequencyCut && (100 * different) / values.length <= uniqueCut;
}
