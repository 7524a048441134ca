import { EPSILON } from '@radloom/imaging';
import type { Joint } from './joint.js';
import { largestEigenvalueBeside } from './largest-eigenvalue.js';

/**
 * Maximal correlation coefficient: the square root of the second largest eigenvalue of
 * Q(i, j) = sum over k of p(i, k) p(j, k) / (px(i) py(k) + eps). 1 where only one level occurs in the ROI.
 *
 * Q falls into blocks of levels that share neighbours. Within a block, D^1/2 Q D^-1/2 with D = diag(px) is symmetric but for eps, its
 * largest eigenvalue is 1 but for eps, and the vector that belongs to it is sqrt(px); so each block has its first eigenvalue from that
 * vector, and its second as the largest beside it. eps stays in: for levels that hardly occur it is seen in the sixth digit.
 */
export function maximalCorrelation(joint: Joint): number {
  if (joint.levels.length < 2) return 1;
  const blocks = blocksOf(joint);
  const eigenvalues = [0, 0];
  for (const block of blocks) {
    if (blocks.length > 1) eigenvalues.push(block.firstEigenvalue());
    if (block.size > 1) eigenvalues.push(largestEigenvalueBeside(block.apply, block.first));
    if (blocks.length === 1) eigenvalues.push(1);
  }
  eigenvalues.sort((a, b) => b - a);
  return Math.sqrt(eigenvalues[1]);
}

interface Block {
  readonly size: number;
  /** sqrt(px) of the block's levels, of length 1: the first eigenvector but for eps. */
  readonly first: Float64Array;
  /** `to` = D^1/2 Q D^-1/2 `from`. */
  apply(from: Float64Array, to: Float64Array): void;
  firstEigenvalue(): number;
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
  const placeOf = new Map<number, number>();
  let cell = 0;
  rows.forEach((row, r) => {
    for (let c = start[row]; c < start[row + 1]; c++) {
      let place = placeOf.get(column[c]);
      if (place === undefined) placeOf.set(column[c], (place = placeOf.size));
      columns[cell] = place;
      a[cell] = (first[r] * p[c]) / (px[row] * py[column[c]] + EPSILON);
      b[cell++] = p[c] / first[r];
    }
    end[r] = cell;
  });
  const between = new Float64Array(placeOf.size);
  const apply = (from: Float64Array, to: Float64Array): void => {
    between.fill(0);
    for (let r = 0, c = 0; r < size; r++) for (const x = from[r], stop = end[r]; c < stop; c++) between[columns[c]] += b[c] * x;
    for (let r = 0, c = 0; r < size; r++) {
      let sum = 0;
      for (const stop = end[r]; c < stop; c++) sum += a[c] * between[columns[c]];
      to[r] = sum;
    }
  };
  const length = Math.sqrt(first.reduce((sum, x) => sum + x * x, 0));
  const unit = first.map((x) => x / length);
  const firstEigenvalue = (): number => {
    const image = new Float64Array(size);
    apply(unit, image);
    return image.reduce((sum, x, r) => sum + x * unit[r], 0);
  };
  return { size, first: unit, apply, firstEigenvalue };
}
