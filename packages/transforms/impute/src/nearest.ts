import { type CategoricalColumn, type Column, type NumericColumn, RadloomError, type Table } from '@radloom/core';

/** A column of the training rows as the model keeps it: numbers, or codes of categories. */
export type Donor = NumericColumn | CategoricalColumn;

/** Columns that rows are compared by: all but the outcome. */
export function donorColumns(table: Table): Donor[] {
  return table.columns.filter((own) => own.name !== table.outcome?.column);
}

/** A range below this counts as none, as in R's gower. */
const SMALLEST_RANGE = 1e-8;

/**
 * Fills each missing value from the nearest of the training rows that have it, by Gower's distance over all other columns: the mean of
 * |difference| / range of numbers and of 0 or 1 for equal or other categories, over the columns that both rows have; a column without
 * range is left out. The value is the mean of the nearest rows' values, of categories the most frequent. Values filled in one column
 * do not count as known in the next (recipes' step_impute_knn; Gower 1971).
 *
 * Ranges are those of the donors and of the rows to be filled together, as there: what is filled in one row can depend on the other
 * rows of the table, when these lie outside the training range.
 *
 * @param donors columns of the training rows
 * @returns columns of the table, filled
 * @throws `columns-differ` when a column is numeric here and categorical there
 */
export function fillFromNearest(donors: readonly Donor[], table: Table, neighbours: number): Column[] {
  const own = donors.map((donor) => matching(donor, table));
  return own.map((column, target) => {
    const rows = missingRows(column);
    if (rows.length === 0) return column;
    const known = knownRows(donors[target]);
    const ranges = donors.map((donor, c) => (donor.kind === 'numeric' ? rangeOf(known, donor.values, rows, (own[c] as NumericColumn).values) : 1));
    const fills = new Map(rows.map((row) => [row, valueOf(donors[target], nearestRows(donors, own, ranges, known, row, target, neighbours))]));
    if (column.kind === 'numeric') return { ...column, values: column.values.map((value, row) => fills.get(row) ?? value) };
    return { ...column, codes: column.codes.map((code, row) => fills.get(row) ?? code) };
  });
}

function missingRows(column: Column): number[] {
  const missing: number[] = [];
  if (column.kind === 'numeric') column.values.forEach((value, row) => Number.isNaN(value) && missing.push(row));
  else column.codes.forEach((code, row) => code < 0 && missing.push(row));
  return missing;
}

function knownRows(donor: Donor): number[] {
  const missing = new Set(missingRows(donor));
  return Array.from({ length: donor.kind === 'numeric' ? donor.values.length : donor.codes.length }, (_, row) => row).filter((row) => !missing.has(row));
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

/** Of some training rows those nearest to a row of the table, compared by all columns but one; of equal distances the earlier is nearer. */
function nearestRows(donors: readonly Donor[], own: readonly Column[], ranges: readonly number[], candidates: readonly number[], row: number, skipped: number, count: number): number[] {
  const distances = candidates.map((r) => {
    let sum = 0;
    let pairs = 0;
    donors.forEach((donor, c) => {
      if (c === skipped || !(ranges[c] >= SMALLEST_RANGE)) return;
      const apart = difference(donor, r, own[c], row);
      if (Number.isNaN(apart)) return;
      sum += apart / ranges[c];
      pairs++;
    });
    return { r, distance: sum / pairs };
  });
  return distances
    .filter(({ distance }) => !Number.isNaN(distance))
    .sort((a, b) => a.distance - b.distance || a.r - b.r)
    .slice(0, count)
    .map(({ r }) => r);
}

/** NaN when one of the two is missing. */
function difference(donor: Donor, r: number, own: Column, row: number): number {
  if (donor.kind === 'numeric') return Math.abs(donor.values[r] - (own as NumericColumn).values[row]);
  const [a, b] = [donor.codes[r], (own as CategoricalColumn).codes[row]];
  return a < 0 || b < 0 ? NaN : Number(a !== b);
}

/** Mean of the rows' numbers, or their most frequent category (the first of equally frequent ones); NaN or -1 of no rows. */
function valueOf(donor: Donor, rows: readonly number[]): number {
  if (donor.kind === 'numeric') return rows.reduce((sum, row) => sum + donor.values[row], 0) / rows.length;
  const counts = new Int32Array(donor.levels.length);
  for (const row of rows) counts[donor.codes[row]]++;
  const most = counts.reduce((highest, count) => Math.max(highest, count), 0);
  return most === 0 ? -1 : counts.indexOf(most);
}

/** Range of some donors' values and some rows' values together; missing ones do not count. */
function rangeOf(known: readonly number[], donor: Float64Array, rows: readonly number[], own: Float64Array): number {
  let [lowest, highest] = [Infinity, -Infinity];
  const take = (value: number) => {
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  };
  for (const row of known) take(donor[row]);
  for (const row of rows) take(own[row]);
  return highest - lowest;
}
