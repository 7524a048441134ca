import { normal } from '../distributions/normal.js';
import type { CountTable } from '../tests/contingency.js';

/** How partial agreement counts: not at all, or less with the distance (`linear`) or its square (`quadratic`) between categories. */
export type KappaWeights = 'none' | 'linear' | 'quadratic';

export interface Kappa {
  readonly kappa: number;
  /** z of no agreement beyond chance (Fleiss, Cohen & Everitt 1969). */
  readonly z: number;
  readonly pValue: number;
}

/**
 * Cohen's kappa of two raters.
 *
 * @param table square: rows the first rater's categories, columns the second's, in the same order
 */
export function cohenKappa(table: CountTable, weights: KappaWeights = 'none'): Kappa {
  const k = table.length;
  const total = table.flat().reduce((a, b) => a + b, 0);
  const rows = table.map((row) => row.reduce((a, b) => a + b, 0) / total);
  const columns = table.map((_, j) => table.reduce((sum, row) => sum + row[j], 0) / total);
  const weight = (i: number, j: number) => {
    if (weights === 'none') return i === j ? 1 : 0;
    return 1 - (Math.abs(i - j) / (k - 1)) ** (weights === 'linear' ? 1 : 2);
  };
  const sum = (f: (i: number, j: number) => number) => rows.reduce((all, _, i) => all + columns.reduce((line, _value, j) => line + f(i, j), 0), 0);
  const observed = sum((i, j) => (weight(i, j) * table[i][j]) / total);
  const chance = sum((i, j) => weight(i, j) * rows[i] * columns[j]);
  const kappa = (observed - chance) / (1 - chance);
  const byRow = rows.map((_, i) => columns.reduce((line, p, j) => line + weight(i, j) * p, 0));
  const byColumn = columns.map((_, j) => rows.reduce((line, p, i) => line + weight(i, j) * p, 0));
  const variance = (sum((i, j) => rows[i] * columns[j] * (weight(i, j) - byRow[i] - byColumn[j]) ** 2) - chance ** 2) / (total * (1 - chance) ** 2);
  const z = kappa / Math.sqrt(variance);
  return { kappa, z, pValue: 2 * normal.upper(Math.abs(z)) };
}
