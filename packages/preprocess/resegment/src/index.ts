import { definePreprocess } from '@radloom/core';
import { z } from 'zod';

export default definePreprocess({
  name: 'resegment',
  summary: 'Keeps the voxels of the region of interest whose intensity lies in a range',
  params: z.strictObject({
    range: z.array(z.number()).min(1).max(2).nullable().default(null).describe('Lower bound, or lower and upper bound, both included; null: nothing is left out'),
    mode: z
      .enum(['absolute', 'relative', 'sigma'])
      .default('absolute')
      .describe("What the bounds count in: 'absolute' intensities, 'relative' to the ROI's maximum, or 'sigma': standard deviations from the ROI's mean"),
    minimumROIDimensions: z.int().min(1).max(3).default(2).describe('Axes along which the ROI must be longer than one voxel afterwards'),
    minimumROISize: z.int().min(0).nullable().default(null).describe('The ROI must have more voxels than this afterwards'),
  }),
  inputs: { volume: { type: 'volume' }, mask: { type: 'mask' } },
  outputs: { mask: { type: 'mask' } },
  load: () => import('./run.js'),
});
