import type { Random } from '@radloom/core';

/** Draws rows for one tree: `bag[r]` becomes how often row r was drawn. */
export type DrawBag = (stream: Random, bag: Int32Array) => void;

/**
 * `count` draws of rows with replacement.
 *
 * @param weights  per row, its share of the draws; undefined when all are equal
 */
export function bagDrawer(rows: number, count: number, weights: Float64Array | undefined): DrawBag {
  if (weights === undefined) {
    return (stream, bag) => {
      bag.fill(0);
      for (let i = 0; i < count; i++) bag[stream.integer(rows)]++;
    };
  }
  let sum = 0;
  const upTo = weights.map((weight) => (sum += weight));
  return (stream, bag) => {
    bag.fill(0);
    for (let i = 0; i < count; i++) bag[firstAbove(upTo, stream.next() * sum)]++;
  };
}

/** Index of the first entry above `value` in an ascending array whose last entry is above it. */
function firstAbove(ascending: Float64Array, value: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle] > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
