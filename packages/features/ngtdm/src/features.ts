import type { ToneDifferences } from '@radloom/imaging';

/** What the formulas read: for each grey level i that occurs, its share p of the voxels and its summed difference s. */
export interface Tones {
  readonly level: Float64Array;
  readonly population: Float64Array;
  readonly p: Float64Array;
  readonly s: Float64Array;
  readonly voxels: number;
}

export function tones({ level, population, difference }: ToneDifferences): Tones {
  const voxels = sum(level, (i) => population[i]);
  return { level, population, p: population.map((n) => n / voxels), s: difference, voxels };
}

function sum(levels: Float64Array, term: (index: number) => number): number {
  let total = 0;
  for (let i = 0; i < levels.length; i++) total += term(i);
  return total;
}

/** Sum of p s. */
const change = ({ level, p, s }: Tones): number => sum(level, (i) => p[i] * s[i]);
const totalDifference = ({ level, s }: Tones): number => sum(level, (i) => s[i]);

/** 1 / sum of p s; 1e6 where that is 0, in a flat region. */
function coarseness(m: Tones): number {
  const changes = change(m);
  return changes === 0 ? 1e6 : 1 / changes;
}

/**
 * Sum of p(i) p(j) (i - j)^2 over pairs, over n (n - 1) for n levels, times the mean difference; 0 for one level.
 * That sum is twice the variance of levels under p.
 */
function contrast(m: Tones): number {
  const { level, p, voxels } = m;
  const n = level.length;
  if (n < 2) return 0;
  const mean = sum(level, (i) => p[i] * level[i]);
  const pairs = 2 * sum(level, (i) => p[i] * (level[i] - mean) ** 2);
  return ((pairs / (n * (n - 1))) * totalDifference(m)) / voxels;
}

/**
 * Sum of p s over the sum of |i p(i) - j p(j)| over pairs; 0 where the latter is 0.
 * In sorted order, the gap behind the k-th of n values lies between k (n - k) pairs, each counted both ways.
 */
function busyness(m: Tones): number {
  const { level, p } = m;
  const weighted = p.map((share, i) => share * level[i]).sort();
  let pairs = 0;
  for (let k = 1; k < weighted.length; k++) pairs += 2 * k * (weighted.length - k) * (weighted[k] - weighted[k - 1]);
  return pairs === 0 ? 0 : change(m) / pairs;
}

/**
 * Sum of |i - j| (p(i) s(i) + p(j) s(j)) / (p(i) + p(j)) over pairs, over the number of voxels.
 *
 * Levels j with the same population share the denominator, so running sums over them replace the inner loop; many levels have few
 * distinct populations.
 */
function complexity({ level, population, s, voxels }: Tones): number {
  let total = 0;
  for (const shared of new Set(population)) {
    const members = Array.from(level.keys()).filter((j) => population[j] === shared);
    const all = members.reduce((sums, j) => including(sums, level[j], s[j]), nothing);
    let below = nothing;
    for (let i = 0, next = 0; i < level.length; i++) {
      for (; next < members.length && level[members[next]] <= level[i]; next++) below = including(below, level[members[next]], s[members[next]]);
      const gaps = level[i] * (2 * below.count - all.count) + all.levels - 2 * below.levels; // sum of |i - j|
      const weightedGaps = level[i] * (2 * below.differences - all.differences) + all.moments - 2 * below.moments; // sum of |i - j| s(j)
      total += (population[i] * s[i] * gaps + shared * weightedGaps) / (population[i] + shared);
    }
  }
  return total / voxels;
}

/** Running sums over levels j: how many, of j, of s(j), of j s(j). */
interface LevelSums {
  readonly count: number;
  readonly levels: number;
  readonly differences: number;
  readonly moments: number;
}

const nothing: LevelSums = { count: 0, levels: 0, differences: 0, moments: 0 };

const including = (sums: LevelSums, level: number, s: number): LevelSums => ({
  count: sums.count + 1,
  levels: sums.levels + level,
  differences: sums.differences + s,
  moments: sums.moments + level * s,
});

/**
 * Sum of (p(i) + p(j)) (i - j)^2 over pairs, over the sum of s; 0 where that is 0, in a flat region.
 * About the levels' mean m, the sum over pairs is twice n (sum of p (i - m)^2) + sum of (j - m)^2.
 */
function strength(m: Tones): number {
  const { level, p } = m;
  const differences = totalDifference(m);
  if (differences === 0) return 0;
  const n = level.length;
  const middle = sum(level, (i) => level[i]) / n;
  return (2 * (n * sum(level, (i) => p[i] * (level[i] - middle) ** 2) + sum(level, (j) => (level[j] - middle) ** 2))) / differences;
}

/** The features in PyRadiomics' names. */
export const formulas = { Busyness: busyness, Coarseness: coarseness, Complexity: complexity, Contrast: contrast, Strength: strength } satisfies Record<string, (m: Tones) => number>;

export type NgtdmFeature = keyof typeof formulas;
