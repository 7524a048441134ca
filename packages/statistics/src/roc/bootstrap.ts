import { random, type Seed } from '@radloom/core';
import type { Clusters } from '../resampling/clusters.js';
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
 * With clusters these are what is drawn, each with all its rows: those with an event in any row are one class, the rest the other, so that
 * a resample has as many clusters of either, and as many rows as they bring.
 *
 * @param outcome   per row 1 or 0
 * @param statistic gets the drawn row indices (events first); the array is reused between calls
 * @returns one value per resample
 */
export function stratifiedBootstrap(outcome: ArrayLike<number>, seed: Seed, replicates: number, statistic: (rows: Uint32Array) => number, clusters?: Clusters): Float64Array {
  const stream = random(seed);
  const units = unitsOf(outcome, clusters);
  const strata = [units.filter((rows) => rows.some((row) => outcome[row] === 1)), units.filter((rows) => rows.every((row) => outcome[row] !== 1))];
  const drawn = new Uint32Array(units.length * units.reduce((most, rows) => Math.max(most, rows.length), 0));
  return Float64Array.from({ length: replicates }, () => {
    let count = 0;
    for (const stratum of strata) {
      for (let i = 0; i < stratum.length; i++) for (const row of stratum[stream.integer(stratum.length)]) drawn[count++] = row;
    }
    return statistic(drawn.subarray(0, count));
  });
}

/** What is drawn: each row, or all rows of a cluster. */
function unitsOf(outcome: ArrayLike<number>, clusters: Clusters | undefined): number[][] {
  if (clusters === undefined) return Array.from(outcome, (_, row) => [row]);
  const units = Array.from({ length: clusters.count }, (): number[] => []);
  clusters.of.forEach((cluster, row) => units[cluster].push(row));
  return units;
}

/**
 * Stratified bootstrap of the AUC: percentile interval.
 *
 * Scores are replaced by the index of their distinct value once, so that a resample costs one counting pass instead of a sort.
 *
 * @throws `one-class`, `score-missing`
 */
export function bootstrapAuc(outcome: ArrayLike<number>, score: ArrayLike<number>, seed: Seed, options: { replicates?: number; level?: number; clusters?: Clusters } = {}): BootstrapInterval {
  const { replicates = 2000, level = 0.95, clusters } = options;
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
  }, clusters);
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
