import { defineEvaluation } from '@radloom/core';
import { z } from 'zod';

export default defineEvaluation({
  name: 'tuning',
  summary: 'Chooses between candidate settings by their out-of-fold predictions',
  params: z.strictObject({
    metric: z.enum(['auc', 'brier', 'log-loss', 'accuracy']).default('auc').describe('What is compared, over all rows that every candidate predicted'),
    rule: z
      .enum(['best', 'one-standard-error'])
      .default('best')
      .describe('best: the best score, the first of equals; one-standard-error: the first candidate that is within one standard error of the best'),
    candidates: z
      .array(z.strictObject({ name: z.string(), settings: z.record(z.string(), z.unknown()) }))
      .default([])
      .describe('Candidates in order of preference, simpler ones first, by the name of their predictions; empty: all predictions in their order, with the settings they carry'),
  }),
  inputs: { candidates: { type: 'predictions', many: true, partition: 'training' }, folds: { type: 'data', optional: true } },
  outputs: { choice: { type: 'data' }, predictions: { type: 'predictions', partition: { from: 'candidates' } }, heldOut: { type: 'predictions', partition: { from: 'candidates' } }, apart: { type: 'data' } },
  load: () => import('./run.js'),
});
