import { defineSplitter, type Operation, type Plugin } from '@radloom/core';
import { z } from 'zod';

const params = z.strictObject({
  column: z.string().default('cohort').describe('Column that says which cohort a row belongs to'),
  external: z.array(z.union([z.string(), z.number()])).min(1).default(['external']).describe('Values of the column that mark the rows of the external test cohort'),
});

const splitter = defineSplitter({
  name: 'external',
  summary: 'An external test cohort: all rows that a column marks are held out, none of them ever teaches',
  params,
  elements: () => ['external'],
  load: () => import('./run.js'),
});

const plugin: Plugin = {
  ...splitter,
  operations: {
    ...splitter.operations,
    assign: {
      // The mark is no predictor, so it need not stand in the table that is split.
      inputs: { table: { type: 'table', partition: 'any' }, groups: { type: 'table', partition: 'any', optional: true } },
      outputs: { folds: { type: 'data' } },
      load: async () => (await import('./run.js')).run as Operation,
    },
  },
};

export default plugin;
