import { defineTransform } from '@radloom/core';
import { z } from 'zod';

export default defineTransform({
  name: 'scale',
  summary: 'Centres and scales columns by what the training rows show: z-score or range',
  params: z.strictObject({
    method: z.enum(['z-score', 'range']).default('z-score').describe('z-score: less the mean, over the standard deviation (n - 1); range: training minimum to 0, maximum to 1, others clipped.'),
  }),
  load: () => import('./scale.js'),
});
