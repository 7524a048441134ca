import { defineSelector } from '@radloom/core';
import { z } from 'zod';

export default defineSelector({
  name: 'univariate',
  summary: 'Keeps the columns that differ between rows with and without the event, each tested by itself by the rules of the baseline table',
  params: z.strictObject({
    columns: z.array(z.string()).default([]).describe('Columns to screen, the others stay as they are; none named: all numeric columns.'),
    alpha: z.number().gt(0).max(1).default(0.05).describe('Columns with a P below this stay.'),
    adjust: z.enum(['none', 'holm', 'hochberg', 'bonferroni', 'BH', 'BY']).default('none').describe('How P is adjusted for the number of columns screened.'),
    numbers: z.enum(['auto', 't', 'mann-whitney']).default('auto').describe('auto: the t test where Shapiro-Wilk finds no departure from normality in either group, the Mann-Whitney test elsewhere.'),
    variances: z.enum(['welch', 'student']).default('welch').describe('Which t test: welch, or student with equal variances.'),
    normality: z.number().gt(0).lt(1).default(0.05).describe('Values are taken as normal where the Shapiro-Wilk P is at least this in both groups.'),
    counts: z.enum(['pearson', 'fisher-if-expected<5']).default('fisher-if-expected<5').describe('Columns of 0 and 1: chi-squared always, or Fisher’s exact test where an expected count is below 5.'),
    yates: z.enum(['auto', 'on', 'off']).default('auto').describe('Continuity correction of the chi-squared test; auto: of 2 x 2 tables, as R.'),
  }),
  load: () => import('./select.js'),
});
