import { defineEvaluation } from '@radloom/core';
import { z } from 'zod';

export default defineEvaluation({
  name: 'baseline-table',
  summary: 'Baseline table: every variable by outcome, with a test chosen by stated rules, standardised differences and missing counts',
  params: z.strictObject({
    columns: z.array(z.string()).default([]).describe('Variables in this order; none named: all of the clinical table, or of the table where there is no clinical one.'),
    measure: z.record(z.string(), z.enum(['number', 'counts'])).default({}).describe('Variables to take as numbers or as counts, whatever their values suggest: { grade: counts }.'),
    numbers: z.enum(['auto', 't', 'mann-whitney']).default('auto').describe('auto: the t test where Shapiro-Wilk finds no departure from normality in either group, the Mann-Whitney test elsewhere.'),
    variances: z.enum(['welch', 'student']).default('welch').describe('Which t test: welch, or student with equal variances.'),
    normality: z.number().gt(0).lt(1).default(0.05).describe('Values are taken as normal where the Shapiro-Wilk P is at least this in both groups.'),
    counts: z.enum(['pearson', 'fisher-if-expected<5']).default('fisher-if-expected<5').describe('Chi-squared always, or Fisher’s exact test where an expected count is below 5.'),
    yates: z.enum(['auto', 'on', 'off']).default('auto').describe('Continuity correction of the chi-squared test; auto: of 2 x 2 tables, as R.'),
    alpha: z.number().gt(0).lt(1).default(0.05).describe('Level of significance; where the variants of a test fall on both sides of it, a warning says so.'),
    decimals: z.int().min(0).max(8).default(2).describe('Decimals of means and medians.'),
  }),
  inputs: {
    /** Its rows are described. */
    table: { type: 'table', partition: 'any' },
    /** Where variables stand, by row id; those that it does not have are columns of `table`. */
    clinical: { type: 'table', partition: 'any', optional: true },
  },
  outputs: { table: { type: 'data' } },
  load: () => import('./run.js'),
});
