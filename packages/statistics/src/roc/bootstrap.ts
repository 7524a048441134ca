import { random, type Seed } from '@radloom/core';
import { quantile } from '../tests/quantile.js';
import { splitClasses } from './labels.js';

/** Percentile limits and how many resamples they rest on. */
export interface BootstrapInterval {
  readonly lower: number;
  readonly upper: number;
  readonly replicates: number;
}

/** Percentile limits (type 7) of bootstrap replicates; values that are not numbers (a resample without a meaning) are left out. */
export function percentileInterval(values: ArrayLike<number>, level = 0.95): BootstrapInterval {
  const usable = Float64Array.from(values).filter((value) => !Number.isNaN(value));
  const [lower, upper] = quantile(usable, [(1 - level) / 2, (1 + level) / 2]);
  return { lower, upper, replicates: usable.length };
}

/**
 * A statistic of rows drawn with replacement within each class, so that every resample has both in the original numbers.
 *
 * @param outcome   per row 1 or 0
 * @param statistic gets the drawn row indices (events first); the array is reused between calls
 * @returns one value per resample
 */
export function stratifiedBootstrap(outcome: ArrayLike<number>, seed: Seed, replicates: number, statistic: (rows: Uint32Array) => number): Float64Array {
  const stream = random(seed);
  const events: number[] = [];
  const others: number[] = [];
  for (let i = 0; i < outcome.length; i++) (outcome[i] === 1 ? events : others).push(i);
  const drawn = new Uint32Array(outcome.length);
  return Float64Array.from({ length: replicates }, () => {
    for (let i = 0; i < events.length; i++) drawn[i] = events[stream.integer(events.length)];
    for (let i = 0; i < others.length; i++) drawn[events.length + i] = others[stream.integer(others.length)];
    return statistic(drawn);
  });
}

/**
 * Stratified bootstrap of the AUC: percentile interval.
 *
 * Scores are replaced by the index of their distinct value once, so that a resample costs one counting pass instead of a sort.
 *
 * @throws `one-class`, `score-missing`
 */
export function bootstrapAuc(outcome: ArrayLike<number>, score: ArrayLike<number>, seed: Seed, options: { replicates?: number; level?: number } = {}): BootstrapInterval {
  const { replicates = 2000, level = 0.95 } = options;
  splitClasses(outcome, score);
  const distinct = [...new Set(Array.from(score))].sort((a, b) => a - b);
  const position = new Map(distinct.map((value, i) => [value, i]));
  const code = Uint32Array.from(score, (value) => position.get(value)!);
  const events = new Float64Array(distinct.length);
  const others = new Float64Array(distinct.length);
  const values = stratifiedBootstrap(outcome, seed, replicates, (rows) => {
    events.fill(0);
    others.fill(0);
    for (const row of rows) (outcome[row] === 1 ? events : others)[code[row]]++;
    return areaOfCounts(events, others);
  });
  return percentileInterval(values, level);
}

/** AUC from how many events and others have each distinct score, ascending. */
function areaOfCounts(events: Float64Array, others: Float64Array): number {
  let below = 0;
  let all = 0;
  let pairs = 0;
  for (let i = 0; i < events.length; i++) {
    pairs += events[i] * (below + others[i] / 2);
    below += others[i];
    all += events[i];
  }
  return pairs / (all * below);
}
