import { clusterSums, type Clusters, deLong } from '@radloom/statistics';

/** A score with its standard error, where there is one. */
export interface Score {
  readonly score: number;
  readonly standardError?: number;
}

export interface MetricDefinition {
  readonly largerIsBetter: boolean;
  /** @param outcome 1 event, 0 none, per row; @param probability of the event, per row; @param threshold decides between classes; @param clusters rows of one patient */
  measure(outcome: Uint8Array, probability: Float64Array, threshold: number, clusters?: Clusters): Score;
}

/** Probabilities of exactly 0 and 1 are moved by this before their logarithm is taken. */
const EDGE = 1e-15;

/** A mean over rows; its standard error is the standard deviation (n - 1) of the rows over the root of their number, or that of the sums of clusters. */
function meanOver(rows: number, clusters: Clusters | undefined, value: (row: number) => number): Score {
  let sum = 0;
  for (let r = 0; r < rows; r++) sum += value(r);
  const score = sum / rows;
  if ((clusters?.count ?? rows) < 2) return { score };
  if (clusters !== undefined) {
    const away = clusterSums(clusters, (r) => value(r) - score).reduce((total, own) => total + own * own, 0);
    return { score, standardError: Math.sqrt((clusters.count / (clusters.count - 1)) * away) / rows };
  }
  let squares = 0;
  for (let r = 0; r < rows; r++) squares += (value(r) - score) ** 2;
  return { score, standardError: Math.sqrt(squares / (rows - 1) / rows) };
}

export const metrics: Readonly<Record<'auc' | 'brier' | 'log-loss' | 'accuracy', MetricDefinition>> = {
  /** Standard error by DeLong's variance, by Obuchowski's where patients have several rows. */
  auc: {
    largerIsBetter: true,
    measure: (outcome, probability, _threshold, clusters) => {
      const { auc, variance } = deLong(outcome, probability, undefined, clusters);
      return Number.isNaN(variance) ? { score: auc } : { score: auc, standardError: Math.sqrt(variance) };
    },
  },
  brier: {
    largerIsBetter: false,
    measure: (outcome, probability, _threshold, clusters) => meanOver(outcome.length, clusters, (r) => (outcome[r] - probability[r]) ** 2),
  },
  'log-loss': {
    largerIsBetter: false,
    measure: (outcome, probability, _threshold, clusters) => meanOver(outcome.length, clusters, (r) => -Math.log(Math.max(EDGE, outcome[r] === 1 ? probability[r] : 1 - probability[r]))),
  },
  accuracy: {
    largerIsBetter: true,
    measure: (outcome, probability, threshold, clusters) => meanOver(outcome.length, clusters, (r) => (probability[r] >= threshold === (outcome[r] === 1) ? 1 : 0)),
  },
};
