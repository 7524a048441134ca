import type { Random } from '@radloom/core';
import { decisionValues, type Sample, type TrainSettings, trainMachine } from './machine.js';

/** A fold number per row: each class is shuffled and dealt out in turn, so that folds have its share of both. */
export function dealFolds(y: Uint8Array, folds: number, stream: Random): Int32Array {
  const fold = new Int32Array(y.length);
  for (const level of [0, 1]) {
    const rows = [...y.keys()].filter((r) => y[r] === level);
    stream.permutation(rows.length).forEach((from, i) => (fold[rows[from]] = i % folds));
  }
  return fold;
}

/**
 * Decision values of each row by a machine that was trained without its fold. Where the other folds have one class only, the value is 1
 * for the event and -1 for none, as libsvm has it.
 */
export async function heldOutDecisions(sample: Sample, fold: Int32Array, settings: TrainSettings): Promise<Float64Array> {
  const decision = new Float64Array(sample.rows);
  for (const id of new Set(fold)) {
    const held = [...fold.keys()].filter((r) => fold[r] === id);
    const kept = take(sample, [...fold.keys()].filter((r) => fold[r] !== id));
    const events = kept.y.reduce((sum, value) => sum + value, 0);
    if (events === 0 || events === kept.rows) {
      for (const r of held) decision[r] = events === 0 ? -1 : 1;
      continue;
    }
    const values = decisionValues(await trainMachine(kept, settings), take(sample, held).points, held.length);
    held.forEach((r, i) => (decision[r] = values[i]));
  }
  return decision;
}

function take({ columns, points, y }: Sample, rows: readonly number[]): Sample {
  const some = new Float64Array(rows.length * columns);
  rows.forEach((r, i) => some.set(points.subarray(r * columns, (r + 1) * columns), i * columns));
  return { rows: rows.length, columns, points: some, y: Uint8Array.from(rows, (r) => y[r]) };
}
