import { RadloomError } from '../errors.js';
import type { Model } from '../learned.js';
import type { RowSource, Table } from '../table.js';

export const patientOf = ({ id, patient = id }: RowSource): string => patient;

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

/** Those whom some rows are of. */
export function knownOf(rows: readonly RowSource[]): Known {
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
