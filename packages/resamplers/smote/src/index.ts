import type { Operation, Plugin } from '@radloom/core';
import { z } from 'zod';

const plugin: Plugin = {
  contract: 1,
  kind: 'resampler',
  name: 'smote',
  summary: 'SMOTE: adds synthetic rows of the rarer class, each between a row and one of its nearest neighbours; in training rows only',
  params: z.strictObject({
    neighbours: z.int().positive().default(5).describe('Nearest rows of the same class, one of which is the other end'),
    ratio: z.number().positive().max(1).default(1).describe('Rows of the rarer class for each of the other, afterwards'),
    scale: z.boolean().default(true).describe('Measure distances in standard deviations of each column'),
  }),
  about: {},
  operations: {
    resample: {
      inputs: { table: { type: 'table', partition: 'training' } },
      outputs: { table: { type: 'table', partition: 'training' } },
      load: async () => (await import('./run.js')).resample as unknown as Operation,
    },
  },
};

export default plugin;
