import { defineSelector, type Plugin } from '@radloom/core';
import { name, params, summary } from './settings.js';

const selector = defineSelector({ name, summary, params, load: () => import('./select.js') });

const plugin: Plugin = {
  ...selector,
  operations: {
    ...selector.operations,
    fit: {
      // The second reader's features need not cover every case; of its rows those of the training table are used.
      inputs: { ...selector.operations.fit.inputs, second: { type: 'table', partition: 'any', optional: true } },
      outputs: selector.operations.fit.outputs,
      load: async () => (await import('./fit.js')).fit,
    },
  },
};

export default plugin;
