import { defineSelector } from '@radloom/core';
import { z } from 'zod';

export default defineSelector({
  name: 'ranking',
  summary: 'Keeps the first columns of a ranking: by variance, by analysis of variance or by the Mann-Whitney test between the outcomes',
  params: z.strictObject({
    by: z.enum(['variance', 'anova', 'mann-whitney']).default('anova').describe('variance: of the values as they are, without a look at the outcome; anova, mann-whitney: smallest P between the outcomes.'),
    keep: z.int().positive().default(20).describe('How many columns stay, at most.'),
  }),
  load: () => import('./select.js'),
});
