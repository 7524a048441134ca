import { binOf, calibrationBins, clusteredProportionInterval, clustersAt, type PooledPredictions, proportionInterval } from '@radloom/statistics';
import type { Part, Settings } from './part.js';

/** Bars of the histogram of probabilities. */
const BARS = 20;

/**
 * Mean probability and observed share of events in bins of equal width, with Wilson's limits, and the expected calibration error `ece`
 * (their distance, weighted by rows); beside them how many rows with and without the event have which probability.
 */
export function observedByBin({ outcome, probability, clusters }: PooledPredictions, { bins, level }: Settings): Part {
  const { rows, meanPredicted, observed, expectedCalibrationError } = calibrationBins(outcome, probability, bins);
  const within = (bin: number) => [...probability.keys()].filter((r) => binOf(probability[r], bins) === bin);
  const limits = Array.from(rows, (count, b) => {
    if (count === 0) return { lower: NaN, upper: NaN };
    if (clusters === undefined) return proportionInterval(Math.round(observed[b] * count), count, 'wilson', level);
    const own = within(b);
    return clusteredProportionInterval(Uint8Array.from(own, (r) => outcome[r]), clustersAt(clusters, own), 'wilson', level);
  });
  const histogram = { events: new Float64Array(BARS), others: new Float64Array(BARS) };
  probability.forEach((p, i) => histogram[outcome[i] === 1 ? 'events' : 'others'][Math.min(BARS - 1, Math.max(0, Math.floor(p * BARS)))]++);
  return {
    metrics: [{ name: 'ece', value: expectedCalibrationError }],
    detail: { bins: { rows, meanPredicted, observed, lower: Float64Array.from(limits, ({ lower }) => lower), upper: Float64Array.from(limits, ({ upper }) => upper) }, histogram },
  };
}
