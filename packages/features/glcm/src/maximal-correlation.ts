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
  for (const block of blocks) {
    if (block.first.length === 1) {
      const image = joint.scratch.doubles(1);
      block.multiply(block.first, image);
      eigenvalues.push(image[0]);
      continue;
    }
    const leading = leadingEigenvalues(block, joint.scratch);
    eigenvalues.push(leading.second, blocks.length === 1 ? 1 : leading.first());
  }
  eigenvalues.sort((a, b) => b - a);
  return Math.sqrt(eigenvalues[1]);
}

function blocksOf(joint: Joint): Block[] {
  const members = new Map<number, number[]>();
  const rootOf = sharedColumns(joint);
  for (let row = 0; row < rootOf.length; row++) {
    if (joint.px[row] === 0) continue;
    const rows = members.get(rootOf[row]);
    if (rows === undefined) members.set(rootOf[row], [row]);
    else rows.push(row);
  }
  return Array.from(members.values(), (rows) => new Block(joint, rows));
}

/** For each row, one row that stands for all that are tied to it through shared columns. */
function sharedColumns({ start, column, px, scratch }: Joint): Uint32Array {
  const root = scratch.words(px.length);
  for (let row = 0; row < root.length; row++) root[row] = row;
  const firstRow = scratch.words(px.length); // of a column, plus 1
  for (let row = 0; row < px.length; row++) {
    for (let c = start[row]; c < start[row + 1]; c++) {
      if (firstRow[column[c]] === 0) firstRow[column[c]] = row + 1;
      else root[findRoot(root, row)] = findRoot(root, firstRow[column[c]] - 1);
    }
  }
  for (let row = 0; row < root.length; row++) root[row] = findRoot(root, row);
  return root;
}

function findRoot(root: Uint32Array, row: number): number {
  let at = row;
  while (root[at] !== at) at = root[at] = root[root[at]];
  return at;
}

/** D^1/2 Q D^-1/2 on vectors over some rows, Q = A B^T with both as sparse as p. */
class Block implements Operator {
  /** sqrt(px) of the rows, scaled to unit length. */
  readonly first: Float64Array;
  private readonly end: Uint32Array;
  private readonly columns: Uint32Array;
  private readonly a: Float64Array;
  private readonly b: Float64Array;
  private readonly between: Float64Array;

  constructor({ start, column, p, px, py, scratch }: Joint, rows: readonly number[]) {
    const size = rows.length;
    let cells = 0;
    for (const row of rows) cells += start[row + 1] - start[row];
    this.first = scratch.doubles(size);
    this.end = scratch.words(size);
    this.columns = scratch.words(cells);
    this.a = scratch.doubles(cells);
    this.b = scratch.doubles(cells);
    const placeOf = scratch.words(py.length); // of a column, from 1
    let places = 0;
    let squares = 0;
    for (let r = 0, cell = 0; r < size; r++) {
      const row = rows[r];
      const weight = Math.sqrt(px[row]);
      for (let c = start[row]; c < start[row + 1]; c++) {
        if (placeOf[column[c]] === 0) placeOf[column[c]] = ++places;
        this.columns[cell] = placeOf[column[c]] - 1;
        this.a[cell] = (weight * p[c]) / (px[row] * py[column[c]] + EPSILON);
        this.b[cell++] = p[c] / weight;
      }
      this.end[r] = cell;
      this.first[r] = weight;
      squares += weight * weight;
    }
    const length = Math.sqrt(squares);
    for (let r = 0; r < size; r++) this.first[r] /= length;
    this.between = scratch.doubles(places);
  }

  multiply(from: Float64Array, to: Float64Array): void {
    const { end, columns, a, b, between } = this;
    between.fill(0);
    for (let r = 0, c = 0; r < end.length; r++) for (const x = from[r], stop = end[r]; c < stop; c++) between[columns[c]] += b[c] * x;
    for (let r = 0, c = 0; r < end.length; r++) {
      let sum = 0;
      for (const stop = end[r]; c < stop; c++) sum += a[c] * between[columns[c]];
      to[r] = sum;
    }
  }
}
