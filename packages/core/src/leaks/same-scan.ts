import { RadloomError } from '../errors.js';
import { numbers, predictorNames, type RowSource, type Table } from '../table.js';
import { patientOf } from './shared-rows.js';

/** Fewer columns than this may agree in two patients; so many measurements do not. */
const FINGERPRINT_COLUMNS = 5;
/** A value that was written and read again, or measured in a copy of the image in another format, is so near, in parts of itself … */
const SAME_VALUE = 1e-5;
/** … and in standard deviations of its column, where that is small beside the values. */
const SAME_PLACE = 1e-4;
/** Pairs are looked for along so many columns, since any one may be missing in a row. */
const SEARCHED = 3;

/** Refuses rows of different patients that hold the same scan: by the digests of their inputs, or by measurements that agree. */
export function refuseSameScan(table: Table): void {
  const byInput = new Map<string, RowSource>();
  for (const row of table.rows) {
    for (const digest of row.inputs ?? []) {
      const known = byInput.get(digest);
      if (known !== undefined && patientOf(known) !== patientOf(row)) throw sameScan(known, row, 'were read from the same image');
      byInput.set(digest, row);
    }
  }
  const columns = measured(table);
  if (columns.length < FINGERPRINT_COLUMNS) return;
  const needed = Math.max(FINGERPRINT_COLUMNS, columns.length / 2);
  const alike = (r: number, s: number): number => {
    let common = 0;
    for (const { values, near } of columns) {
      if (Number.isNaN(values[r]) || Number.isNaN(values[s])) continue;
      if (!near(values[r], values[s])) return 0;
      common++;
    }
    return common;
  };
  const searched = [...columns].sort((a, b) => a.missing - b.missing || b.distinct - a.distinct).slice(0, SEARCHED);
  for (const { values, near } of searched) {
    const order = [...values.keys()].filter((r) => !Number.isNaN(values[r])).sort((r, s) => values[r] - values[s]);
    for (let i = 0; i < order.length; i++) {
      for (let j = i + 1; j < order.length && near(values[order[i]], values[order[j]]); j++) {
        const [first, second] = [Math.min(order[i], order[j]), Math.max(order[i], order[j])];
        if (patientOf(table.rows[first]) === patientOf(table.rows[second])) continue;
        const common = alike(first, second);
        if (common >= needed) throw sameScan(table.rows[first], table.rows[second], `have the same values in all ${common} measured columns that both have`);
      }
    }
  }
}

interface Measured {
  readonly values: Float64Array;
  readonly missing: number;
  readonly distinct: number;
  near(a: number, b: number): boolean;
}

/** Columns of many values; those of few agree by chance. */
function measured(table: Table): Measured[] {
  return predictorNames(table).flatMap((name) => {
    const values = numbers(table, name);
    const distinct = new Set(values).size;
    if (distinct <= Math.max(2, values.length / 2)) return [];
    const known = values.filter((value) => !Number.isNaN(value));
    const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
    const deviation = Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length);
    const near = (a: number, b: number): boolean => a === b || Math.abs(a - b) <= Math.min(SAME_VALUE * Math.max(Math.abs(a), Math.abs(b)), SAME_PLACE * deviation);
    return [{ values, missing: values.length - known.length, distinct, near }];
  });
}

function sameScan(first: RowSource, second: RowSource, how: string): RadloomError {
  return new RadloomError({
    code: 'same-scan',
    what: `Cases ${first.id} and ${second.id} ${how}: one patient under two ids would teach on one side of a split and be predicted on the other.`,
    where: { case: second.id },
    fix: 'Leave one of them out, or give both the same patient (cohort: patient), so that they stay together.',
    data: { cases: [first.id, second.id] },
  });
}
