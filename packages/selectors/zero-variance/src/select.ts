import { numbers, predictorNames, type Selection, type Table } from '@radloom/core';

/** Columns with at least two different values; missing values do not count. The rule of recipes' step_zv. */
export function select(table: Table): Selection {
  const names = predictorNames(table);
  const selected = names.filter((name) => hasTwoValues(numbers(table, name)));
  const kept = new Set(selected);
  return { selected, summary: { removed: names.filter((name) => !kept.has(name)) } };
}

function hasTwoValues(values: Float64Array): boolean {
  let first = NaN;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    if (Number.isNaN(first)) first = value;
    else if (value !== first) return true;
  }
  return false;
}
