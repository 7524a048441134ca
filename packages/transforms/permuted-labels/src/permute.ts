import { type Column, column, type Context, type Params, random, RadloomError, type Table, withColumns } from '@radloom/core';

/**
 * The same rows with their outcomes in random order. Patients with as many rows as each other exchange the outcomes of all their rows, so that
 * rows of one patient stay together as they were.
 *
 * @throws `learning-rows` for rows that are not for learning: their outcomes are what the analysis is judged by
 */
export function permute({ table }: { readonly table: Table }, _params: Params, ctx: Context): { table: Table } {
  if (table.partition.role !== 'training') {
    throw new RadloomError({ code: 'learning-rows', what: `Outcomes are shuffled among training rows; these are ${table.partition.role === 'all' ? 'all rows' : 'test rows'}.`, fix: 'Connect it to the training side of a split.', deterministic: false });
  }
  if (table.outcome === undefined) throw new RadloomError({ code: 'outcome-absent', what: 'The table has no outcome column.', fix: 'Name it in the study file under cohort: outcome.' });
  const from = donors(table, ctx);
  const outcome = column(table, table.outcome.column);
  const shuffled: Column = outcome.kind === 'numeric' ? { ...outcome, values: Float64Array.from(from, (row) => outcome.values[row]) } : { ...outcome, codes: Int32Array.from(from, (row) => outcome.codes[row]) };
  return { table: withColumns(table, [shuffled]) };
}

/** Per row, the row whose outcome it gets. */
function donors(table: Table, ctx: Context): Uint32Array {
  const patients = new Map<string, number[]>();
  table.rows.forEach(({ id, patient = id }, row) => {
    const known = patients.get(patient);
    if (known === undefined) patients.set(patient, [row]);
    else known.push(row);
  });
  const stream = random(ctx.seed);
  const from = new Uint32Array(table.rows.length);
  const sizes = [...new Set([...patients.values()].map((rows) => rows.length))].sort((a, b) => a - b);
  for (const size of sizes) {
    const alike = [...patients.values()].filter((rows) => rows.length === size);
    stream.permutation(alike.length).forEach((other, i) => alike[i].forEach((row, k) => (from[row] = alike[other][k])));
  }
  return from;
}
