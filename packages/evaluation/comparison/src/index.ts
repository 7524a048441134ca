import { defineEvaluation } from '@radloom/core';
import { z } from 'zod';

export default defineEvaluation({
  name: 'comparison',
  summary: 'Models compared on the same rows: paired DeLong tests adjusted for their number, and reclassification against a reference model',
  params: z.strictObject({
    reference: z.string().default('').describe('Model that the others are measured against; empty: the first'),
    adjustment: z.enum(['holm', 'hochberg', 'bonferroni', 'BH', 'BY']).default('holm').describe('How P values allow for the number of pairs, within each role'),
    cuts: z.array(z.number().gt(0).lt(1)).default([]).describe('Limits between risk categories of the net reclassification improvement; none counts every change of probability'),
    level: z.number().gt(0).lt(1).default(0.95).describe('Level of every confidence interval'),
    bootstrap: z.int().min(50).max(100_000).default(1000).describe('Resamples of cases for the limits of the reclassification measures'),
  }),
  inputs: { predictions: { type: 'predictions', many: true, partition: 'any' } },
  outputs: { metrics: { type: 'metrics' } },
  load: () => import('./run.js'),
});
