import { defineSplitter, type Operation, type Plugin } from '@radloom/core';
import { z } from 'zod';
import { apparent, foldId } from './fold-id.js';

const splitter = defineSplitter({
  name: 'bootstrap',
  summary: 'Bootstrap samples of patients: those drawn train, as often as they were drawn, the others are held out; and one fold of all rows',
  params: z.strictObject({
    samples: z.int().min(2).default(50).describe('Number of bootstrap samples'),
    stratify: z.boolean().default(true).describe('Draw within each class of the outcome, so that every sample has its share'),
    pool: z.number().min(0).lt(1).default(0).describe('Do not stratify when a class has a smaller part of the patients than this (rsample: 0.1)'),
  }),
  elements: ({ samples }) => [...Array.from({ length: samples }, (_, i) => foldId(i)), apparent],
  load: () => import('./run.js'),
});

const plugin: Plugin = {
  ...splitter,
  operations: {
    ...splitter.operations,
    // Rows are drawn several times, which the usual division into two sides does not know.
    take: { ...splitter.operations.take, load: async () => (await import('./take.js')).take as Operation },
  },
};

export default plugin;
