import { noParams, type Operation, type Plugin } from '@radloom/core';

const plugin: Plugin = {
  contract: 1,
  kind: 'transform',
  name: 'random-features',
  summary: 'Control: replaces every feature by noise, so that nothing is there to be learnt; the whole analysis on it must do no better than chance',
  params: noParams,
  about: { control: true },
  operations: {
    run: {
      inputs: { table: { type: 'table', partition: 'any' } },
      outputs: { table: { type: 'table', partition: { from: 'table' } } },
      load: async () => (await import('./replace.js')).replace as unknown as Operation,
    },
  },
};

export default plugin;
