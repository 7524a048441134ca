import { defineSplitter } from '@radloom/core';
import { z } from 'zod';

export default defineSplitter({
  name: 'hold-out',
  summary: 'One split into training and test rows, drawn within each class of the outcome',
  params: z.strictObject({
    proportion: z.number().gt(0).lt(1).default(0.75).describe('Part of the patients of each class whose rows are training rows, rounded down to whole patients'),
    stratify: z.boolean().default(true).describe('Draw within each class of the outcome, so that both sides have its share'),
    pool: z.number().min(0).lt(1).default(0).describe('Do not stratify when a class has a smaller part of the patients than this (rsample: 0.1)'),
  }),
  elements: () => ['holdout'],
  load: () => import('./run.js'),
});
