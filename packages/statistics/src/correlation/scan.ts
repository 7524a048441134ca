import { RadloomError } from '@radloom/core';
import { type CorrelationMethod, pairwiseCorrelation, prepareColumn } from './columns.js';
import { simdProducts } from './simd-tile.js';
import { PANEL, plainProducts, type Products } from './tile.js';

/** Panels in a block; two blocks of 64 columns and some hundred rows stay in a core's cache. */
const BLOCK = 16;

export interface CorrelationScanOptions {
  /** Column-major: row r, column c at `c * n + r`; NaN is missing. */
  readonly x: Float64Array;
  readonly n: number;
  readonly p: number;
  /** Pairs with |correlation| above this are marked. */
  readonly threshold: number;
  /** Default `pearson`. */
  readonly method?: CorrelationMethod;
  /** Default `auto`: SIMD where there is any. */
  readonly kernel?: 'auto' | 'plain';
}

/** What a correlation filter needs of a correlation matrix that is itself never stored. */
export interface CorrelationScan {
  /** Mean |correlation| of each column with all columns, itself (1) included; correlations that do not exist count as 0. */
  readonly meanAbsolute: Float64Array;
  /** Columns that do not vary: they correlate with nothing. */
  readonly constant: readonly number[];
  /** Pairs of varying columns whose correlation does not exist, because too few rows have both. */
  readonly undefinedPairs: number;
  /** Visits the pairs row < column above the threshold, by column, then by row. */
  forEachAbove(visit: (row: number, column: number) => void): void;
  /** |correlation| of one column with each, itself (1) included, computed anew; correlations that do not exist are 0. */
  sizesWith(column: number): Float64Array;
}

/**
 * Correlations of all pairs of columns, with missing values over the rows that both have (R's `pairwise.complete.obs`; for Spearman
 * the ranks are taken over these rows).
 *
 * Takes n p²/2 multiplications and p²/8 bytes: only a mark per pair and a sum per column are kept. Equal and mirrored columns have
 * equal means to the last bit.
 *
 * @example
 * const scan = correlationScan({ x, n: 200, p: 10_000, threshold: 0.9 });
 * scan.forEachAbove((row, column) => console.log(row, column));
 */
export function correlationScan({ x, n, p, threshold, method = 'pearson', kernel = 'auto' }: CorrelationScanOptions): CorrelationScan {
  if (x.length !== n * p) throw new RadloomError({ code: 'bad-dimensions', what: `A table of ${n} rows and ${p} columns needs ${n * p} values; ${x.length} were given.` });
  const column = (j: number) => x.subarray(j * n, (j + 1) * n);
  const sums = new AbsoluteSums(p);
  const above = new Uint32Array(Math.ceil((p * p) / 32));
  const note = (i: number, j: number, correlation: number) => {
    const size = Math.abs(correlation);
    sums.add(i, size);
    sums.add(j, size);
    if (size > threshold) mark(above, p, i, j);
  };

  const { products, panels, groups, constant, missing } = pack(x, n, p, method, n === 0 ? 'plain' : kernel); // the compiled kernel needs a row
  for (let a = 0; a < groups; a += BLOCK) {
    for (let b = a; b < groups; b += BLOCK) {
      const aCount = Math.min(BLOCK, groups - a);
      const bCount = Math.min(BLOCK, groups - b);
      const tiles = products(a, aCount, b, bCount);
      for (let s = 0; s < aCount; s++) {
        for (let t = 0; t < bCount; t++) if (b + t >= a + s) readTile(tiles, (s * bCount + t) * PANEL * PANEL, (a + s) * PANEL, (b + t) * PANEL, p, threshold, sums, above);
      }
    }
  }
  let undefinedPairs = 0;
  for (const i of missing) {
    for (let j = 0; j < p; j++) {
      if (j === i || constant[j] === 1 || (missing.has(j) && j < i)) continue;
      const correlation = pairwiseCorrelation(column(i), column(j), method);
      if (Number.isNaN(correlation)) undefinedPairs++;
      else note(i, j, correlation);
    }
  }
  return {
    meanAbsolute: sums.means(),
    constant: Array.from(constant.keys()).filter((j) => constant[j] === 1),
    undefinedPairs,
    forEachAbove(visit) {
      for (let word = 0; word < above.length; word++) {
        for (let bits = above[word]; bits !== 0; bits &= bits - 1) {
          const bit = word * 32 + (31 - Math.clz32(bits & -bits));
          visit(bit % p, Math.floor(bit / p));
        }
      }
    },
    sizesWith(j) {
      const sizes = panelProducts(panels, n, p, groups, j).map((product) => Math.min(1, Math.abs(product)));
      for (let i = 0; i < p; i++) {
        if (constant[i] === 1 || constant[j] === 1 || !(missing.has(i) || missing.has(j))) continue;
        const correlation = pairwiseCorrelation(column(i), column(j), method);
        sizes[i] = Number.isNaN(correlation) ? 0 : Math.abs(correlation);
      }
      sizes[j] = 1;
      return sizes;
    },
  };
}

