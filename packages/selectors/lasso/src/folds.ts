import { random, RadloomError, type Seed } from '@radloom/core';

/**
 * Fold of each row, from 0: rows of each outcome are shuffled and dealt in turn, so that every fold has both.
 *
 * @throws `too-few-rows` when an outcome has fewer rows than there are folds
 */
export function dealFolds(y: Uint8Array, count: number, seed: Seed): Int32Array {
  const stream = random(seed);
  const folds = new Int32Array(y.length);
  let next = 0;
  for (const outcome of [0, 1]) {
    const rows = Array.from(y, (value, row) => ({ value, row })).filter((entry) => entry.value === outcome).map((entry) => entry.row);
    if (rows.length < count) {
      throw new RadloomError({ code: 'too-few-rows', what: `${count} folds need ${count} training rows ${outcome === 1 ? 'with' : 'without'} the event, and there are ${rows.length}.`, fix: `Use at most ${Math.max(rows.length, 3)} folds.` });
    }
    for (const i of stream.permutation(rows.length)) folds[rows[i]] = next++ % count;
  }
  return folds;
}
