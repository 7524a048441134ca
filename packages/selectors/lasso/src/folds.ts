import { random, RadloomError, type RowSource, type Seed } from '@radloom/core';

/**
 * Fold of each row, from 0: patients are shuffled and dealt in turn, those with the event in any of their rows after the others, so that
 * every fold has both. Rows of one patient stay together.
 *
 * @throws `too-few-rows` when there are fewer patients with or without the event than folds
 */
export function dealFolds(rows: readonly RowSource[], y: Uint8Array, count: number, seed: Seed): Int32Array {
  const own = new Map<string, number[]>();
  rows.forEach(({ id, patient = id }, row) => own.set(patient, [...(own.get(patient) ?? []), row]));
  const stream = random(seed);
  const folds = new Int32Array(y.length);
  let next = 0;
  for (const outcome of [0, 1]) {
    const patients = [...own.values()].filter((members) => Number(members.some((row) => y[row] === 1)) === outcome);
    if (patients.length < count) {
      throw new RadloomError({
        code: 'too-few-rows',
        what: `${count} folds need ${count} training ${own.size === y.length ? 'rows' : 'patients'} ${outcome === 1 ? 'with' : 'without'} the event, and there are ${patients.length}.`,
        fix: patients.length < 3 ? 'Use more cases: cross-validation needs three folds.' : `Use at most ${patients.length} folds.`,
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
