import { EPSILON } from '@radloom/imaging';
import type { Joint } from './joint.js';
import { leadingEigenvalues, type Operator } from './leading-eigenvalues.js';

/**
 * Maximal correlation coefficient: the square root of the second largest eigenvalue of
 * Q(i, j) = sum over k of p(i, k) p(j, k) / (px(i) py(k) + eps). 1 where only one level occurs in the ROI.
 *
 * Q falls into blocks of levels that share neighbours. Within a block, D^1/2 Q D^-1/2 with D = diag(px) is symmetric but for eps; its
 * largest eigenvalue is 1 and belongs to the vector sqrt(px), but for eps. eps stays in: for levels that hardly occur it is seen in the
 * sixth digit.
 */
export function maximalCorrelation(joint: Joint): number {
  if (joint.levels.length < 2) return 1;
  const blocks = blocksOf(joint);
  const eigenvalues = [0, 0]; // of levels that no pair holds
  for (const { first, apply } of blocks) {
    if (first.length === 1) {
      const image = new Float64Array(1);
      apply(first, image);
      eigenvalues.push(image[0]);
      continue;
    }
    const leading = leadingEigenvalues(apply, first);
    eigenvalues.push(leading.second, blocks.length === 1 ? 1 : leading.first());
  }
  eigenvalues.sort((a, b) => b - a);
  return Math.sqrt(eigenvalues[1]);
}

interface Block {
  /** sqrt(px) of the block's levels, scaled to unit length. */
  readonly first: Float64Array;
  /** D^1/2 Q D^-1/2 on vectors over the block's levels. */
  readonly apply: Operator;
}

function blocksOf(joint: Joint): Block[] {
  const members = new Map<number, number[]>();
  const rootOf = sharedColumns(joint);
  joint.px.forEach((p, row) => {
    if (p === 0) return;
    const rows = members.get(rootOf[row]);
    if (rows === undefined) members.set(rootOf[row], [row]);
    else rows.push(row);
  });
  return [...members.values()].map((rows) => block(joint, rows));
}

/** For each row, one row that stands for all that are tied to it through shared columns. */
function sharedColumns({ start, column, px }: Joint): Int32Array {
  const root = Int32Array.from(px, (_, row) => row);
  const find = (row: number): number => {
    while (root[row] !== row) row = root[row] = root[root[row]];
    return row;
  };
  const rowOfColumn = new Int32Array(px.length).fill(-1);
  for (let row = 0; row < px.length; row++) {
    for (let c = start[row]; c < start[row + 1]; c++) {
      if (rowOfColumn[column[c]] < 0) rowOfColumn[column[c]] = row;
      else root[find(row)] = find(rowOfColumn[column[c]]);
    }
  }
  return root.map((_, row) => find(row));
}

/** One block as an operator on vectors over its rows: Q = A B^T, both as sparse as p. */
function block({ start, column, p, px, py }: Joint, rows: readonly number[]): Block {
  const size = rows.length;
  const cells = rows.reduce((sum, row) => sum + start[row + 1] - start[row], 0);
  const first = Float64Array.from(rows, (row) => Math.sqrt(px[row]));
  const end = new Uint32Array(size);
  const columns = new Uint32Array(cells);
  const a = new Float64Array(cells);
  const b = new Float64Array(cells);
  const placeOf = new Int32Array(py.length).fill(-1);
  let places = 0;
  let cell = 0;
  rows.forEach((row, r) => {
    for (let c = start[row]; c < start[row + 1]; c++) {
      if (placeOf[column[c]] < 0) placeOf[column[c]] = places++;
      columns[cell] = placeOf[column[c]];
      a[cell] = (first[r] * p[c]) / (px[row] * py[column[c]] + EPSILON);
      b[cell++] = p[c] / first[r];
    }
    end[r] = cell;
  });
  const between = new Float64Array(places);
  const apply: Operator = (from, to) => {
    between.fill(0);
    for (let r = 0, c = 0; r < size; r++) for (const x = from[r], stop = end[r]; c < stop; c++) between[columns[c]] += b[c] * x;
    for (let r = 0, c = 0; r < size; r++) {
      let sum = 0;
      for (const stop = end[r]; c < stop; c++) sum += a[c] * between[columns[c]];
      to[r] = sum;
    }
  };
  const length = Math.sqrt(first.reduce((sum, x) => sum + x * x, 0));
  return { first: first.map((x) => x / length), apply };
}
