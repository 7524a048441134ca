import { defineFilter } from '@radloom/core';
import { z } from 'zod';

/** Local binary patterns plane by plane: each voxel becomes a code of which neighbours on a circle are at least as bright. One image, `lbp-2D`. */
export default defineFilter({
  name: 'lbp2d',
  summary: 'Local binary patterns in planes: which neighbours on a circle are at least as bright',
  params: z.strictObject({
    radius: z.number().positive().default(1).describe('Radius of the circle, voxels'),
    samples: z.int().min(1).max(31).default(8).describe('Points on the circle'),
    method: z
      .enum(['default', 'ror', 'uniform', 'nri_uniform', 'var'])
      .default('uniform')
      .describe('Code: default (all patterns), ror (rotation invariant), uniform (number of bright points where they form one arc), nri_uniform (and where the arc lies), var (variance on the circle)'),
    force2DDimension: z.int().min(0).max(2).default(0).describe('Axis across the planes: 0 z, 1 y, 2 x'),
  }),
  outputs: () => ['lbp-2D'],
  load: () => import('./apply.js'),
});
