import { definePreprocess } from '@radloom/core';
import type { Interpolator } from '@radloom/imaging';
import { z } from 'zod';

/** Spelled out, so that listing plugins loads no imaging code. */
const interpolators = ['nearest', 'linear', 'bspline', 'bspline1', 'bspline2', 'bspline3', 'bspline4', 'bspline5', 'gaussian', 'hammingSinc', 'cosineSinc', 'welchSinc', 'lanczosSinc', 'blackmanSinc'] as const satisfies readonly Interpolator[];

export default definePreprocess({
  name: 'resample',
  summary: 'Puts image and mask on a grid of chosen voxel spacing around the region of interest, or cuts both to its surroundings',
  params: z.strictObject({
    spacing: z.tuple([z.number().min(0), z.number().min(0), z.number().min(0)]).nullable().default(null).describe("Voxel spacing along x, y, z in mm; 0 keeps the mask's; null: no resampling"),
    interpolator: z.enum(interpolators).default('bspline').describe("How values between voxels are found; 'bspline' is of order 3. The mask is always resampled by nearest voxel"),
    padDistance: z.int().min(0).default(5).describe("Voxels kept around the ROI's box, in the new grid"),
    preCrop: z.boolean().default(false).describe("Without resampling: cut image and mask to the ROI's box and padDistance voxels around, so that filters see only that"),
    minimumROIDimensions: z.int().min(1).max(3).default(2).describe('Axes along which the ROI must be longer than one voxel afterwards'),
    minimumROISize: z.int().min(0).nullable().default(null).describe('The ROI must have more voxels than this afterwards'),
  }),
  inputs: { volume: { type: 'volume' }, mask: { type: 'mask' } },
  outputs: { volume: { type: 'volume' }, mask: { type: 'mask' } },
  load: () => import('./run.js'),
});
