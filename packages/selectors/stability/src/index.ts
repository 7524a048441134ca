import { defineSelector } from '@radloom/core';
import { z } from 'zod';

export default defineSelector({
  name: 'stability',
  summary: 'Keeps the columns that are among the first to enter the lasso in most subsamples of the training rows (stability selection)',
  params: z.strictObject({
    subsamples: z.int().min(2).default(100).describe('Subsamples drawn, by outcome and by patient.'),
    share: z.number().gt(0).lt(1).default(0.5).describe('Share of the patients in each.'),
    entering: z.int().positive().default(10).describe('In each subsample the first so many columns to enter the lasso path are chosen.'),
    threshold: z.number().gt(0).max(1).default(0.6).describe('Columns chosen in at least this share of the subsamples stay.'),
    alpha: z.number().min(0.01).max(1).default(1).describe('1 lasso; smaller mixes in ridge (elastic net).'),
  }),
  load: () => import('./select.js'),
});
