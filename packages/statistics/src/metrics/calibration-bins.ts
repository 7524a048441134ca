/** Predicted and observed risk in bins of equal width. */
export interface CalibrationBins {
  readonly rows: Float64Array;
  /** NaN for empty bins. */
  readonly meanPredicted: Float64Array;
  readonly observed: Float64Array;
  /** Expected calibration error: |observed − predicted| weighted by rows. */
  readonly expectedCalibrationError: number;
}

/** The bin of a probability, 0..bins - 1. */
export function binOf(probability: number, bins: number): number {
  const bin = Math.min(bins - 1, Math.max(0, Math.ceil(probability * bins) - 1));
  return bin > 0 && probability <= bin / bins ? bin - 1 : bin; // the product rounded up across a limit
}

/** Bins of equal width over 0 to 1, closed on the right, the first also on the left. */
export function calibrationBins(outcome: ArrayLike<number>, probability: ArrayLike<number>, bins = 10): CalibrationBins {
  const rows = new Float64Array(bins);
  const predicted = new Float64Array(bins);
  const events = new Float64Array(bins);
  for (let i = 0; i < probability.length; i++) {
    const bin = binOf(probability[i], bins);
    rows[bin]++;
    predicted[bin] += probability[i];
    events[bin] += outcome[i];
  }
  const meanPredicted = predicted.map((sum, b) => sum / rows[b]);
  const observed = events.map((sum, b) => sum / rows[b]);
  let error = 0;
  for (let b = 0; b < bins; b++) if (rows[b] > 0) error += (rows[b] / probability.length) * Math.abs(observed[b] - meanPredicted[b]);
  return { rows, meanPredicted, observed, expectedCalibrationError: error };
}
