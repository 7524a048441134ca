import type { Random } from '@radloom/core';
import { type Forest, treePrediction } from './forest.js';

/** What the trees say of rows that they did not draw. */
export interface OutOfBag {
  /** Takes account of the tree at `root`, which drew row r `bag[r]` times. */
  add(forest: Forest, root: number, bag: Int32Array): void;
  /** Mean prediction per row of the trees that did not draw it; NaN for a row that all drew. */
  probability(): Float64Array;
}

export function outOfBag(x: Float64Array, rows: number): OutOfBag {
  const sum = new Float64Array(rows);
  const trees = new Int32Array(rows);
  return {
    add(forest, root, bag) {
      for (let r = 0; r < rows; r++) {
        if (bag[r] > 0) continue;
        sum[r] += treePrediction(forest, root, x, rows, r);
        trees[r]++;
      }
    },
    probability: () => sum.map((value, r) => value / trees[r]),
  };
}

/** Mean squared difference of probability and outcome over rows that have a probability; undefined when none has. */
export function brierScore(probability: Float64Array, y: Uint8Array): number | undefined {
  let sum = 0;
  let count = 0;
  probability.forEach((p, r) => {
    if (Number.isNaN(p)) return;
    sum += (y[r] - p) ** 2;
    count++;
  });
  return count === 0 ? undefined : sum / count;
}

/**
 * Adds, per column, how much worse one tree predicts the rows that it did not draw when the column's values are shuffled among them: the
 * rise of the mean squared error of the probability (Breiman 2001, as ranger measures it for probability forests, not scaled).
 *
 * @param used  scratch, one entry a column
 */
export function addPermutationImportance(forest: Forest, root: number, nodes: number, bag: Int32Array, x: Float64Array, y: Uint8Array, stream: Random, used: Uint8Array, into: Float64Array): void {
  const rows = y.length;
  const out: number[] = [];
  for (let r = 0; r < rows; r++) if (bag[r] === 0) out.push(r);
  if (out.length === 0) return;
  used.fill(0);
  for (let node = root; node < nodes; node++) if (forest.column[node] >= 0) used[forest.column[node]] = 1;
  let base = 0;
  for (const r of out) base += (y[r] - treePrediction(forest, root, x, rows, r)) ** 2;
  for (let c = 0; c < used.length; c++) {
    if (used[c] === 0) continue;
    const order = stream.permutation(out.length);
    let shuffled = 0;
    for (let i = 0; i < out.length; i++) shuffled += (y[out[i]] - predictionWith(forest, root, x, rows, out[i], c, out[order[i]])) ** 2;
    into[c] += (shuffled - base) / out.length;
  }
}

/** What a tree would say of a row that had another row's value in one column. */
function predictionWith({ column, value, left }: Forest, root: number, x: Float64Array, rows: number, row: number, changed: number, donor: number): number {
  let node = root;
  for (;;) {
    const by = column[node];
    if (by < 0) return value[node];
    node = left[node] + (x[by * rows + (by === changed ? donor : row)] <= value[node] ? 0 : 1);
  }
}
