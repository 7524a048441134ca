import { isRadloomError, type Metric } from '@radloom/core';
import { hosmerLemeshow, type PooledPredictions } from '@radloom/statistics';
import { type Part, type Settings, undefinedMetric } from './part.js';

const metric = 'hosmerLemeshowP';

/**
 * The Hosmer-Lemeshow test over groups of similar probability: two degrees of freedom fewer than groups on the rows that taught the
 * model, as many as groups on rows that it had not seen. Where rows hang together there is none: its distribution is that of independent rows.
 */
export function fitTest({ role, outcome, probability, clusters }: PooledPredictions, { groups }: Settings): Part {
  if (clusters !== undefined) return { metrics: [undefinedMetric(metric, { code: 'rows-repeated', text: `The test takes rows as independent, and these ${outcome.length} are of ${clusters.count} patients.` })] };
  try {
    const { rows, observed, expected, chiSquared, df, pValue, groups: formed } = hosmerLemeshow(outcome, probability, { groups, external: role !== 'training' });
    const found: Metric = Number.isNaN(pValue)
      ? undefinedMetric(metric, { code: 'test-undefined', text: `The test of ${formed} groups is not defined: a group expects no event, or only events, or there are too few groups.` })
      : { name: metric, value: pValue };
    return { metrics: [found], detail: { hosmerLemeshow: { groups: formed, chiSquared, df, pValue, rows, observed, expected } } };
  } catch (error) {
    if (isRadloomError(error) && error.code === 'too-few-groups') return { metrics: [undefinedMetric(metric, { code: error.code, text: error.what })] };
    throw error;
  }
}
