import { defineSelector } from '@radloom/core';
import { z } from 'zod';

export default defineSelector({
  name: 'lasso',
  summary: 'Keeps the columns to which a cross-validated penalised logistic regression gives a coefficient',
  params: z.strictObject({
    folds: z.int().min(3).default(10).describe('Folds of the cross-validation, dealt by outcome.'),
    rule: z.enum(['lambda.1se', 'lambda.min']).default('lambda.1se').describe('The strongest penalty within one standard error of the best, or the best.'),
    alpha: z.number().min(0.01).max(1).default(1).describe('1 lasso; smaller mixes in ridge (elastic net).'),
    loss: z.enum(['deviance', 'auc', 'class', 'mse', 'mae']).default('deviance').describe('What the cross-validation judges by; auc needs ten rows a fold.'),
    lambdaCount: z.int().min(10).default(100).describe('Penalties on the path.'),
    solver: z.enum(['newton', 'cyclical']).default('newton').describe('newton is exact; cyclical takes the steps of glmnet and stops where they do, to repeat a selection made in R.'),
  }),
  load: () => import('./select.js'),
});
