import { type Context, random, RadloomError, type Table } from '@radloom/core';
import { strataOf } from '@radloom/statistics';
import { apparent, foldId } from './fold-id.js';

export interface Settings {
  readonly samples: number;
  readonly stratify: boolean;
  readonly pool: number;
}

/** A bootstrap sample: rows drawn, as often as they were, and the rows of patients that were not. */
export interface Sample {
  readonly id: string;
  readonly training: readonly string[];
  readonly test: readonly string[];
}

/** A sample that leaves no patient out is drawn anew, so many times at most. */
const ATTEMPTS = 100;

/**
 * Samples of patients with replacement, each stratum on its own and in its size, in table order; the patients not drawn are held out. The
 * last fold has every row as a training row and no test row.
 *
 * @throws `class-too-small` when there are too few patients to leave one out
 */
export function assign(table: Table, { samples, stratify, pool }: Settings, ctx: Context): { readonly folds: readonly Sample[] } {
  const strata = strataOf(table, stratify, pool);
  const stream = random(ctx.seed);
  const times = new Uint32Array(table.rows.length);
  const draw = (): boolean => {
    times.fill(0);
    for (const { patients } of strata) {
      for (let i = 0; i < patients.length; i++) for (const row of patients[stream.integer(patients.length)]) times[row]++;
    }
    return times.includes(0);
  };
  const ids = table.rows.map((row) => row.id);
  const folds = Array.from({ length: samples }, (_, sample): Sample => {
    let attempt = 0;
    while (!draw()) {
      if (++attempt < ATTEMPTS) continue;
      throw new RadloomError({ code: 'class-too-small', what: `${ids.length} rows are too few for the bootstrap: no sample leaves a patient out.`, fix: 'Use k-fold, or more patients.', data: { rows: ids.length } });
    }
    return { id: foldId(sample), training: ids.flatMap((id, row) => Array.from({ length: times[row] }, () => id)), test: ids.filter((_, row) => times[row] === 0) };
  });
  return { folds: [...folds, { id: apparent, training: ids, test: [] }] };
}
