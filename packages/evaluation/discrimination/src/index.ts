import { defineEvaluation } from '@radloom/core';
import { z } from 'zod';

export default defineEvaluation({
  name: 'discrimination',
  summary: 'ROC curve, AUC with DeLong and bootstrap intervals, and the measures of a confusion matrix at the model’s threshold',
  params: z.strictObject({
    level: z.number().gt(0).lt(1).default(0.95).describe('Level of every confidence interval'),
    bootstrap: z.int().min(1).max(100_000).default(2000).describe('Resamples of the stratified bootstrap of the AUC'),
  }),
  inputs: { predictions: { type: 'predictions', many: true, partition: 'any' } },
  outputs: { metrics: { type: 'metrics' } },
  load: () => import('./run.js'),
});
