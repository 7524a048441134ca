import { type Context, type Folds, random, RadloomError, type Table } from '@radloom/core';
import { foldId } from './fold-id.js';
import { strataOf } from '@radloom/statistics';

export interface Settings {
  readonly folds: number;
  readonly repeats: number;
  readonly stratify: boolean;
  readonly pool: number;
}

/**
 * Test rows of each fold, in table order. The patients of a stratum are shuffled and dealt out one by one from the first fold on, each
 * stratum on its own (as rsample's vfold_cv): folds differ in size by at most the number of strata. Rows of one patient stay together.
 */
export function assign(table: Table, { folds, repeats, stratify, pool }: Settings, ctx: Context): Folds {
  const strata = strataOf(table, stratify, pool);
  for (const { name, patients } of strata) {
    if (patients.length >= folds) continue;
    throw new RadloomError({
      code: 'class-too-small',
      what: `${patients.length} patients ${name} cannot be dealt into ${folds} folds.`,
      where: { field: 'folds' },
      fix: `${patients.length < 2 ? 'Use more cases' : `Use at most ${patients.length} folds`}${strata.length > 1 ? ', or set stratify: false' : ''}.`,
      data: { patients: patients.length, folds },
    });
  }
  const stream = random(ctx.seed);
  const assigned: Folds['folds'][number][] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    const foldOf = new Int32Array(table.rows.length);
    for (const { patients } of strata) {
      stream.permutation(patients.length).forEach((p, i) => {
        for (const r of patients[p]) foldOf[r] = i % folds;
      });
    }
    for (let fold = 0; fold < folds; fold++) assigned.push({ id: foldId(repeat, fold), test: table.rows.filter((_, r) => foldOf[r] === fold).map((row) => row.id) });
  }
  return { folds: assigned };
}
