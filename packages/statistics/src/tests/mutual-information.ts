import { correlation } from './correlation.js';
import { quantile } from './quantile.js';

/** Mutual information of two sequences of categories, in nats. */
export function mutualInformation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const n = a.length;
  const joint = new Map<string, { x: number; y: number; count: number }>();
  const [countA, countB] = [new Map<number, number>(), new Map<number, number>()];
  for (let i = 0; i < n; i++) {
    const key = `${a[i]}|${b[i]}`;
    const cell = joint.get(key) ?? { x: a[i], y: b[i], count: 0 };
    cell.count++;
    joint.set(key, cell);
    countA.set(a[i], (countA.get(a[i]) ?? 0) + 1);
    countB.set(b[i], (countB.get(b[i]) ?? 0) + 1);
  }
  let sum = 0;
  for (const { x, y, count } of joint.values()) sum += (count / n) * Math.log((count * n) / (countA.get(x)! * countB.get(y)!));
  return sum;
}

/** Mutual information that a linear dependence implies: −½ log(1 − r²). */
export function correlationInformation(x: ArrayLike<number>, y: ArrayLike<number>): number {
  return -0.5 * Math.log(1 - correlation(x, y) ** 2);
}

/** Codes 0, 1, … of the type-7 quantile groups, closed on the right. */
export function quantileGroups(values: ArrayLike<number>, groups = 3): Int32Array {
  const cuts = [...new Set(quantile(values, Array.from({ length: groups + 1 }, (_, k) => k / groups)))].slice(1, -1);
  return Int32Array.from(values, (value) => cuts.filter((cut) => value > cut).length);
}

/** A feature chosen by relevance less redundancy, and its score when it was chosen. */
export interface RelevantFeature {
  readonly index: number;
  readonly score: number;
}

/**
 * Minimum redundancy, maximum relevance (Peng, Long & Ding 2005): greedily the feature with the largest information about the outcome
 * less its mean information about those chosen before.
 *
 * @param information of two series; `correlationInformation` (as mRMRe) or `mutualInformation` of groups (as praznik)
 */
export function minimumRedundancy(
  features: readonly ArrayLike<number>[],
  outcome: ArrayLike<number>,
  count: number,
  information: (a: ArrayLike<number>, b: ArrayLike<number>) => number = correlationInformation,
): RelevantFeature[] {
  const relevance = features.map((values) => information(values, outcome));
  const redundancy = new Float64Array(features.length);
  const chosen: RelevantFeature[] = [];
  const open = new Set(features.keys());
  while (chosen.length < count && open.size > 0) {
    let best: RelevantFeature | undefined;
    for (const index of open) {
      const score = relevance[index] - (chosen.length === 0 ? 0 : redundancy[index] / chosen.length);
      if (best === undefined || score > best.score) best = { index, score };
    }
    chosen.push(best!);
    open.delete(best!.index);
    for (const index of open) redundancy[index] += information(features[index], features[best!.index]);
  }
  return chosen;
}
