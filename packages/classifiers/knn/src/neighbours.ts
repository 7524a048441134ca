/** Training rows as points, row by row: coordinate c of row r at `r * columns + c`. */
export interface Points {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
  /** Power of the Minkowski distance. */
  readonly power: number;
}

/** The rows nearest to a query, nearest first, rows at one distance in their order. `size` is the sum over columns of |difference|^power. */
export interface Neighbours {
  readonly row: Int32Array;
  readonly size: Float64Array;
}

/** Finds the nearest rows to the point that begins at `at` in `queries`; the result is overwritten by the next call. */
export type FindNeighbours = (queries: Float64Array, at: number) => Neighbours;

/** Size of the difference between two points, given up as soon as it reaches the limit. */
type SizeOf = (a: Float64Array, at: number, b: Float64Array, base: number, columns: number, limit: number) => number;

/** The usual powers have loops of their own: a call per coordinate would cost more than the arithmetic. */
const squares: SizeOf = (a, at, b, base, columns, limit) => {
  let sum = 0;
  for (let c = 0; c < columns && sum < limit; c++) {
    const d = a[at + c] - b[base + c];
    sum += d * d;
  }
  return sum;
};

const blocks: SizeOf = (a, at, b, base, columns, limit) => {
  let sum = 0;
  for (let c = 0; c < columns && sum < limit; c++) sum += Math.abs(a[at + c] - b[base + c]);
  return sum;
};

const powers =
  (power: number): SizeOf =>
  (a, at, b, base, columns, limit) => {
    let sum = 0;
    for (let c = 0; c < columns && sum < limit; c++) sum += Math.abs(a[at + c] - b[base + c]) ** power;
    return sum;
  };

/** Looks at every row, leaving one as soon as it is farther than the best so far. */
export function bruteForce({ rows, columns, values, power }: Points, count: number): FindNeighbours {
  const sizeOf = power === 2 ? squares : power === 1 ? blocks : powers(power);
  const found = { row: new Int32Array(count), size: new Float64Array(count) };
  return (queries, at) => {
    found.size.fill(Infinity);
    for (let r = 0; r < rows; r++) {
      const farthest = found.size[count - 1];
      const size = sizeOf(queries, at, values, r * columns, columns, farthest);
      if (size >= farthest) continue;
      let i = count - 1;
      for (; i > 0 && found.size[i - 1] > size; i--) {
        found.size[i] = found.size[i - 1];
        found.row[i] = found.row[i - 1];
      }
      found.size[i] = size;
      found.row[i] = r;
    }
    return found;
  };
}
