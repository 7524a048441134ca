import { defineTransform } from '@radloom/core';
import { z } from 'zod';

export default defineTransform({
  name: 'yeo-johnson',
  summary: 'Makes columns more symmetric by the power transform of Yeo and Johnson, its power learned on training rows',
  params: z.strictObject({
    columns: z.array(z.string()).default([]).describe('Columns to transform, the others stay as they are; none named: all numeric columns.'),
    lowest: z.number().default(-5).describe('Lowest power that is looked at.'),
    highest: z.number().default(5).describe('Highest power that is looked at.'),
    distinct: z.int().min(2).default(5).describe('Columns with fewer distinct values stay as they are.'),
  }),
  load: () => import('./transform.js'),
});
