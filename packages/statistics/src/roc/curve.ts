import { splitClasses } from './labels.js';

/** Whether rows with the event are expected to score `higher` (pROC's "<") or `lower` (">"). */
export type Direction = 'higher' | 'lower';

/** Sensitivity and specificity at every threshold; entry i of the three arrays belongs together, sensitivity falls from 1 to 0. */
export interface RocCurve {
  readonly direction: Direction;
  /** Midpoints between neighbouring distinct scores, with infinite ends: a row is called positive when score ≥ threshold (≤ for `lower`). */
  readonly thresholds: Float64Array;
  readonly sensitivities: Float64Array;
  readonly specificities: Float64Array;
}

/**
 * The receiver operating characteristic.
 *
 * @param outcome per row 1 (event) or 0
 * @param score   per row; larger means the event is likelier unless direction is `lower`
 * @throws `one-class`, `score-missing`
 */
export function rocCurve(outcome: ArrayLike<number>, score: ArrayLike<number>, direction: Direction = 'higher'): RocCurve {
  const { events, others } = splitClasses(outcome, score);
  const sign = direction === 'higher' ? 1 : -1;
  const up = events.map((value) => sign * value).sort();
  const down = others.map((value) => sign * value).sort();
  const distinct = distinctSorted([...up, ...down].sort((a, b) => a - b));
  const thresholds = midpoints(distinct);
  const sensitivities = thresholds.map((threshold) => (up.length - countBelow(up, threshold)) / up.length);
  const specificities = thresholds.map((threshold) => countBelow(down, threshold) / down.length);
  return { direction, thresholds: sign === 1 ? thresholds : thresholds.map((threshold) => -threshold), sensitivities, specificities };
}

/** The direction in which the medians point: `higher` when events' median is at least the others', as pROC's `auto`. */
export function apparentDirection(outcome: ArrayLike<number>, score: ArrayLike<number>): Direction {
  const { events, others } = splitClasses(outcome, score);
  return median(others) <= median(events) ? 'higher' : 'lower';
}

function median(values: Float64Array): number {
  const sorted = values.slice().sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function distinctSorted(sorted: readonly number[]): number[] {
  return sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]);
}

/** −∞, midpoints, ∞; where two scores are so near that their midpoint is one of them, the upper one stands between them. */
function midpoints(distinct: readonly number[]): Float64Array {
  const out = new Float64Array(distinct.length + 1);
  out[0] = -Infinity;
  for (let i = 1; i < distinct.length; i++) {
    const sum = distinct[i - 1] + distinct[i];
    const middle = Math.abs(sum) > 1e100 ? distinct[i - 1] / 2 + distinct[i] / 2 : sum / 2;
    out[i] = middle === distinct[i - 1] ? distinct[i] : middle;
  }
  out[distinct.length] = Infinity;
  return out;
}

/** How many of the ascending values lie below the threshold. */
function countBelow(sorted: Float64Array, threshold: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < threshold) low = middle + 1;
    else high = middle;
  }
  return low;
}
