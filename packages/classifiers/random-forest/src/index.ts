import { defineClassifier } from '@radloom/core';
import { z } from 'zod';

const weight = z.number().positive();

export default defineClassifier({
  name: 'random-forest',
  summary: 'Random forest: the mean of the event frequencies in the leaves of many randomised trees',
  params: z.strictObject({
    engine: z
      .enum(['radloom', 'ml-random-forest'])
      .default('radloom')
      .describe('radloom: probability forest, columns drawn at every split; ml-random-forest: that library, columns drawn once a tree, whole votes, far slower'),
    trees: z.int().positive().default(500).describe('Number of trees'),
    mtry: z
      .union([z.literal('sqrt'), z.int().positive()])
      .default('sqrt')
      .describe('Columns drawn to choose a split from; sqrt is the square root of their number, rounded down; a number above theirs means all, with a warning'),
    minNodeSize: z.int().positive().default(10).describe('A node of at most this many drawn rows is not split further'),
    sampleFraction: z.number().positive().max(1).default(1).describe('Rows drawn for a tree, with replacement, as a part of the training rows'),
    classWeights: z
      .union([z.literal('balanced'), z.strictObject({ event: weight, none: weight })])
      .default({ event: 1, none: 1 })
      .describe('Weights of the classes, in the choice of splits and in the frequencies of leaves; balanced weighs a class by rows / (2 x rows of the class)'),
    caseWeights: z.record(z.string(), z.number().nonnegative()).default({}).describe('Weights of rows, by id, in the draw of rows for a tree; 1 for a row not named'),
    importance: z.boolean().default(false).describe('Permutation importance of each column, from the rows that a tree did not draw'),
  }),
  load: () => import('./run.js'),
});
