import { definePreprocess } from '@radloom/core';
import { z } from 'zod';

export default definePreprocess({
  name: 'mask',
  summary: 'Takes one label of a segmentation as the region of interest and checks it against the image',
  params: z.strictObject({
    label: z.int().min(1).default(1).describe('Value of the voxels that make the ROI'),
    name: z.string().min(1).nullable().default(null).describe("Name of the segment that makes the ROI, where the file names its segments; used instead of 'label'"),
    labelChannel: z.int().min(0).default(0).describe('Layer of a segmentation with several; readers give one layer, so only 0 exists today'),
    correctMask: z.boolean().default(false).describe("Put a mask on another grid onto the image's grid, by nearest voxel, instead of refusing it"),
    geometryTolerance: z.number().positive().default(1e-6).describe('How much spacing and origin (in units of the first spacing) and direction cosines of mask and image may differ'),
    minimumROIDimensions: z.int().min(1).max(3).default(2).describe('Axes along which the ROI must be longer than one voxel'),
    minimumROISize: z.int().min(0).nullable().default(null).describe('The ROI must have more voxels than this'),
    deferChecks: z.boolean().default(false).describe('Only look for the label: a resample step follows that puts image and mask on one grid and checks the ROI there'),
  }),
  inputs: { image: { type: 'volume' }, segmentation: { type: 'volume' } },
  outputs: { mask: { type: 'mask' } },
  load: () => import('./run.js'),
});
