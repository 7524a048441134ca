import { definePreprocess } from '@radloom/core';
import { z } from 'zod';

export default definePreprocess({
  name: 'normalise',
  summary: 'Centres the intensities of the whole image at their mean and divides by their standard deviation',
  params: z.strictObject({
    scale: z.number().positive().default(1).describe('The result is multiplied by this'),
    removeOutliers: z.number().positive().nullable().default(null).describe('Values farther from the mean than this many standard deviations are set to that limit; null: none are'),
  }),
  inputs: { volume: { type: 'volume' } },
  outputs: { volume: { type: 'volume' } },
  load: () => import('./run.js'),
});
