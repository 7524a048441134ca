import { definePreprocess } from '@radloom/core';
import { z } from 'zod';

export default definePreprocess({
  name: 'diagnostics',
  summary: "Describes image and mask before and after preprocessing, as PyRadiomics' diagnostics columns do",
  params: z.strictObject({
    label: z.int().positive().default(1).describe('Label of the region in the segmentation.'),
    geometryTolerance: z.number().positive().default(1e-6).describe('Within this, image and segmentation were on one grid from the start.'),
  }),
  inputs: {
    image: { type: 'volume' },
    segmentation: { type: 'volume' },
    corrected: { type: 'mask', optional: true },
    interpolatedImage: { type: 'volume', optional: true },
    interpolatedMask: { type: 'mask', optional: true },
    resegmentedMask: { type: 'mask', optional: true },
  },
  outputs: { diagnostics: { type: 'data' } },
  load: () => import('./run.js'),
});
