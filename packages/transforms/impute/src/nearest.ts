import { type CategoricalColumn, type Column, type NumericColumn, RadloomError, type Table } from '@radloom/core';

/** A column of the training rows as the model keeps it: numbers, or codes of categories. */
export type Donor = NumericColumn | CategoricalColumn;

/** Columns that rows are compared by: all but the outcome. */
export function donorColumns(table: Table): Donor[] {
  return table.columns.filter((own) => own.name !== table.outcome?.column);
}

/**
 * Fills each missing value from the training rows nearest to its row by Gower's distance over all other columns: the mean of
 * |difference| / training range of numbers and of 0 or 1 for equal or other categories, over the columns that both rows have; a column
 * without range is left out. The value is the mean of the nearest rows' values, of categories the most frequent; nearest rows that
 * lack the value give none. Values filled in one column do not count as known in the next (recipes' step_impute_knn; Gower 1971).
 *
 * @param donors columns of the training rows
 * @returns columns of the table, filled
 * @throws `columns-differ` when a column is numeric here and categorical there
 */
export function fillFromNearest(donors: readonly Donor[], table: Table, neighbours: number): Column[] {
  const own = donors.map((donor) => matching(donor, table));
  const ranges = donors.map((donor) => (donor.kind === 'numeric' ? rangeOf(donor.values) : 1));
  return own.map((column, c) => {
    const fill = (row: number) => valueOf(donors[c], nearestRows(donors, own, ranges, row, c, neighbours));
    if (column.kind === 'numeric') return { ...column, values: column.values.map((value, row) => (Number.isNaN(value) ? fill(row) : value)) };
    return { ...column, codes: column.codes.map((code, row) => (code < 0 ? fill(row) : code)) };
  });
}

/** The table's column with the donor's levels; a category that the training rows do not have has a code of its own, unlike all. */
function matching(donor: Donor, table: Table): Column {
  const found = table.columns.find((own) => own.name === donor.name);
  if (found === undefined || found.kind !== donor.kind) {
    throw new RadloomError({
      code: 'columns-differ',
      what: found === undefined ? `There is no column ${donor.name}, which the training rows had.` : `Column ${donor.name} is ${found.kind} and was ${donor.kind} in the training rows.`,
      where: { field: donor.name },
    });
  }
  if (found.kind === 'numeric' || donor.kind === 'numeric') return found;
  const levels = [...donor.levels, ...found.levels.filter((level) => !donor.levels.includes(level))];
  return { ...found, levels, codes: found.codes.map((code) => (code < 0 ? -1 : levels.indexOf(found.levels[code]))) };
}

/** Training rows nearest to a row of the table, compared by all columns but one; of equal distances the earlier row is nearer. */
function nearestRows(donors: readonly Donor[], own: readonly Column[], ranges: readonly number[], row: number, skipped: number, count: number): number[] {
  const rows = lengthOf(donors[0]);
  const sum = new Float64Array(rows);
  const pairs = new Float64Array(rows);
  donors.forEach((donor, c) => {
    if (c === skipped || !(ranges[c] > 0)) return;
    for (let r = 0; r < rows; r++) {
      const apart = difference(donor, r, own[c], row);
      if (Number.isNaN(apart)) continue;
      sum[r] += apart / ranges[c];
      pairs[r]++;
    }
  });
  const distance = sum.map((total, r) => (pairs[r] > 0 ? total / pairs[r] : Infinity));
  return Array.from({ length: rows }, (_, r) => r)
    .filter((r) => distance[r] < Infinity)
    .sort((a, b) => distance[a] - distance[b] || a - b)
    .slice(0, count);
}

/** NaN when one of the two is missing. */
function difference(donor: Donor, r: number, own: Column, row: number): number {
  if (donor.kind === 'numeric') return Math.abs(donor.values[r] - (own as NumericColumn).values[row]);
  const [a, b] = [donor.codes[r], (own as CategoricalColumn).codes[row]];
  return a < 0 || b < 0 ? NaN : Number(a !== b);
}

/** Mean of the donors' numbers, or their most frequent category (the first of equally frequent ones); NaN or -1 of none. */
function valueOf(donor: Donor, rows: readonly number[]): number {
  if (donor.kind === 'numeric') {
    const known = rows.map((r) => donor.values[r]).filter((value) => !Number.isNaN(value));
    return known.reduce((sum, value) => sum + value, 0) / known.length;
  }
  const counts = new Int32Array(donor.levels.length);
  for (const r of rows) if (donor.codes[r] >= 0) counts[donor.codes[r]]++;
  const most = counts.reduce((highest, count) => Math.max(highest, count), 0);
  return most === 0 ? -1 : counts.indexOf(most);
}

function lengthOf(donor: Donor): number {
  return donor.kind === 'numeric' ? donor.values.length : donor.codes.length;
}

function rangeOf(values: Float64Array): number {
  let [lowest, highest] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  }
  return highest - lowest;
}
