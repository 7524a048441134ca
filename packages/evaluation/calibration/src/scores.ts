import type { Metric, Seed } from '@radloom/core';
import { brierScore, clusteredBootstrap, intervalName, type PooledPredictions, replicateLimits, scaledBrierScore } from '@radloom/statistics';
import { type Part, type Settings, undefinedMetric } from './part.js';

/** Brier score, and its gain over always predicting the prevalence, with limits from a bootstrap of patients. */
export function scoreMetrics({ patients, clusters, outcome, probability }: PooledPredictions, { bootstrap, level }: Settings, seed: Seed): Part {
  const brier: number[] = [];
  const scaled: number[] = [];
  clusteredBootstrap(patients, seed, bootstrap, (drawn, count) => {
    let square = 0;
    let events = 0;
    for (let i = 0; i < count; i++) {
      square += (probability[drawn[i]] - outcome[drawn[i]]) ** 2;
      events += outcome[drawn[i]];
    }
    const prevalence = events / count;
    brier.push(square / count);
    scaled.push(prevalence === 0 || prevalence === 1 ? NaN : 1 - square / count / (prevalence * (1 - prevalence)));
  });
  const interval = intervalName(`bootstrap (cases, ${bootstrap})`, clusters);
  const gain = scaledBrierScore(outcome, probability);
  const scaledMetric: Metric = Number.isNaN(gain)
    ? undefinedMetric('scaledBrier', { code: 'one-class', text: 'All rows have the same outcome: there is nothing to gain over.' })
    : { name: 'scaledBrier', value: gain, ...replicateLimits(scaled, level, interval) };
  return { metrics: [{ name: 'brier', value: brierScore(outcome, probability), ...replicateLimits(brier, level, interval) }, scaledMetric] };
}
