import type { Seed } from '@radloom/core';
import { clusteredBootstrap, decisionCurve, type PooledPredictions } from '@radloom/statistics';

/** Along the thresholds. */
export interface Curves {
  readonly rows: number;
  readonly netBenefit: Float64Array;
  readonly treatAll: Float64Array;
  readonly interventionsAvoided: Float64Array;
  /** Rows called positive, and those of them with the event. */
  readonly highRisk: Float64Array;
  readonly hits: Float64Array;
  /** Per threshold, its net benefit in each resample of patients. */
  readonly replicates: readonly Float64Array[];
}

/**
 * Net benefit over thresholds (Vickers & Elkin 2006), and in bootstrap samples of patients.
 *
 * Thresholds may stand in any order. Each row's calls are known once the number of ascending thresholds that it reaches is; a resample
 * then costs one pass over its rows and one over the thresholds.
 */
export function benefitCurves({ patients, outcome, probability }: PooledPredictions, thresholds: Float64Array, bootstrap: number, seed: Seed): Curves {
  const { netBenefit, treatAll, interventionsAvoided } = decisionCurve(outcome, probability, thresholds);
  const order = Uint32Array.from(thresholds, (_, i) => i).sort((a, b) => thresholds[a] - thresholds[b]);
  const ascending = Float64Array.from(order, (i) => thresholds[i]);
  const reached = Uint32Array.from(probability, (p) => countUpTo(ascending, p));
  const replicates = Array.from(thresholds, () => new Float64Array(bootstrap));
  const events = new Float64Array(thresholds.length + 1);
  const others = new Float64Array(thresholds.length + 1);
  /** Called positive at each threshold: `use(threshold, hits, alarms)`. */
  const calls = (rows: ArrayLike<number>, count: number, use: (threshold: number, hits: number, alarms: number) => void): void => {
    events.fill(0);
    others.fill(0);
    for (let i = 0; i < count; i++) (outcome[rows[i]] === 1 ? events : others)[reached[rows[i]]]++;
    let [hits, alarms] = [0, 0];
    for (let k = order.length; k > 0; k--) use(order[k - 1], (hits += events[k]), (alarms += others[k]));
  };
  let replicate = 0;
  clusteredBootstrap(patients, seed, bootstrap, (drawn, count) => {
    calls(drawn, count, (i, hits, alarms) => (replicates[i][replicate] = hits / count - (alarms / count) * (thresholds[i] / (1 - thresholds[i]))));
    replicate++;
  });
  const highRisk = new Float64Array(thresholds.length);
  const hits = new Float64Array(thresholds.length);
  calls(Uint32Array.from(outcome, (_, i) => i), outcome.length, (i, up, down) => {
    hits[i] = up;
    highRisk[i] = up + down;
  });
  return { rows: outcome.length, netBenefit, treatAll, interventionsAvoided, highRisk, hits, replicates };
}

/** How many entries of an ascending array are at most `value`. */
function countUpTo(ascending: Float64Array, value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
