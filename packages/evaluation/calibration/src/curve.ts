import { isRadloomError, type Metric, type Seed } from '@radloom/core';
import { clusteredBootstrap, intervalName, loess, type PooledPredictions, quantile, replicateLimits } from '@radloom/statistics';
import { type Part, type Settings, undefinedMetric } from './part.js';

const distances = ['ici', 'e50', 'e90', 'eMax'] as const;

/**
 * Observed risk as a smooth function of the probability (loess), at places between the lowest and the highest probability, with a
 * pointwise percentile band; and how far it is from the diagonal at the rows (Austin & Steyerberg 2019): `ici` mean, `e50` median, `e90`
 * 90th percentile, `eMax` largest distance, with percentile limits. The curve itself is not cut at 0 and 1.
 *
 * Resamples are of patients, each with all its rows; where a resample has no row below or above a place it has no value there.
 */
export function smoothed({ patients, clusters, outcome, probability }: PooledPredictions, { bootstrap, level, points, span }: Settings, seed: Seed): Part {
  const places = placesOf(probability, points);
  const found = curveAt(probability, outcome, span, places);
  if ('reason' in found) return { metrics: distances.map((name) => undefinedMetric(name, found.reason)) };
  const replicates = distances.map(() => new Float64Array(bootstrap));
  const band = Array.from(places, () => new Float64Array(bootstrap));
  let replicate = 0;
  clusteredBootstrap(patients, seed, bootstrap, (drawn, count) => {
    const own = drawn.subarray(0, count);
    const resampled = curveAt(Float64Array.from(own, (row) => probability[row]), Uint8Array.from(own, (row) => outcome[row]), span, places);
    const known = 'reason' in resampled ? undefined : resampled;
    band.forEach((values, k) => (values[replicate] = known?.curve[k] ?? NaN));
    distances.forEach((name, d) => (replicates[d][replicate] = known?.distance[name] ?? NaN));
    replicate++;
  });
  const interval = intervalName(`bootstrap (cases, ${bootstrap})`, clusters);
  const limits = band.map((values) => replicateLimits(values, level, interval));
  return {
    metrics: distances.map((name, d): Metric => ({ name, value: found.distance[name], ...replicateLimits(replicates[d], level, interval) })),
    detail: { curve: { probability: places, observed: found.curve, lower: Float64Array.from(limits, ({ lower = NaN }) => lower), upper: Float64Array.from(limits, ({ upper = NaN }) => upper), smoother: 'loess', span, bootstrap } },
  };
}

/** Places from the lowest to the highest probability, evenly. */
function placesOf(probability: Float64Array, points: number): Float64Array {
  const low = probability.reduce((a, b) => Math.min(a, b), Infinity);
  const high = probability.reduce((a, b) => Math.max(a, b), -Infinity);
  return Float64Array.from({ length: points }, (_, k) => (k === points - 1 ? high : low + ((high - low) * k) / (points - 1)));
}

type Distances = Readonly<Record<(typeof distances)[number], number>>;

function curveAt(probability: Float64Array, outcome: Uint8Array, span: number, places: Float64Array): { curve: Float64Array; distance: Distances } | { reason: NonNullable<Metric['reason']> } {
  const n = probability.length;
  if (probability.every((p) => p === probability[0])) return { reason: { code: 'no-spread', text: 'All rows have the same probability: there is no curve.' } };
  try {
    const at = new Float64Array(n + places.length);
    at.set(probability);
    at.set(places, n);
    const fitted = loess(probability, outcome, span, at);
    const away = probability.map((p, i) => Math.abs(p - fitted[i]));
    const [e50, e90] = quantile(away, [0.5, 0.9]);
    return { curve: fitted.subarray(n), distance: { ici: away.reduce((sum, value) => sum + value, 0) / n, e50, e90, eMax: away.reduce((a, b) => Math.max(a, b), 0) } };
  } catch (error) {
    if (isRadloomError(error) && error.code === 'too-few-rows') return { reason: { code: error.code, text: error.what } };
    throw error;
  }
}
