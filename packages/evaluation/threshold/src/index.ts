import { defineEvaluation } from '@radloom/core';
import { z } from 'zod';

export default defineEvaluation({
  name: 'threshold',
  summary: 'The threshold between classes, chosen from out-of-fold predictions of training rows and fixed before any test row is seen',
  params: z.strictObject({
    rule: z
      .enum(['youden', 'top-left', 'sensitivity', 'fixed'])
      .default('youden')
      .describe('youden: largest sensitivity + specificity; top-left: nearest to the corner of the ROC curve; sensitivity: the highest threshold with at least that sensitivity; fixed: the value'),
    value: z.number().gt(0).lt(1).default(0.5).describe('Threshold of the rule fixed, and of the others where no threshold is better than chance'),
    sensitivity: z.number().gt(0).max(1).default(0.9).describe('Sensitivity that the rule sensitivity keeps'),
  }),
  inputs: { predictions: { type: 'predictions', partition: 'training' }, heldOut: { type: 'predictions', partition: 'training', optional: true }, folds: { type: 'data', optional: true } },
  outputs: { threshold: { type: 'data' }, predictions: { type: 'predictions', partition: { from: 'predictions' } } },
  load: () => import('./run.js'),
});
