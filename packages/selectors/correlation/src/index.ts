import { defineSelector } from '@radloom/core';
import { z } from 'zod';

export default defineSelector({
  name: 'correlation',
  summary: 'Drops one column of every pair that is too strongly correlated',
  params: z.strictObject({
    threshold: z.number().min(0).max(1).default(0.9).describe('Pairs whose correlation exceeds this in absolute value lose one column.'),
    method: z.enum(['pearson', 'spearman']).default('pearson').describe('Correlation of values or of ranks.'),
    rule: z
      .enum(['fast', 'exact'])
      .default('fast')
      .describe('fast judges every pair on all columns, as step_corr of recipes; exact judges anew after each column that goes, as findCorrelation of caret with exact = TRUE.'),
  }),
  load: () => import('./select.js'),
});
