/** What is tested against: a difference in either direction, or only the first sample being smaller or larger. */
export type Alternative = 'two-sided' | 'less' | 'greater';

/** P of a statistic from its two tails. */
export function tailProbability(lower: number, upper: number, alternative: Alternative): number {
  if (alternative === 'less') return lower;
  return alternative === 'greater' ? upper : Math.min(1, 2 * Math.min(lower, upper));
}
