import { defineEvaluation } from '@radloom/core';
import { z } from 'zod';

export default defineEvaluation({
  name: 'bootstrap-632',
  summary: 'The .632+ bootstrap: performance on rows outside the samples, weighed against that on the rows that taught the model by how much it overfits',
  params: z.strictObject({
    apparent: z.string().default('all').describe('Fold whose training rows are all rows, as the bootstrap splitter names it'),
  }),
  inputs: { predictions: { type: 'predictions', many: true, partition: 'any' } },
  outputs: { metrics: { type: 'metrics' } },
  load: () => import('./run.js'),
});
