import { defineEvaluation } from '@radloom/core';
import { z } from 'zod';

export default defineEvaluation({
  name: 'calibration',
  summary: 'How far predicted probabilities are from observed risk: smoothed curve with a band, ICI, intercept, slope, Brier score, Hosmer-Lemeshow test',
  params: z.strictObject({
    level: z.number().gt(0).lt(1).default(0.95).describe('Level of every confidence interval and of the band'),
    bootstrap: z.int().min(50).max(100_000).default(500).describe('Resamples of the bootstrap of the curve and of the distances from it'),
    span: z.number().gt(0).max(1).default(0.75).describe('Part of the rows that the curve looks at in each place (loess)'),
    points: z.int().min(10).max(500).default(50).describe('Places at which the curve and its band are given, from the lowest to the highest probability'),
    bins: z.int().min(2).max(100).default(10).describe('Bins of equal width for the observed shares'),
    groups: z.int().min(3).max(100).default(10).describe('Groups of the Hosmer-Lemeshow test, by quantiles of the probability'),
    clip: z
      .number()
      .min(0)
      .lt(0.5)
      .default(0)
      .describe('Probabilities are moved at least so far from 0 and 1 before their logit is taken; with 0, rows predicted with certainty are left out of intercept and slope, and a note says how many'),
  }),
  inputs: { predictions: { type: 'predictions', many: true, partition: 'any' } },
  outputs: { metrics: { type: 'metrics' } },
  load: () => import('./run.js'),
});
