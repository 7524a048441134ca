import { defineSelector } from '@radloom/core';
import { z } from 'zod';

export default defineSelector({
  name: 'mrmr',
  summary: 'Keeps the columns with most information about the outcome and least about each other (minimum redundancy, maximum relevance)',
  params: z.strictObject({
    keep: z.int().positive().default(10).describe('How many columns stay, at most.'),
    information: z.enum(['correlation', 'groups']).default('correlation').describe('correlation: what Pearson’s r implies (as mRMRe); groups: mutual information of quantile groups (as praznik).'),
    groups: z.int().min(2).default(3).describe('groups: quantile groups each column is cut into.'),
  }),
  load: () => import('./select.js'),
});
