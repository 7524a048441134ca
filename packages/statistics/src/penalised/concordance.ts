/**
 * Weighted area under the ROC curve: over pairs of a row with and a row without the event, each counting the product of its weights,
 * the share in which the first scores higher, ties half.
 *
 * @returns NaN when one class is absent
 */
export function weightedAuc(y: ArrayLike<number>, score: ArrayLike<number>, weights: ArrayLike<number>): number {
  const n = y.length;
  const order = Int32Array.from({ length: n }, (_, i) => i).sort((i, j) => score[i] - score[j]);
  let below = 0;
  let concordant = 0;
  let events = 0;
  for (let start = 0; start < n; ) {
    let end = start;
    let tied = 0;
    let tiedEvents = 0;
    for (; end < n && score[order[end]] === score[order[start]]; end++) {
      if (y[order[end]] === 1) tiedEvents += weights[order[end]];
      else tied += weights[order[end]];
    }
    concordant += tiedEvents * (below + tied / 2);
    below += tied;
    events += tiedEvents;
    start = end;
  }
  return concordant / (events * below);
}

/**
 * Harrell's concordance of a log hazard with times: over pairs of an event and a row observed longer (a row censored at the very time
 * of the event was), each counting the product of its weights, the share in which the event has the higher hazard, ties half.
 */
export function concordance(time: ArrayLike<number>, status: ArrayLike<number>, hazard: ArrayLike<number>, weights: ArrayLike<number>): number {
  let concordant = 0;
  let total = 0;
  for (let i = 0; i < time.length; i++) {
    if (status[i] !== 1) continue;
    for (let j = 0; j < time.length; j++) {
      if (time[j] < time[i] || (time[j] === time[i] && status[j] === 1)) continue;
      const weight = weights[i] * weights[j];
      total += weight;
      concordant += weight * (hazard[j] < hazard[i] ? 1 : hazard[j] === hazard[i] ? 0.5 : 0);
    }
  }
  return concordant / total;
}
