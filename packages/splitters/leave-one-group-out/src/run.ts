import { type Folds, type Inputs, type Params, type Plain, RadloomError, refuseLeaks, type Table } from '@radloom/core';
import { valuesByRow } from '@radloom/statistics';

export interface Settings {
  readonly column: string;
  readonly groups: readonly string[];
}

/** The operation: groups are read from the input `groups` where there is one, from the table itself otherwise. */
export function run(inputs: Inputs, params: Params): { folds: Plain } {
  const table = inputs.table as Table;
  if (table.partition.role === 'all') refuseLeaks(table);
  return { folds: { type: 'data', value: foldsOf(table, params as unknown as Settings, (inputs.groups as Table | undefined) ?? table) } };
}

/** Groups from a column of the table itself. */
export function assign(table: Table, settings: Settings): Folds {
  return foldsOf(table, settings, table);
}

/**
 * One fold a group, named after it: its rows are held out, in table order.
 *
 * @param holder table with the column of groups; rows are matched by id
 * @throws `group-missing` for a row without a group, `group-unknown` for one in a group that is not listed, `group-empty` for a listed
 *         group without rows, `patient-across-groups` for a patient with rows in several groups, who would be on both sides of a fold
 */
export function foldsOf(table: Table, { column: name, groups }: Settings, holder: Table): Folds {
  const groupOf = valuesByRow(holder, name);
  if (groups.length < 2) throw new RadloomError({ code: 'bad-setting', what: `groups lists ${groups.length} of the groups of ${name}: at least two are needed, so that some rows train.`, where: { field: 'groups' }, fix: `There are ${[...new Set(groupOf.values())].sort().join(', ') || 'none'}.` });
  const members = new Map<string, string[]>(groups.map((group) => [group, []]));
  const home = new Map<string, string>();
  for (const { id, patient = id } of table.rows) {
    const group = groupOf.get(id);
    if (group === undefined) throw new RadloomError({ code: 'group-missing', what: `Row ${id} has no ${name}.`, where: { field: name }, fix: 'Fill it in, or leave the row out.' });
    const known = members.get(group);
    if (known === undefined) throw new RadloomError({ code: 'group-unknown', what: `Row ${id} is in ${name} ${group}, which groups does not list.`, where: { field: 'groups' }, fix: `Listed are ${groups.join(', ')}.` });
    const other = home.get(patient);
    if (other !== undefined && other !== group) throw new RadloomError({ code: 'patient-across-groups', what: `Patient ${patient} has rows in ${name} ${other} and ${group}, so that holding out either would leave the patient on both sides.`, where: { field: name }, fix: 'Keep the rows of one group, or correct the column.' });
    home.set(patient, group);
    known.push(id);
  }
  const empty = groups.find((group) => members.get(group)!.length === 0);
  if (empty !== undefined) throw new RadloomError({ code: 'group-empty', what: `No row is in ${name} ${empty}.`, where: { field: 'groups' }, fix: 'Take it out of groups; its cases may have failed.' });
  return { folds: groups.map((id) => ({ id, test: members.get(id)! })) };
}
