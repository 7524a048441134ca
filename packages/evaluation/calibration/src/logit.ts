import type { Metric } from '@radloom/core';
import { calibrationModel, clusteredProportionInterval, type Clusters, clustersAt, intervalName, normal, type PooledPredictions, proportionInterval } from '@radloom/statistics';
import { type Note, type Part, type Settings, undefinedMetric } from './part.js';

/**
 * Intercept and slope of the outcome's logistic regression on the logit of the probability, calibration in the large (the intercept at
 * slope 1; Cox 1958) and observed over expected events. Limits are Wald's; those of observed over expected are Wilson's for the observed share; either of patients
 * where rows hang together.
 */
export function logitMetrics({ outcome, probability, clusters }: PooledPredictions, { clip, level }: Settings): Part {
  const moved = clip === 0 ? probability : probability.map((p) => Math.min(1 - clip, Math.max(clip, p)));
  const usable = [...moved.keys()].filter((i) => moved[i] > 0 && moved[i] < 1);
  const y = Uint8Array.from(usable, (i) => outcome[i]);
  const p = Float64Array.from(usable, (i) => moved[i]);
  const certain = outcome.length - usable.length;
  const notes: Note[] = certain === 0 ? [] : [{ code: 'certain-left-out', text: `${certain} of ${outcome.length} rows are predicted with probability 0 or 1; their logit is infinite, and intercept, slope and calibration in the large are without them.` }];
  return { metrics: [...regressionMetrics(y, p, clusters === undefined ? undefined : clustersAt(clusters, usable), level), observedOverExpected(outcome, probability, clusters, level)], notes };
}

function regressionMetrics(y: Uint8Array, p: Float64Array, clusters: Clusters | undefined, level: number): Metric[] {
  const events = y.reduce((sum, value) => sum + value, 0);
  if (events === 0 || events === y.length) {
    const reason = { code: 'one-class', text: y.length === 0 ? 'No row has a probability between 0 and 1.' : `All ${y.length} rows are ${events === 0 ? 'without' : 'with'} the event.` };
    return ['calibrationIntercept', 'calibrationSlope', 'inTheLarge'].map((name) => undefinedMetric(name, reason));
  }
  const { intercept, interceptError, slope, slopeError, inTheLarge, inTheLargeError } = calibrationModel(y, p, clusters);
  const reach = normal.quantile((1 + level) / 2);
  const wald = (name: string, value: number, error: number): Metric => ({ name, value, lower: value - reach * error, upper: value + reach * error, interval: intervalName('Wald', clusters) });
  const without = whyNoSlope(y, p);
  return [
    ...(without === undefined
      ? [wald('calibrationIntercept', intercept, interceptError), wald('calibrationSlope', slope, slopeError)]
      : [undefinedMetric('calibrationIntercept', without), undefinedMetric('calibrationSlope', without)]),
    wald('inTheLarge', inTheLarge, inTheLargeError),
  ];
}

/** A slope is a number only where probabilities differ and the classes overlap. */
function whyNoSlope(y: Uint8Array, p: Float64Array): Metric['reason'] {
  const range = [0, 1].map((wanted) => {
    const values = p.filter((_, i) => y[i] === wanted);
    return { low: values.reduce((a, b) => Math.min(a, b), Infinity), high: values.reduce((a, b) => Math.max(a, b), -Infinity) };
  });
  const [others, events] = range;
  if (Math.min(others.low, events.low) === Math.max(others.high, events.high)) return { code: 'no-spread', text: 'All rows have the same probability: there is no slope.' };
  if (others.high <= events.low || events.high <= others.low) return { code: 'separated', text: 'The probabilities part the rows with the event from those without: the slope is infinite.' };
  return undefined;
}

function observedOverExpected(outcome: Uint8Array, probability: Float64Array, clusters: Clusters | undefined, level: number): Metric {
  const rows = outcome.length;
  const events = outcome.reduce((sum, value) => sum + value, 0);
  const expected = probability.reduce((sum, value) => sum + value, 0);
  if (expected === 0) return undefinedMetric('observedOverExpected', { code: 'no-denominator', text: 'No event is expected.' });
  const { lower, upper } = clusters === undefined ? proportionInterval(events, rows, 'wilson', level) : clusteredProportionInterval(outcome, clusters, 'wilson', level);
  return { name: 'observedOverExpected', value: events / expected, lower: (lower * rows) / expected, upper: (upper * rows) / expected, interval: intervalName('Wilson', clusters) };
}
