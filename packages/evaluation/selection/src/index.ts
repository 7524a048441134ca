import type { Operation, Plugin } from '@radloom/core';
import { z } from 'zod';

const plugin: Plugin = {
  contract: 1,
  kind: 'evaluation',
  name: 'selection',
  summary: 'What a selection kept: how the chosen features relate to each other, the score that the lasso makes of them, and how often each is chosen over folds',
  params: z.strictObject({
    correlation: z.enum(['pearson', 'spearman']).default('pearson').describe('Correlation of the chosen features in the training rows'),
    level: z.number().gt(0).lt(1).default(0.95).describe('Level of the confidence intervals'),
  }),
  about: {},
  operations: {
    // One fold: the chosen columns of both sides, and the selectors that chose them.
    run: {
      inputs: { models: { type: 'model', many: true, optional: true }, training: { type: 'table', partition: 'training' }, test: { type: 'table', partition: 'any', optional: true } },
      outputs: { metrics: { type: 'metrics' } },
      load: async () => (await import('./run.js')).run as unknown as Operation,
    },
    // All folds: the selectors of each, in the order of the selection.
    stability: {
      inputs: { models: { type: 'model', many: true } },
      outputs: { metrics: { type: 'metrics' } },
      load: async () => (await import('./stability.js')).stability as unknown as Operation,
    },
  },
};

export default plugin;
