import type { Operation, Plugin } from '@radloom/core';
import { z } from 'zod';

const plugin: Plugin = {
  contract: 1,
  kind: 'evaluation',
  name: 'explanation',
  summary: 'What each prediction owes to each feature: SHAP values, exact for logistic regression and forests, by kernel SHAP for other models; and permutation importance',
  params: z.strictObject({
    rows: z.int().positive().default(200).describe('Rows that are explained at most; of more, so many are drawn'),
    shuffles: z.int().positive().default(10).describe('Shuffles of each column for its permutation importance'),
    background: z.int().positive().default(16).describe('Training rows that stand for a feature that is not known (kernel SHAP); those drawn, or all'),
    coalitions: z.int().min(4).default(128).describe('Sets of known features that kernel SHAP evaluates; all of them where there are no more'),
  }),
  // Whose SHAP values are read off the model, so that it need not predict the coalitions.
  about: { exact: ['classifier/logistic', 'classifier/random-forest'] },
  operations: {
    // Rows with shuffled and with unknown features, for the models to predict: no plugin calls another.
    perturb: {
      inputs: { training: { type: 'table', partition: 'training' }, table: { type: 'table', partition: 'any' } },
      outputs: { design: { type: 'data' }, shuffled: { type: 'table', partition: { from: 'table' } }, coalitions: { type: 'table', partition: { from: 'table' } } },
      load: async () => (await import('./perturb.js')).perturb as unknown as Operation,
    },
    run: {
      inputs: {
        design: { type: 'data' },
        models: { type: 'model', many: true },
        training: { type: 'table', partition: 'training' },
        table: { type: 'table', partition: 'any' },
        shuffled: { type: 'predictions', many: true, partition: 'any' },
        coalitions: { type: 'predictions', many: true, partition: 'any', optional: true },
      },
      outputs: { metrics: { type: 'metrics' } },
      load: async () => (await import('./run.js')).run as unknown as Operation,
    },
  },
};

export default plugin;
