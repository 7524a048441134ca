import { defineClassifier } from '@radloom/core';
import { z } from 'zod';

const weight = z.number().positive();

export default defineClassifier({
  name: 'svm',
  summary: 'Support vector machine (C-SVC, solved by libsvm) with probabilities by Platt scaling',
  params: z.strictObject({
    kernel: z
      .enum(['rbf', 'linear', 'polynomial', 'sigmoid'])
      .default('rbf')
      .describe('rbf exp(-gamma |u-v|^2); linear u.v; polynomial (gamma u.v + coef0)^degree; sigmoid tanh(gamma u.v + coef0)'),
    cost: z.number().positive().default(1).describe('Price C of a training row on the wrong side of its margin'),
    gamma: z
      .union([z.literal('auto'), z.number().positive()])
      .default('auto')
      .describe('Width of the kernel; auto is 1 / (columns x variance of all values after scaling, with 1/n)'),
    degree: z.int().positive().default(3).describe('Degree of the polynomial kernel'),
    coef0: z.number().default(0).describe('Constant of the polynomial and sigmoid kernels'),
    tolerance: z.number().positive().default(1e-3).describe('Violation of the optimality conditions at which the solver stops'),
    classWeights: z
      .union([z.literal('balanced'), z.strictObject({ event: weight, none: weight })])
      .default({ event: 1, none: 1 })
      .describe('Factors of the cost per class; balanced is rows / (2 x rows of the class)'),
    scale: z.boolean().default(true).describe('Standardise each column with its mean and standard deviation (n - 1) in the training rows; the model keeps them'),
    probabilityFolds: z.int().min(2).default(5).describe('Folds of the training rows whose held-out decision values the probabilities are fitted to'),
    importance: z.boolean().default(false).describe('Permutation importance of each column: rise of the Brier score of the training rows when its values are shuffled'),
  }),
  load: () => import('./run.js'),
});
