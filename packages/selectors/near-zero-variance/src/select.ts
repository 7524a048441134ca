import { numbers, predictorNames, type Selection, type Table } from '@radloom/core';

export interface NearZeroSettings {
  readonly frequencyCut: number;
  readonly uniqueCut: number;
}

/** Columns that vary enough, by the rule of recipes' step_nzv (caret's nearZeroVar). */
export function select(table: Table, settings: NearZeroSettings): Selection {
  return { selected: predictorNames(table).filter((name) => !hardlyVaries(numbers(table, name), settings)) };
}

/**
 * Constant (or all missing); or its most frequent value more than `frequencyCut` times as frequent as the second, and at most `uniqueCut`
 * percent of the rows different values. Values are told apart by R's text of them, 15 significant digits; missing ones are left out of
 * the counts and not of the rows.
 */
export function hardlyVaries(values: Float64Array, { frequencyCut, uniqueCut }: NearZeroSettings): boolean {
  const counts = new Map<string, number>();
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    const text = value === 0 ? '0' : value.toPrecision(15);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  if (counts.size <= 1) return true;
  const [most, next] = [...counts.values()].sort((a, b) => b - a);
  return most / next > frequencyCut && (100 * counts.size) / values.length <= uniqueCut;
}
