import { penalisedPath } from '@radloom/statistics';

/** Rows and columns to choose from: value of row r, column c at `c * rows + r`. */
export interface Candidates {
  readonly x: Float64Array;
  readonly rows: number;
  /** 1 event, 0 none. */
  readonly y: Uint8Array;
}

/** A logistic model of some columns: log odds = intercept + sum of weight * value. */
export interface Linear {
  readonly columns: readonly number[];
  readonly intercept: number;
  readonly weights: Float64Array;
}

/** Numbers of columns from all down to the fewest, a share less each round. */
export function schedule(all: number, drop: number, smallest: number): number[] {
  const sizes = [all];
  while (sizes.at(-1)! > smallest) {
    const size = sizes.at(-1)!;
    sizes.push(Math.max(smallest, size - Math.max(1, Math.floor(size * drop))));
  }
  return sizes;
}

/**
 * The columns left at each size, with the ridge logistic model of them (Guyon et al. 2002, with ridge logistic regression in the place of the
 * support vector machine). The columns whose coefficients are smallest, per standard deviation, go; with `ranking` those last in it.
 *
 * @param ranking all columns, best first; undefined to rank by coefficients
 */
export function* eliminate(candidates: Candidates, start: readonly number[], sizes: readonly number[], penalty: number, ranking?: readonly number[]): Generator<Linear> {
  let columns = ranking ?? start;
  for (const size of sizes) {
    if (size < columns.length) columns = columns.slice(0, size);
    const model = ridge(candidates, columns, penalty);
    yield model;
    if (ranking === undefined) columns = byWeight(candidates, model);
  }
}

/** Log odds by a ridge logistic regression of these columns, standardised inside. */
function ridge({ x, rows, y }: Candidates, columns: readonly number[], penalty: number): Linear {
  const part = new Float64Array(rows * columns.length);
  columns.forEach((column, c) => part.set(x.subarray(column * rows, (column + 1) * rows), c * rows));
  // Stronger penalties first: each solution is the start of the next.
  const path = penalisedPath({ family: 'binomial', x: part, n: rows, p: columns.length, y, alpha: 0, lambda: [100 * penalty, 10 * penalty, penalty] });
  const { index, value } = path.coefficients[0].at(-1)!;
  const weights = new Float64Array(columns.length);
  index.forEach((column, i) => (weights[column] = value[i]));
  return { columns, intercept: path.intercept[0].at(-1)!, weights };
}

/** Columns, largest coefficient per standard deviation first; of equal ones the earlier column. */
function byWeight({ x, rows }: Candidates, { columns, weights }: Linear): number[] {
  const size = columns.map((column, c) => Math.abs(weights[c]) * deviation(x.subarray(column * rows, (column + 1) * rows)));
  const order = columns.map((_, c) => c).sort((a, b) => size[b] - size[a] || columns[a] - columns[b]);
  return order.map((c) => columns[c]);
}

function deviation(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
