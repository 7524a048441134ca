import { type Operation, type Plugin } from '@radloom/core';
import { z } from 'zod';

const plugin: Plugin = {
  contract: 1,
  kind: 'transform',
  name: 'predictors',
  summary: 'Takes some of the predictors, joins sets of them, and names predictions after the set that they were made from',
  params: z.strictObject({
    columns: z.array(z.string()).default([]).describe('Take: columns that stay; none named: all but those under except.'),
    except: z.array(z.string()).default([]).describe('Take: columns that go.'),
    set: z.string().default('').describe('Label: name of the set, put before the name of the model.'),
  }),
  about: {},
  operations: {
    take: {
      inputs: { table: { type: 'table', partition: 'any' } },
      outputs: { table: { type: 'table', partition: { from: 'table' } } },
      load: async () => (await import('./take.js')).take as unknown as Operation,
    },
    join: {
      inputs: { table: { type: 'table', partition: 'any' }, other: { type: 'table', partition: 'any' } },
      outputs: { table: { type: 'table', partition: { from: 'table' } } },
      load: async () => (await import('./join.js')).join as unknown as Operation,
    },
    label: {
      inputs: { predictions: { type: 'predictions', partition: 'any' } },
      outputs: { predictions: { type: 'predictions', partition: { from: 'predictions' } } },
      load: async () => (await import('./label.js')).label as unknown as Operation,
    },
  },
};

export default plugin;
