import type { CorrelationScan } from '@radloom/statistics';
import type { Removal } from './select.js';

/**
 * The rule of caret's findCorrelation with exact = TRUE. Columns are taken by decreasing mean correlation, each paired with those after it.
 * Of a pair that both still stand, the first goes if its mean correlation with what stands is above the mean of all that stands but the
 * other's row; otherwise the other goes. Means are taken anew after each removal.
 *
 * Takes n p multiplications a removal on top of the scan, and a list of the pairs above the threshold.
 */
export function judgedAnew({ meanAbsolute, forEachAbove, sizesWith }: CorrelationScan): Removal {
  const p = meanAbsolute.length;
  // Equal means keep the columns' order.
  const order = Int32Array.from(meanAbsolute.keys()).sort((a, b) => meanAbsolute[b] - meanAbsolute[a] || a - b);
  const rank = new Int32Array(p);
  order.forEach((column, place) => (rank[column] = place));
  const after: number[][] = Array.from({ length: p }, () => []);
  let pairs = 0;
  forEachAbove((row, column) => {
    pairs++;
    const [first, second] = rank[row] < rank[column] ? [row, column] : [column, row];
    after[first].push(second);
  });

  // Sums of correlations with the other columns that stand.
  const sums = meanAbsolute.map((mean) => mean * p - 1);
  let total = sums.reduce((sum, value) => sum + value, 0);
  let standing = p;
  const removed = new Map<number, number>();
  const remove = (column: number, partner: number) => {
    removed.set(column, partner);
    const sizes = sizesWith(column);
    total -= 2 * sums[column];
    standing--;
    for (let j = 0; j < p; j++) if (j !== column) sums[j] -= sizes[j];
  };
  for (const first of order) {
    for (const second of after[first].sort((a, b) => rank[a] - rank[b])) {
      if (removed.has(first)) break;
      if (removed.has(second)) continue;
      const own = sums[first] / (standing - 1);
      const rest = (total - sums[second]) / (standing - 1) ** 2;
      if (own > rest) remove(first, second);
      else remove(second, first);
    }
  }
  return { pairs, removed };
}
