import { clusterSums, type Clusters } from '../resampling/clusters.js';
import { type ProportionInterval, proportionInterval, type ProportionMethod } from './proportion.js';

/**
 * Limits of a proportion whose rows come in clusters, after Rao & Scott (1992): the counts are divided by the design effect, by which the
 * variance of the ratio of cluster sums exceeds that of independent rows, and then treated as if rows were independent.
 *
 * Rows count at most once however often folds repeat them, and where all rows are alike, which says nothing about how they hang together,
 * a cluster counts as one row.
 *
 * @param success  per row, 1 or 0
 * @param clusters those of these rows
 */
export function clusteredProportionInterval(success: ArrayLike<number>, clusters: Clusters, method: ProportionMethod = 'wilson', level = 0.95): ProportionInterval {
  const n = success.length;
  let x = 0;
  for (let r = 0; r < n; r++) x += success[r];
  const effective = effectiveRows(x / n, success, clusters);
  return proportionInterval((x / n) * effective, effective, method, level);
}

function effectiveRows(share: number, success: ArrayLike<number>, clusters: Clusters): number {
  const { count, turns } = clusters;
  if (share === 0 || share === 1 || count < 2) return count;
  const away = clusterSums(clusters, (r) => success[r] - share);
  const variance = ((count / (count - 1)) * away.reduce((sum, value) => sum + value * value, 0)) / success.length ** 2;
  return Math.min((share * (1 - share)) / variance, success.length / turns);
}
