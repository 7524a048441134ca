import { defineEvaluation } from '@radloom/core';
import { z } from 'zod';

const probability = z.number().gt(0).lt(1);

export default defineEvaluation({
  name: 'decision-curve',
  summary: 'Decision curves: net benefit of acting on a model over threshold probabilities, beside treating all and none, with a bootstrap band',
  params: z.strictObject({
    from: probability.default(0.01).describe('Lowest threshold probability'),
    to: probability.default(0.99).describe('Highest threshold probability'),
    step: probability.default(0.01).describe('Distance between thresholds'),
    report: z.array(probability).default([0.1, 0.2, 0.3, 0.5]).describe('Thresholds at which the net benefit is given as a metric, with limits'),
    population: z.int().positive().default(1000).describe('Size of the group in which the clinical impact is counted'),
    level: z.number().gt(0).lt(1).default(0.95).describe('Level of the limits and of the band'),
    bootstrap: z.int().min(50).max(100_000).default(1000).describe('Resamples of cases'),
  }),
  inputs: { predictions: { type: 'predictions', many: true, partition: 'any' } },
  outputs: { metrics: { type: 'metrics' } },
  load: () => import('./run.js'),
});
