import { noParams, type Operation, type Plugin } from '@radloom/core';

const plugin: Plugin = {
  contract: 1,
  kind: 'transform',
  name: 'rejoin',
  summary: 'Puts both sides of a fold together again, for steps that learn from all rows as a publication did',
  params: noParams,
  about: {},
  operations: {
    run: {
      inputs: { training: { type: 'table', partition: 'any' }, test: { type: 'table', partition: 'any' } },
      // Nobody may learn from these rows, unless the step says as-published.
      outputs: { table: { type: 'table', partition: 'all' } },
      load: async () => (await import('./rejoin.js')).rejoin as unknown as Operation,
    },
  },
};

export default plugin;
