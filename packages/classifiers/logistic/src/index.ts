import { defineClassifier } from '@radloom/core';
import { z } from 'zod';

const weight = z.number().positive();

export default defineClassifier({
  name: 'logistic',
  summary: 'Penalised logistic regression: ridge, lasso or elastic net, at a given or a cross-validated penalty',
  params: z.strictObject({
    alpha: z.number().min(0).max(1).default(0).describe('Share of the lasso in the penalty: 0 ridge, 1 lasso, elastic net between'),
    lambda: z
      .union([z.enum(['min', '1se']), z.number().nonnegative()])
      .default('min')
      .describe('Penalty: a number; or chosen by cross-validation, min the one of least loss, 1se the largest within one standard error of it'),
    folds: z.int().min(3).default(10).describe('Folds of the cross-validation, each with its share of both classes'),
    loss: z.enum(['deviance', 'auc', 'class', 'mse', 'mae']).default('deviance').describe('What the cross-validation measures; auc needs 10 rows a fold and is the deviance otherwise'),
    standardise: z.boolean().default(true).describe('Penalise columns in units of their standard deviation (divisor n)'),
    classWeights: z
      .union([z.literal('balanced'), z.strictObject({ event: weight, none: weight })])
      .default({ event: 1, none: 1 })
      .describe('Weights of the classes in the likelihood; balanced is rows / (2 x rows of the class)'),
    threshold: z.number().positive().default(1e-7).describe('The solver stops when no coefficient changes the objective by more than this part of the null deviance'),
    importance: z.boolean().default(false).describe('Permutation importance of each column: rise of the Brier score of the training rows when its values are shuffled'),
  }),
  load: () => import('./run.js'),
});
