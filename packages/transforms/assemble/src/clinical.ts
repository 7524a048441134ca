import { column, type Column, RadloomError, type Table } from '@radloom/core';

/**
 * A column of the clinical table for some rows: numbers as they are; of two categories the later in the alphabet is 1.
 *
 * @param asIs keeps categories as they are: an outcome is compared with its event by name
 * @throws `column-categories` for more than two categories
 */
export function clinicalColumn(table: Table, name: string, rows: readonly number[], asIs: boolean): Column {
  const found = column(table, name);
  if (found.kind === 'numeric') return { kind: 'numeric', name, values: Float64Array.from(rows, (row) => found.values[row]) };
  if (asIs) return { ...found, codes: Int32Array.from(rows, (row) => found.codes[row]) };
  if (found.levels.length > 2) {
    throw new RadloomError({
      code: 'column-categories',
      what: `${name} has ${found.levels.length} categories (${found.levels.slice(0, 5).join(', ')}${found.levels.length > 5 ? ' …' : ''}); models take numbers or two categories.`,
      where: { field: name },
      fix: 'Make one column of 0 and 1 for each category, or leave it out of cohort: clinical.',
    });
  }
  const levels = [...found.levels].sort();
  return { kind: 'numeric', name, values: Float64Array.from(rows, (row) => (found.codes[row] < 0 ? NaN : levels.indexOf(found.levels[found.codes[row]]))) };
}
