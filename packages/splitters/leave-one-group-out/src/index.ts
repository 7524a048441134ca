import { defineSplitter, type Operation, type Plugin } from '@radloom/core';
import { z } from 'zod';

const params = z.strictObject({
  column: z.string().default('centre').describe('Column with the group of each row, such as the centre'),
  groups: z.array(z.string()).default([]).describe('The groups, each held out in turn; a study file fills them in from the cohort table'),
});

const splitter = defineSplitter({
  name: 'leave-one-group-out',
  summary: 'Each group of rows, such as a centre, held out in turn: how a model does where it has never been',
  params,
  elements: ({ groups }) => groups,
  load: () => import('./run.js'),
});

const plugin: Plugin = {
  ...splitter,
  operations: {
    ...splitter.operations,
    assign: {
      // The group is no predictor, so it need not stand in the table that is split.
      inputs: { table: { type: 'table', partition: 'any' }, groups: { type: 'table', partition: 'any', optional: true } },
      outputs: { folds: { type: 'data' } },
      load: async () => (await import('./run.js')).run as Operation,
    },
  },
};

export default plugin;
