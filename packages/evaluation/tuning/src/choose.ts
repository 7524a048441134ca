import type { MetricDefinition, Score } from './scores.js';

/**
 * Index of the chosen candidate; earlier ones are preferred.
 *
 * `one-standard-error` (Breiman et al. 1984, section 3.4.3): the first candidate whose score is no more than the best one's standard
 * error away from the best score.
 */
export function choose(scores: readonly Score[], { largerIsBetter }: Pick<MetricDefinition, 'largerIsBetter'>, rule: 'best' | 'one-standard-error'): number {
  const goodness = scores.map(({ score }) => (largerIsBetter ? score : -score));
  const best = goodness.indexOf(Math.max(...goodness));
  if (rule === 'best') return best;
  const reach = scores[best].standardError ?? 0;
  return goodness.findIndex((value) => value >= goodness[best] - reach);
}
