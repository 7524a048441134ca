import { defineSelector } from '@radloom/core';
import { z } from 'zod';

export default defineSelector({
  name: 'recursive-elimination',
  summary: 'Removes the weakest columns round by round, by the coefficients of a ridge logistic regression or in a given order, down to a cross-validated number',
  params: z.strictObject({
    order: z.array(z.string()).default([]).describe('A ranking of your own, best first: the last goes first, columns that are not in it go before all. None: the smallest ridge coefficient goes.'),
    drop: z.number().gt(0).max(0.9).default(0.2).describe('Share of the columns that goes in a round; at least one does.'),
    smallest: z.int().positive().default(1).describe('The fewest columns that may be left.'),
    largest: z.int().positive().default(50).describe('The most columns that may be left.'),
    folds: z.int().min(2).default(5).describe('Folds of the cross-validation that chooses how many stay; columns are eliminated anew in each.'),
    loss: z.enum(['deviance', 'auc']).default('deviance').describe('What the cross-validation judges by.'),
    rule: z.enum(['best', 'one-standard-error']).default('best').describe('The number with the best mean, or the smallest within one standard error of it.'),
    penalty: z.number().positive().default(0.1).describe('Lambda of the ridge regression, for columns in units of their standard deviation.'),
  }),
  load: () => import('./select.js'),
});
