import { type Context, digestOf, type Folds, type Plain, type Predictions, RadloomError, seedFromDigest, type Table, takeRows } from '@radloom/core';
import { refuseOthers, type Settings, syntheticRows, withRows } from './run.js';

/**
 * A table and folds for a classifier's cross-fit in which every fold learns from its own training rows and rows synthesised from these
 * alone. Each fold has synthetic rows of its own; they count as held out in all other folds, so that no fold learns from rows behind
 * which one of its held-out rows stands.
 */
export function crossResample({ table, folds }: { readonly table: Table; readonly folds: Plain }, settings: Settings, ctx: Context): { table: Table; folds: Plain } {
  refuseOthers(table);
  const given = (folds.value as Folds).folds;
  let all = table;
  const made = given.map(({ id, test }) => {
    const held = new Set(test);
    const kept = table.rows.map((_, row) => row).filter((row) => !held.has(table.rows[row].id));
    const synthetic = syntheticRows(takeRows(table, kept, 'training', id), settings, seedFromDigest(digestOf([[...ctx.seed], id])), ctx);
    const before = all.rows.length;
    all = withRows(all, synthetic.map(({ base, other, part }) => ({ base: kept[base], other: kept[other], part })), `smote~${id}`);
    return all.rows.slice(before).map((row) => row.id);
  });
  const everyone = made.flat();
  const extended = given.map(({ id, test }, f) => {
    const own = new Set(made[f]);
    return { id, test: [...test, ...everyone.filter((row) => !own.has(row))] };
  });
  return { table: all, folds: { type: 'data', value: { ...(folds.value as Folds), folds: extended } } };
}

/**
 * Predictions of the rows of a table alone, in its order.
 *
 * @throws `row-unknown` when a row of the table was not predicted
 */
export function restore({ predictions, table }: { readonly predictions: Predictions; readonly table: Table }): { predictions: Predictions } {
  const place = new Map(predictions.rows.map((row, i) => [row, i]));
  const kept = table.rows.map(({ id }) => {
    const at = place.get(id);
    if (at === undefined) throw new RadloomError({ code: 'row-unknown', what: `Row ${id} was not predicted.`, deterministic: false });
    return at;
  });
  return {
    predictions: {
      ...predictions,
      rows: table.rows.map((row) => row.id),
      outcome: Uint8Array.from(kept, (i) => predictions.outcome[i]),
      probability: Float64Array.from(kept, (i) => predictions.probability[i]),
      partition: table.partition,
      fittedOn: table.partition.rowSet,
    },
  };
}
