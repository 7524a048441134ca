import { defineEnsemble } from '@radloom/core';
import { z } from 'zod';

export default defineEnsemble({
  name: 'stacking',
  summary: 'Blend of classifiers: a lasso with weights of at least 0 on their out-of-fold probabilities',
  params: z.strictObject({
    penalties: z
      .array(z.number().positive())
      .min(1)
      .default([1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1])
      .describe('Penalties to choose from; one alone is taken as it is'),
    resamples: z.int().positive().default(25).describe('Bootstrap samples of the rows on which penalties are compared, by the AUC of the rows not drawn'),
    interpolate: z.boolean().default(true).describe('Read weights at a penalty off the path of automatic penalties, as R stacks does; false solves at each penalty'),
    threshold: z.number().positive().default(1e-7).describe('The descent stops when no weight changes the objective by more than this part of the null deviance: 1e-7 as glmnet, which gives the weights of R stacks; 1e-14 for the optimum'),
  }),
  load: () => import('./run.js'),
});
