import { defineSplitter, type Plugin, takingSides } from '@radloom/core';
import { z } from 'zod';
import { foldId } from './fold-id.js';

const splitter = defineSplitter({
  name: 'k-fold',
  summary: 'Repeated k-fold assignment: in each repeat every patient is held out once, with each class of the outcome dealt out evenly',
  params: z.strictObject({
    folds: z.int().min(2).default(10).describe('Number of folds'),
    repeats: z.int().positive().default(1).describe('How many times the patients are dealt out anew'),
    stratify: z.boolean().default(true).describe('Deal out each class of the outcome on its own'),
    pool: z.number().min(0).lt(1).default(0).describe('Do not stratify when a class has a smaller part of the patients than this (rsample: 0.1)'),
  }),
  elements: ({ folds, repeats }) => Array.from({ length: repeats * folds }, (_, i) => foldId(Math.floor(i / folds), i % folds)),
  load: () => import('./run.js'),
});

const plugin: Plugin = {
  ...splitter,
  operations: {
    ...splitter.operations,
    // For tuning, the training rows are divided once more: what is held out there is a test row to what is learned there.
    'take-tuning': takingSides('tuning', 'training'),
  },
};

export default plugin;
