import { defineFilter } from '@radloom/core';
import { z } from 'zod';

/** Steepness: the length of the intensity gradient. One image, `gradient`. */
export default defineFilter({
  name: 'gradient',
  summary: 'Length of the intensity gradient, from central differences',
  params: z.strictObject({
    useSpacing: z.boolean().default(true).describe('Differences per mm; otherwise per voxel'),
  }),
  outputs: () => ['gradient'],
  load: () => import('./apply.js'),
});
