import { z } from 'zod';

export const name = 'icc';
export const summary = 'Keeps the features on which two readers agree: intraclass correlation of the features from both segmentations';

export const params = z.strictObject({
  form: z
    .enum(['ICC(1,1)', 'ICC(2,1)', 'ICC(3,1)', 'ICC(1,k)', 'ICC(2,k)', 'ICC(3,k)'])
    .default('ICC(2,1)')
    .describe('1: readers differ from case to case; 2: the same readers, absolute agreement; 3: the same readers, consistency. 1 of one reading, k of the mean of both.'),
  threshold: z.number().min(-1).max(1).default(0.75).describe('Features at or above this stay.'),
  bound: z.enum(['lower', 'estimate']).default('lower').describe('What must reach the threshold: the lower confidence limit, or the estimate.'),
  level: z.number().gt(0).lt(1).default(0.95).describe('Level of the two-sided interval whose lower limit is taken.'),
});
