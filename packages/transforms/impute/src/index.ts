import { defineTransform } from '@radloom/core';
import { z } from 'zod';

export default defineTransform({
  name: 'impute',
  summary: 'Fills missing values by what the training rows show: median, mean, or the nearest rows',
  params: z.strictObject({
    method: z.enum(['median', 'mean', 'knn']).default('median').describe('median or mean of the column in the training rows, or the mean of the nearest training rows.'),
    neighbours: z.int().positive().default(5).describe('knn: how many nearest training rows give the value.'),
  }),
  load: () => import('./impute.js'),
});
