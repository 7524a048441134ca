import { type Folds, type Inputs, type Params, type Plain, RadloomError, refuseLeaks, type Table } from '@radloom/core';
import { valuesByRow } from '@radloom/statistics';

export interface Settings {
  readonly column: string;
  readonly external: readonly (string | number)[];
}

/** The operation: the mark is read from the input `groups` where there is one, from the table itself otherwise. */
export function run(inputs: Inputs, params: Params): { folds: Plain } {
  const table = inputs.table as Table;
  if (table.partition.role === 'all') refuseLeaks(table);
  return { folds: { type: 'data', value: foldsOf(table, params as unknown as Settings, (inputs.groups as Table | undefined) ?? table) } };
}

/** The mark from a column of the table itself. */
export function assign(table: Table, settings: Settings): Folds {
  return foldsOf(table, settings, table);
}

/**
 * The one fold, `external`: the marked rows, in table order.
 *
 * @param holder table with the column; rows are matched by id
 * @throws `group-missing` for a row without a value, `side-empty` when no row or every row is marked, `patient-across-groups` for a patient
 *         with rows on both sides
 */
export function foldsOf(table: Table, { column: name, external }: Settings, holder: Table): Folds {
  const marks = new Set(external.map(String));
  const values = valuesByRow(holder, name);
  const test: string[] = [];
  const side = new Map<string, boolean>();
  for (const { id, patient = id } of table.rows) {
    const value = values.get(id);
    if (value === undefined) throw new RadloomError({ code: 'group-missing', what: `Row ${id} has no ${name}: it may be internal or external.`, where: { field: name }, fix: 'Fill it in, or leave the row out.' });
    const held = marks.has(value);
    if (side.has(patient) && side.get(patient) !== held) throw new RadloomError({ code: 'patient-across-groups', what: `Patient ${patient} has rows in both cohorts.`, where: { field: name }, fix: 'Leave the patient out of one of them, or correct the column.' });
    side.set(patient, held);
    if (held) test.push(id);
  }
  if (test.length === 0 || test.length === table.rows.length) {
    const found = [...new Set(values.values())].sort();
    throw new RadloomError({
      code: 'side-empty',
      what: `${test.length === 0 ? 'No row' : 'Every row'} has ${name} ${[...marks].join(' or ')}, so that there are no ${test.length === 0 ? 'external' : 'training'} rows.`,
      where: { field: 'external' },
      fix: `The column holds ${found.slice(0, 8).join(', ')}${found.length > 8 ? ' …' : ''}.`,
    });
  }
  return { folds: [{ id: 'external', test }] };
}
