import { RadloomError, type Table } from '@radloom/core';
import { valuesByRow } from '@radloom/statistics';
import type { CombatSettings } from './harmonise.js';

/** The batch of each row. @throws `batch-missing` naming the row */
export function batchesOf(table: Table, holder: Table, column: string): string[] {
  const values = valuesByRow(holder, column);
  return table.rows.map(({ id, copyOf = id }) => {
    const value = values.get(copyOf);
    if (value === undefined) throw new RadloomError({ code: 'batch-missing', what: `Row ${id} has no ${column}, so that its batch is not known.`, where: { field: column }, fix: 'Fill it in, or leave the row out.' });
    return value;
  });
}

/**
 * Refuses batches too small to learn from: the spread of one patient says nothing of a scanner.
 *
 * @throws `batch-single` naming batch and row; `combat-batches` for fewer than two batches or an unknown reference
 */
export function checkBatches(table: Table, batch: readonly string[], { batch: column, meanOnly, reference, unseen }: CombatSettings): void {
  const patients = new Map<string, Set<string>>();
  table.rows.forEach(({ id, patient = id }, row) => patients.set(batch[row], (patients.get(batch[row]) ?? new Set()).add(patient)));
  const found = [...patients.keys()].sort();
  if (found.length < 2) throw new RadloomError({ code: 'combat-batches', what: `All ${batch.length} training rows are of batch ${found[0]}: there is nothing to harmonise.`, where: { field: column }, fix: 'Check the column, or leave combat out.' });
  if (reference !== null && !patients.has(reference)) throw new RadloomError({ code: 'combat-batches', what: `No training row is of the reference batch ${reference}.`, where: { field: 'reference' }, fix: `The training rows have ${found.join(', ')}.` });
  if (unseen === 'reference' && reference === null) throw new RadloomError({ code: 'bad-setting', what: 'unseen: reference takes rows of unseen batches for rows of the reference batch, and none is named.', where: { field: 'reference' }, fix: 'Name the reference batch.' });
  const single = meanOnly ? undefined : found.find((name) => patients.get(name)!.size < 2);
  if (single === undefined) return;
  const row = table.rows[batch.indexOf(single)].id;
  throw new RadloomError({
    code: 'batch-single',
    what: `Batch ${single} has one patient in the training rows (row ${row}): its spread cannot be learned.`,
    where: { field: column },
    fix: 'Join it with a like batch, leave the patient out, or say meanOnly: true, which shifts batches and leaves their spread.',
    data: { batch: single, row },
  });
}
