import type { Model } from './learned.js';
import { RadloomError } from './errors.js';
import { numbers, outcomeOf, predictorNames, type RowSource, type Table } from './table.js';

/**
 * Refuses a table that would leak however its rows are divided: a case that stands twice under two ids, a column that was made from the
 * outcome. Asked of all rows, before they are divided; nothing is learned from the answer.
 *
 * @throws `same-scan`, `outcome-derived`
 */
export function refuseLeaks(table: Table): void {
  refuseSameScan(table);
  refuseOutcomeDerived(table);
}

const patientOf = ({ id, patient = id }: RowSource): string => patient;

/** Fewer columns than this may agree in two patients; so many measurements to the last bit do not. */
const FINGERPRINT_COLUMNS = 5;

/** Rows of different patients that hold the same scan: by the digests of their inputs, or by measurements that agree to the last bit. */
function refuseSameScan(table: Table): void {
  const byInput = new Map<string, RowSource>();
  for (const row of table.rows) {
    for (const digest of row.inputs ?? []) {
      const known = byInput.get(digest);
      if (known !== undefined && patientOf(known) !== patientOf(row)) throw sameScan(known, row, 'were read from the same image');
      byInput.set(digest, row);
    }
  }
  // Columns of few values agree by chance; a column that is missing somewhere says nothing of that row.
  const measured = predictorNames(table).map((name) => numbers(table, name)).filter((values) => new Set(values).size > Math.max(2, values.length / 2));
  if (measured.length < FINGERPRINT_COLUMNS) return;
  const byValues = new Map<string, RowSource>();
  table.rows.forEach((row, r) => {
    const values = measured.map((column) => column[r]);
    if (values.some((value) => Number.isNaN(value))) return;
    const print = values.join();
    const known = byValues.get(print);
    if (known !== undefined && patientOf(known) !== patientOf(row)) throw sameScan(known, row, `have the same values in all ${measured.length} measured columns`);
    byValues.set(print, row);
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

/** A column that separates the outcome perfectly is refused where chance would do so with less than this probability, over all columns. */
const UNBELIEVABLE = 1e-6;

/**
 * A column that is the outcome under another name, or a consequence of it: its values, or where it is missing, tell events from the others
 * without an error in any row. Of n rows with k events one column does so by chance with probability 2 / C(n, k).
 */
function refuseOutcomeDerived(table: Table): void {
  if (table.outcome === undefined) return;
  const outcome = outcomeOf(table);
  const events = outcome.reduce((sum, value) => sum + value, 0);
  const names = predictorNames(table);
  if (Math.log(2 * names.length) - logChoose(outcome.length, events) > Math.log(UNBELIEVABLE)) return;
  for (const name of names) {
    if (table.outcome.separatedBy?.includes(name) === true) continue;
    const values = numbers(table, name);
    const how = separates(values, outcome) ? 'its values tell' : separates(values.map((value) => (Number.isNaN(value) ? 1 : 0)), outcome) ? 'where it is missing tells' : undefined;
    if (how === undefined) continue;
    throw new RadloomError({
      code: 'outcome-derived',
      what: `${name} gives the outcome ${table.outcome.column} away: ${how} the ${events} rows with the event from the ${outcome.length - events} others without one mistake, as a column does that was made from the outcome or recorded after it.`,
      where: { field: name },
      fix: `Leave ${name} out. If it was measured before the outcome and is that good, say so: cohort: outcome: separatedBy: [${name}].`,
    });
  }
}

/** True when every value of one class is above every value of the other. */
function separates(values: Float64Array, outcome: Uint8Array): boolean {
  const least = [Infinity, Infinity];
  const most = [-Infinity, -Infinity];
  for (let r = 0; r < values.length; r++) {
    if (Number.isNaN(values[r])) return false;
    least[outcome[r]] = Math.min(least[outcome[r]], values[r]);
    most[outcome[r]] = Math.max(most[outcome[r]], values[r]);
  }
  return most[0] < least[1] || most[1] < least[0];
}

function logChoose(n: number, k: number): number {
  let sum = 0;
  for (let i = 1; i <= Math.min(k, n - k); i++) sum += Math.log((n - i + 1) / i);
  return sum;
}

/**
 * Refuses two sides that share a row, a patient or a scan.
 *
 * @throws `sides-overlap`
 */
export function refuseShared(training: Table, test: Table): void {
  const taught = knownOf(training.rows);
  const shared = test.rows.find((row) => knows(taught, row));
  if (shared === undefined) return;
  throw new RadloomError({
    code: 'sides-overlap',
    what: `The division puts ${taught.rows.has(shared.id) ? `row ${shared.id}` : `a row of patient ${patientOf(shared)}`} on both sides: what is learned from it would be tested on it.`,
    where: { case: shared.id },
    fix: 'Divide patients, not rows: keep all rows of a patient on one side.',
  });
}

/** Who is meant by some rows. */
export interface Known {
  readonly rows: ReadonlySet<string>;
  readonly patients: ReadonlySet<string>;
}

function knownOf(rows: readonly RowSource[]): Known {
  return { rows: new Set(rows.map(({ id }) => id)), patients: new Set(rows.map(patientOf)) };
}

/** Who taught a model. */
export function taughtBy({ rows, patients = rows }: Model['fittedOn']): Known {
  return { rows: new Set(rows), patients: new Set(patients) };
}

/** True for a row that is one of these, or of one of their patients. */
export function knows({ rows, patients }: Known, row: RowSource): boolean {
  return rows.has(row.id) || patients.has(patientOf(row));
}
