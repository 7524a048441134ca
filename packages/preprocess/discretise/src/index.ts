import { definePreprocess } from '@radloom/core';
import { z } from 'zod';

export default definePreprocess({
  name: 'discretise',
  summary: 'Cuts an image to the box of the region of interest and sorts its intensities into grey levels',
  params: z.strictObject({
    binWidth: z.number().positive().default(25).describe('Width of a grey level in units of intensity; edges are multiples of it'),
    binCount: z.int().min(1).nullable().default(null).describe("Number of grey levels between the ROI's lowest and highest intensity; used instead of 'binWidth'"),
    morphologyBox: z
      .enum(['own', 'intensity'])
      .default('own')
      .describe("own: shape is measured on the whole mask before re-segmentation; intensity: on the part of it inside the re-segmented mask's box, as PyRadiomics does"),
  }),
  inputs: { volume: { type: 'volume' }, mask: { type: 'mask' }, morphology: { type: 'mask', optional: true } },
  outputs: { region: { type: 'region' } },
  load: () => import('./run.js'),
});
