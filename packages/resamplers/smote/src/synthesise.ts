import type { Random } from '@radloom/core';

/** A synthetic row: on the line from `base` to `other`, `part` of the way. */
export interface Synthetic {
  readonly base: number;
  readonly other: number;
  readonly part: number;
}

/**
 * Where synthetic rows lie (Chawla et al. 2002): every row is the base as often as every other, give or take one, in random order; the
 * other end is one of its nearest rows, the place between them uniform.
 *
 * @param x          column by column: value of row r, column c at `c * rows + r`
 * @param divisor    per column, the unit of distance; 0 for a column that takes no part
 * @param neighbours fewer than rows
 * @returns          indices count from 0 within the given rows
 */
export function synthesise(x: Float64Array, rows: number, divisor: Float64Array, neighbours: number, count: number, stream: Random): Synthetic[] {
  const nearest = Array.from({ length: rows }, (_, row) => nearestRows(x, rows, divisor, row, neighbours));
  const found: Synthetic[] = [];
  while (found.length < count) {
    for (const base of stream.permutation(rows)) {
      if (found.length === count) break;
      found.push({ base, other: nearest[base][stream.integer(neighbours)], part: stream.next() });
    }
  }
  return found;
}

/** The nearest other rows by Euclidean distance, nearest first; equal distances in the order of rows. */
function nearestRows(x: Float64Array, rows: number, divisor: Float64Array, row: number, count: number): Uint32Array {
  const distance = new Float64Array(rows);
  divisor.forEach((unit, c) => {
    if (unit === 0) return;
    for (let r = 0; r < rows; r++) distance[r] += ((x[c * rows + r] - x[c * rows + row]) / unit) ** 2;
  });
  const others = Uint32Array.from({ length: rows - 1 }, (_, i) => (i < row ? i : i + 1));
  return others.sort((a, b) => distance[a] - distance[b] || a - b).subarray(0, count);
}
