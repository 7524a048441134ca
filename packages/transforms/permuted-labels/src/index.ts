import { noParams, type Operation, type Plugin } from '@radloom/core';

const plugin: Plugin = {
  contract: 1,
  kind: 'transform',
  name: 'permuted-labels',
  summary: 'Control: shuffles the outcomes of the training rows, so that nothing is there to be learnt; the whole analysis on them must do no better than chance',
  params: noParams,
  about: { control: true },
  operations: {
    run: {
      inputs: { table: { type: 'table', partition: 'training' } },
      outputs: { table: { type: 'table', partition: 'training' } },
      load: async () => (await import('./permute.js')).permute as unknown as Operation,
    },
  },
};

export default plugin;
