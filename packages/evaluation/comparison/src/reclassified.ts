import { digestOf, type Metric, type Seed, seedFromDigest } from '@radloom/core';
import { clusteredBootstrap, intervalName, reclassification, replicateLimits } from '@radloom/statistics';
import type { Pair } from './pairs.js';
import type { Settings } from './run.js';

const measures = ['nri', 'nriEvents', 'nriOthers', 'idi'] as const;

/**
 * What `model` changes against the reference (Pencina et al. 2008, 2011): net reclassification improvement in all, among rows with the
 * event and among the others; integrated discrimination improvement. Percentile limits of a bootstrap of patients.
 *
 * NRI and IDI reward overconfident models even where nothing is gained (Pepe et al. 2015): read them beside calibration and net benefit.
 */
export function reclassificationMetrics(pair: Pair, { cuts, level, bootstrap }: Settings, seed: Seed): Metric[] {
  const { patients, clusters, outcome, probability, againstProbability, role, model, against } = pair;
  const reason = outcome.includes(0) && outcome.includes(1) ? undefined : { code: 'one-class', text: 'NRI and IDI need rows with and without the event.' };
  if (reason !== undefined || probability.some(Number.isNaN) || againstProbability.some(Number.isNaN)) {
    return measures.map((name) => ({ name, value: NaN, reason: reason ?? { code: 'probability-missing', text: 'A row has no probability.' } }));
  }
  const changes = (y: Uint8Array, first: Float64Array, second: Float64Array) => {
    const { nri, eventsNri, othersNri, idi } = reclassification(y, first, second, cuts);
    return [nri, eventsNri, othersNri, idi];
  };
  const replicates = measures.map(() => new Float64Array(bootstrap));
  let replicate = 0;
  clusteredBootstrap(patients, seedFromDigest(digestOf(['comparison', [...seed], role, model, against])), bootstrap, (drawn, count) => {
    const own = drawn.subarray(0, count);
    const pick = (values: Float64Array) => Float64Array.from(own, (row) => values[row]);
    changes(Uint8Array.from(own, (row) => outcome[row]), pick(againstProbability), pick(probability)).forEach((value, m) => (replicates[m][replicate] = value));
    replicate++;
  });
  return changes(outcome, againstProbability, probability).map((value, m) => ({ name: measures[m], value, ...replicateLimits(replicates[m], level, intervalName(`bootstrap (cases, ${bootstrap})`, clusters)) }));
}
