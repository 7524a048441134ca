import { random, RadloomError, type Seed, type Table } from '@radloom/core';
import { strataOf } from '@radloom/statistics';

/**
 * Fold of each row, from 0: patients of each outcome shuffled and dealt in turn, so that every fold has both outcomes. Rows of one patient
 * stay together.
 *
 * @throws `one-class`, `too-few-rows` when there are fewer patients with or without the event than folds
 */
export function dealFolds(table: Table, count: number, seed: Seed): Int32Array {
  const stream = random(seed);
  const folds = new Int32Array(table.rows.length);
  let next = 0;
  for (const { name, patients } of strataOf(table, true, 0)) {
    if (patients.length < count) {
      throw new RadloomError({
        code: 'too-few-rows',
        what: `${count} folds need ${count} training patients ${name}, and there are ${patients.length}: a fold would have one outcome only.`,
        fix: patients.length < 2 ? 'Use more cases.' : `Use at most ${patients.length} folds.`,
        data: { folds: count, available: patients.length },
      });
    }
    for (const i of stream.permutation(patients.length)) {
      for (const row of patients[i]) folds[row] = next % count;
      next++;
    }
  }
  return folds;
}
