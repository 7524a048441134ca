import { defineEvaluation } from '@radloom/core';
import { z } from 'zod';

export default defineEvaluation({
  name: 'sample-size',
  summary: 'Events per candidate predictor, and the patients that the criteria of Riley and others ask for',
  params: z.strictObject({
    nagelkerke: z.number().gt(0).lt(1).default(0.15).describe('Part of the largest possible Cox-Snell R² that the model is expected to explain; 0.15 where nothing is known'),
    shrinkage: z.number().gt(0).lt(1).default(0.9).describe('Shrinkage of coefficients that is still accepted'),
  }),
  inputs: { candidates: { type: 'table', partition: 'training' }, selected: { type: 'table', partition: 'training' } },
  outputs: { metrics: { type: 'metrics' } },
  load: () => import('./run.js'),
});
