import { outcomeOf, RadloomError, type Table } from '@radloom/core';

/** Patients that are drawn together, each as the indices of its rows. */
export interface Stratum {
  /** For messages: `with the event`. */
  readonly name: string;
  readonly patients: readonly (readonly number[])[];
}

/**
 * Patients by outcome: without the event first, then with it in any of their rows. One stratum of all if not stratified, or if a class
 * has a smaller part of the patients than `pool`.
 *
 * @throws `one-class` when stratified and all patients have the same outcome
 */
export function strataOf(table: Table, stratify: boolean, pool: number): Stratum[] {
  const rows = new Map<string, number[]>();
  table.rows.forEach(({ id, patient = id }, r) => {
    const known = rows.get(patient);
    if (known === undefined) rows.set(patient, [r]);
    else known.push(r);
  });
  const patients = [...rows.values()];
  const together = [{ name: 'in all', patients }];
  if (!stratify) return together;
  const outcome = outcomeOf(table);
  const withEvent = patients.filter((own) => own.some((r) => outcome[r] === 1));
  const without = patients.filter((own) => own.every((r) => outcome[r] === 0));
  if (withEvent.length === 0 || without.length === 0) {
    throw new RadloomError({
      code: 'one-class',
      what: `All ${patients.length} patients have the same outcome (${table.outcome!.column}: ${withEvent.length === 0 ? 'no event' : 'event'}): there is nothing to stratify by.`,
      where: { field: table.outcome!.column },
      fix: 'Check the outcome column, or set stratify: false.',
      data: { patients: patients.length },
    });
  }
  if (Math.min(withEvent.length, without.length) < pool * patients.length) return together;
  return [
    { name: 'without the event', patients: without },
    { name: 'with the event', patients: withEvent },
  ];
}
