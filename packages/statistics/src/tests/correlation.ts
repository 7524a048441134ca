import { RadloomError } from '@radloom/core';
import { midranks } from '../roc/midranks.js';
import { mean } from './describe.js';

/** Pearson: straight-line; Spearman: of ranks; Kendall: tau-b of pairs. */
export type CorrelationMethod = 'pearson' | 'spearman' | 'kendall';

/**
 * Correlation of two variables; NaN when one of them is constant.
 *
 * @throws `length-mismatch`
 */
export function correlation(x: ArrayLike<number>, y: ArrayLike<number>, method: CorrelationMethod = 'pearson'): number {
  if (x.length !== y.length) throw new RadloomError({ code: 'length-mismatch', what: `Correlation needs pairs; there are ${x.length} and ${y.length} values.` });
  if (method === 'kendall') return kendallTau(x, y);
  return method === 'spearman' ? pearson(midranks(x), midranks(y)) : pearson(x, y);
}

function pearson(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const [a, b] = [mean(x), mean(y)];
  let [xx, yy, xy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const [u, v] = [x[i] - a, y[i] - b];
    xx += u * u;
    yy += v * v;
    xy += u * v;
  }
  const square = xx * yy;
  // The root of a square is exact, so that equal columns correlate by exactly 1; the product itself can leave the range of doubles.
  const size = square > 1e-290 && square < Infinity ? Math.sqrt(square) : Math.sqrt(xx) * Math.sqrt(yy);
  return Math.max(-1, Math.min(1, xy / size)); // NaN passes through
}

/** tau-b: (concordant − discordant) over the pairs not tied in x and not tied in y. */
function kendallTau(x: ArrayLike<number>, y: ArrayLike<number>): number {
  let [score, untiedX, untiedY] = [0, 0, 0];
  for (let i = 1; i < x.length; i++) {
    for (let j = 0; j < i; j++) {
      const [a, b] = [Math.sign(x[i] - x[j]), Math.sign(y[i] - y[j])];
      score += a * b;
      untiedX += a * a;
      untiedY += b * b;
    }
  }
  return score / (Math.sqrt(untiedX) * Math.sqrt(untiedY));
}

/** Correlations of every two columns, columns × columns, row by row; 1 on the diagonal unless the column is constant. */
export function correlationMatrix(columns: readonly ArrayLike<number>[], method: CorrelationMethod = 'pearson'): Float64Array {
  const k = columns.length;
  const prepared = method === 'spearman' ? columns.map((column) => midranks(column)) : columns;
  const out = new Float64Array(k * k);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j <= i; j++) {
      const r = correlation(prepared[i], prepared[j], method === 'kendall' ? 'kendall' : 'pearson');
      out[i * k + j] = i === j && !Number.isNaN(r) ? 1 : r;
      out[j * k + i] = out[i * k + j];
    }
  }
  return out;
}