/** Inner products of one packed column with all. */
function panelProducts(panels: Float64Array, n: number, p: number, groups: number, j: number): Float64Array {
  const out = new Float64Array(groups * PANEL);
  const own = (j - (j % PANEL)) * n + (j % PANEL);
  for (let g = 0; g < groups; g++) {
    const from = g * PANEL * n;
    for (let i = 0; i < n; i++) {
      const value = panels[own + i * PANEL];
      for (let c = 0; c < PANEL; c++) out[g * PANEL + c] += value * panels[from + i * PANEL + c];
    }
  }
  return out.subarray(0, p);
}

interface Packed {
  readonly products: Products;
  readonly panels: Float64Array;
  /** Panels in all. */
  readonly groups: number;
  readonly constant: Uint8Array;
  /** Varying columns with missing values: their correlations are computed pair by pair, and their panels are zero. */
  readonly missing: ReadonlySet<number>;
}

function pack(x: Float64Array, n: number, p: number, method: CorrelationMethod, kernel: 'auto' | 'plain'): Packed {
  const groups = Math.ceil(p / PANEL);
  const size = groups * PANEL * n;
  const tiles = BLOCK * BLOCK * PANEL * PANEL;
  const simd = kernel === 'auto' ? simdProducts(size, n, tiles) : undefined;
  const panels = simd?.panels ?? new Float64Array(size);
  const products = simd?.products ?? plainProducts(panels, n, new Float64Array(tiles));
  const constant = new Uint8Array(p);
  const missing = new Set<number>();
  for (let j = 0; j < p; j++) {
    const prepared = prepareColumn(x.subarray(j * n, (j + 1) * n), method);
    if (prepared.constant) constant[j] = 1;
    else if (prepared.missing) missing.add(j);
    const { direction } = prepared;
    if (direction === undefined) continue;
    const from = (j - (j % PANEL)) * n + (j % PANEL);
    for (let i = 0; i < n; i++) panels[from + i * PANEL] = direction[i];
  }
  return { products, panels, groups, constant, missing };
}

/** Takes up the pairs i < j of one tile; sums of a row stay in registers until its end. */
function readTile(tiles: Float64Array, from: number, row: number, column: number, p: number, threshold: number, { coarse, fine }: AbsoluteSums, above: Uint32Array): void {
  const end = Math.min(PANEL, p - column);
  for (let c = 0; c < PANEL; c++) {
    const i = row + c;
    let rowCoarse = 0;
    let rowFine = 0;
    for (let d = row === column ? c + 1 : 0; d < end; d++) {
      const product = tiles[from + c * PANEL + d];
      const size = Math.min(1, Math.abs(product));
      const part = size + COARSE - COARSE;
      rowCoarse += part;
      rowFine += size - part;
      coarse[column + d] += part;
      fine[column + d] += size - part;
      if (size > threshold) mark(above, p, i, column + d);
    }
    if (i >= p) break;
    coarse[i] += rowCoarse;
    fine[i] += rowFine;
  }
}

/** 2²⁶: numbers up to 1 plus this lose what is below 2⁻²⁶. */
const COARSE = 67108864;

/**
 * Sums of numbers between 0 and 1 that do not depend on their order: the parts above 2⁻²⁶ add up without rounding, and what rounding
 * the rest does is far below the last digit of the sum.
 */
class AbsoluteSums {
  readonly coarse: Float64Array;
  readonly fine: Float64Array;

  constructor(private readonly p: number) {
    this.coarse = new Float64Array(p);
    this.fine = new Float64Array(p);
  }

  add(j: number, value: number): void {
    const part = value + COARSE - COARSE;
    this.coarse[j] += part;
    this.fine[j] += value - part;
  }

  /** With 1 for each column itself. */
  means(): Float64Array {
    return this.coarse.map((value, j) => (1 + value + this.fine[j]) / this.p);
  }
}

/** Bit column · p + row for the pair row < column. */
function mark(above: Uint32Array, p: number, i: number, j: number): void {
  const bit = Math.max(i, j) * p + Math.min(i, j);
  above[Math.floor(bit / 32)] |= 1 << bit % 32;
}
