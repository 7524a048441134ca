import { RadloomError } from '@radloom/core';
import { chiSquared } from '../distributions/gamma.js';
import { quantile } from '../tests/quantile.js';

/** Observed and expected events in groups of similar probability. */
export interface HosmerLemeshow {
  readonly groups: number;
  /** Rows, events and summed probabilities per group; a group between equal probabilities can be empty. */
  readonly rows: Float64Array;
  readonly observed: Float64Array;
  readonly expected: Float64Array;
  /** NaN when a group is empty. */
  readonly chiSquared: number;
  readonly df: number;
  readonly pValue: number;
}

/**
 * The Hosmer-Lemeshow test: groups between the distinct type-7 quantiles of the probabilities, closed on the right.
 *
 * @param options.groups   how many quantile groups to ask for; ties can leave fewer
 * @param options.external true for probabilities of a model that was fitted on other rows: as many degrees of freedom as groups, not 2 fewer
 * @param options.degrees  count the groups that were `formed` (default) or `asked` for, as ResourceSelection's hoslem.test does
 * @throws `too-few-groups` when fewer than two distinct limits remain
 */
export function hosmerLemeshow(outcome: ArrayLike<number>, probability: ArrayLike<number>, options: { groups?: number; external?: boolean; degrees?: 'formed' | 'asked' } = {}): HosmerLemeshow {
  const { groups: asked = 10, external = false, degrees = 'formed' } = options;
  const limits = [...new Set(quantile(probability, Array.from({ length: asked + 1 }, (_, k) => k / asked)))];
  const groups = limits.length - 1;
  if (groups < 1) throw new RadloomError({ code: 'too-few-groups', what: 'All probabilities are equal: there is nothing to group by.' });
  const rows = new Float64Array(groups);
  const observed = new Float64Array(groups);
  const expected = new Float64Array(groups);
  for (let i = 0; i < probability.length; i++) {
    let group = 0;
    while (group < groups - 1 && probability[i] > limits[group + 1]) group++;
    rows[group]++;
    observed[group] += outcome[i];
    expected[group] += probability[i];
  }
  let statistic = 0;
  for (let g = 0; g < groups; g++) statistic += (observed[g] - expected[g]) ** 2 / expected[g] + (observed[g] - expected[g]) ** 2 / (rows[g] - expected[g]);
  const df = (degrees === 'asked' ? asked : groups) - (external ? 0 : 2);
  return { groups, rows, observed, expected, chiSquared: statistic, df, pValue: Number.isNaN(statistic) || df < 1 ? NaN : chiSquared.upper(statistic, df) };
}
