import { type Context, type Folds, random, RadloomError, type Table } from '@radloom/core';
import { strataOf } from '@radloom/statistics';

export interface Settings {
  readonly proportion: number;
  readonly stratify: boolean;
  readonly pool: number;
}

/**
 * Test rows of the one fold, `holdout`, in table order: of n patients in a stratum, floor(n x proportion) drawn ones train, the others
 * are held out (as rsample's initial_split). Rows of one patient stay together.
 */
export function assign(table: Table, { proportion, stratify, pool }: Settings, ctx: Context): Folds {
  const stream = random(ctx.seed);
  const held = new Set<number>();
  for (const { name, patients } of strataOf(table, stratify, pool)) {
    const training = Math.floor(patients.length * proportion);
    if (training === 0 || training === patients.length) {
      throw new RadloomError({
        code: 'class-too-small',
        what: `${patients.length} patients ${name} are too few to split: a proportion of ${proportion} makes ${training} of them training and ${patients.length - training} test.`,
        where: { field: 'proportion' },
        fix: `Change the proportion so that both sides have some${stratify ? ', or set stratify: false' : ''}.`,
        data: { patients: patients.length, training },
      });
    }
    for (const p of stream.permutation(patients.length).subarray(training)) for (const r of patients[p]) held.add(r);
  }
  return { folds: [{ id: 'holdout', test: table.rows.filter((_, r) => held.has(r)).map((row) => row.id) }] };
}
