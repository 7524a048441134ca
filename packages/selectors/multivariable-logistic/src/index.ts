import { defineSelector } from '@radloom/core';
import { z } from 'zod';

export default defineSelector({
  name: 'multivariable-logistic',
  summary: 'Keeps the columns that are significant together in a logistic regression, with the coefficient table of all of them',
  params: z.strictObject({
    columns: z.array(z.string()).default([]).describe('Columns in the model, the others stay as they are; none named: all numeric columns.'),
    alpha: z.number().gt(0).max(1).default(0.05).describe('Columns with a P below this stay; 1 keeps all that have a coefficient.'),
    firth: z.enum(['never', 'if-separated', 'always']).default('never').describe('Firth’s penalised likelihood, which has coefficients under separation too; never: separation is an error.'),
    interval: z.enum(['wald', 'profile']).default('wald').describe('Limits of the coefficients; with Firth’s likelihood they are always profile limits.'),
    level: z.number().gt(0).lt(1).default(0.95).describe('Level of the limits.'),
  }),
  load: () => import('./select.js'),
});
