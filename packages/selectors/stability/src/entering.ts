import { penalisedPath } from '@radloom/statistics';

/** Rows and columns to choose from: value of row r, column c at `c * rows + r`. */
export interface Sample {
  readonly x: Float64Array;
  readonly rows: number;
  readonly columns: number;
  /** 1 event, 0 none. */
  readonly y: Uint8Array;
}

/**
 * The first columns to enter the lasso path, in order of entry; of those that enter at the same penalty the larger coefficient per standard
 * deviation comes first. Fewer where the path ends before.
 */
export function firstToEnter({ x, rows, columns, y }: Sample, count: number, alpha: number): number[] {
  if (columns === 0) return [];
  const path = penalisedPath({ family: 'binomial', x, n: rows, p: columns, y, alpha, maxNonzero: count });
  const entered: number[] = [];
  for (const { index, value } of path.coefficients[0]) {
    const fresh = Array.from(index, (column, i) => ({ column, size: Math.abs(value[i]) * deviation(x.subarray(column * rows, (column + 1) * rows)) })).filter(({ column }) => !entered.includes(column));
    entered.push(...fresh.sort((a, b) => b.size - a.size || a.column - b.column).map(({ column }) => column));
    if (entered.length >= count) break;
  }
  return entered.slice(0, count);
}

function deviation(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
