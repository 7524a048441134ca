import type { Operation, Plugin } from '@radloom/core';
import { z } from 'zod';

const columns = z.strictObject({
  input: z.string().describe('Name of the gathered step.'),
  prefix: z.string().describe('Put before each feature name.'),
  features: z.array(z.string()).describe('Feature names, in the order of the columns.'),
});

const plugin: Plugin = {
  contract: 1,
  kind: 'transform',
  name: 'assemble',
  summary: 'Gathers the features of all cases and the clinical table into one table, one row a case',
  params: z.strictObject({
    columns: z.array(columns).default([]).describe('The columns that each gathered step fills: fixed, whatever fails.'),
    outcome: z.strictObject({ column: z.string(), event: z.string(), separatedBy: z.array(z.string()).optional() }).nullable().default(null).describe('Outcome column of the clinical table, and the value that is the event.'),
    clinicalColumns: z.array(z.string()).default([]).describe('Columns of the clinical table that models may use; two categories become 0 and 1.'),
    undefinedCodes: z.array(z.string()).default(['filter-not-applicable']).describe('Failures that leave the values of their step undefined and the case in the table.'),
  }),
  about: {},
  operations: {
    run: {
      // Cases that were read from the same files, by the digest of these.
      inputs: { features: { type: 'features', many: true }, shared: { type: 'data', optional: true }, clinical: { type: 'table', optional: true, partition: 'any' } },
      outputs: { table: { type: 'table', partition: 'all' } },
      load: async () => (await import('./assemble.js')).assemble as unknown as Operation,
    },
  },
};

export default plugin;
