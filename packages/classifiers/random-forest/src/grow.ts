import type { Random } from '@radloom/core';
import { placeSorter, type SortedColumns } from './columns.js';
import type { GrowingForest } from './forest.js';

/** Adds one tree to a forest, learnt from rows drawn `bag[r]` times each. */
export type GrowTree = (bag: Int32Array, stream: Random, forest: GrowingForest) => void;

export interface GrowOptions {
  /** Columns drawn at each split, without replacement. */
  readonly mtry: number;
  /** A node of at most this many drawn rows is a leaf. */
  readonly minNodeSize: number;
  readonly weights: { readonly event: number; readonly none: number };
}

/**
 * Probability trees (Malley et al. 2012) grown as ranger grows them (Wright & Ziegler 2017): a split maximises the summed purity
 * `(event^2 + none^2) / (event + none)` of its two sides, which is to minimise their Gini impurity, over the drawn columns and all
 * midpoints between distinct values; values up to the midpoint go left; a leaf predicts its event frequency. `event` and `none` are the
 * drawn rows of a class times its weight. A split need not lower the impurity; a node ends when it is small, pure, or has one value in
 * each drawn column.
 *
 * @param y         1 event, 0 none, by row
 * @param impurity  per column, receives the decrease that its splits brought, summed over trees
 */
export function treeGrower(columns: SortedColumns, y: Uint8Array, { mtry, minNodeSize, weights }: GrowOptions, impurity: Float64Array): GrowTree {
  const { rows, x, row, sorted } = columns;
  const sortPlaces = placeSorter(columns.place, rows);
  const places = new Int32Array(rows);
  const members = new Int32Array(rows);
  const events = new Int32Array(rows);
  const drawn = Int32Array.from({ length: columns.columns }, (_, c) => c);
  // Per node of the tree in growth: its members and where it is in the forest.
  const start = new Int32Array(2 * rows);
  const end = new Int32Array(2 * rows);
  const at = new Int32Array(2 * rows);
  const best = { column: -1, threshold: 0, purity: 0 };
  const purityOf = (rowsWith: number, rowsWithout: number): number => {
    const event = weights.event * rowsWith;
    const none = weights.none * rowsWithout;
    return (event * event + none * none) / (event + none);
  };

  const seekSplit = (bag: Int32Array, from: number, to: number, total: number, totalEvents: number, column: number): void => {
    const base = column * rows;
    sortPlaces(base, members, from, to, places);
    if (sorted[base + places[0]] === sorted[base + places[to - from - 1]]) return;
    let left = 0;
    let leftEvents = 0;
    let previous = sorted[base + places[0]];
    for (let i = 0; i < to - from; i++) {
      const here = base + places[i];
      const value = sorted[here];
      if (value !== previous) {
        const rightEvents = totalEvents - leftEvents;
        const purity = purityOf(leftEvents, left - leftEvents) + purityOf(rightEvents, total - left - rightEvents);
        if (purity > best.purity) {
          best.column = column;
          best.threshold = between(previous, value);
          best.purity = purity;
        }
        previous = value;
      }
      left += bag[row[here]];
      leftEvents += events[row[here]];
    }
  };

  return (bag, stream, forest) => {
    let nodes = 1;
    start[0] = 0;
    end[0] = 0;
    at[0] = forest.plant();
    for (let r = 0; r < rows; r++) {
      if (bag[r] === 0) continue;
      members[end[0]++] = r;
      events[r] = y[r] * bag[r];
    }
    for (let node = 0; node < nodes; node++) {
      const from = start[node];
      const to = end[node];
      let total = 0;
      let totalEvents = 0;
      for (let i = from; i < to; i++) {
        total += bag[members[i]];
        totalEvents += events[members[i]];
      }
      best.column = -1;
      best.purity = 0;
      if (total > minNodeSize && totalEvents > 0 && totalEvents < total) {
        for (let d = 0; d < mtry; d++) {
          const other = d + stream.integer(drawn.length - d);
          const column = drawn[other];
          drawn[other] = drawn[d];
          drawn[d] = column;
          seekSplit(bag, from, to, total, totalEvents, column);
        }
      }
      if (best.column < 0) {
        const event = weights.event * totalEvents;
        forest.leaf(at[node], event / (event + weights.none * (total - totalEvents)));
        continue;
      }
      impurity[best.column] += best.purity - purityOf(totalEvents, total - totalEvents);
      const middle = part(members, from, to, x, best.column * rows, best.threshold);
      const child = forest.branch(at[node], best.column, best.threshold);
      start[nodes] = from;
      end[nodes] = middle;
      at[nodes++] = child;
      start[nodes] = middle;
      end[nodes] = to;
      at[nodes++] = child + 1;
    }
  };
}

/** The midpoint of two neighbouring values, or the lower one where rounding leaves nothing between them. */
function between(lower: number, upper: number): number {
  const middle = (lower + upper) / 2;
  return middle >= lower && middle < upper ? middle : lower;
}

/** Moves members with a value up to the threshold to the front; gives back where the others begin. */
function part(members: Int32Array, from: number, to: number, x: Float64Array, base: number, threshold: number): number {
  let i = from;
  let j = to;
  while (i < j) {
    const member = members[i];
    if (x[base + member] <= threshold) i++;
    else {
      members[i] = members[--j];
      members[j] = member;
    }
  }
  return i;
}
