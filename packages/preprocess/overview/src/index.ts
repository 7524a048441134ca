import { definePreprocess } from '@radloom/core';
import { z } from 'zod';

export default definePreprocess({
  name: 'overview',
  summary: 'Describes a case for people: how it was scanned, how large the region of interest is, three small pictures of it',
  params: z.strictObject({
    pixels: z.int().min(8).max(256).default(96).describe('Most pixels along a side of a picture'),
    surroundings: z.number().min(0).default(0.35).describe("Shown around the ROI on each side, as a part of the ROI's longest extent"),
    smallest: z.number().positive().default(30).describe('Least side of what a picture shows, in mm'),
  }),
  inputs: {
    image: { type: 'volume' },
    /** The ROI as it was drawn: before resampling and re-segmentation. */
    mask: { type: 'mask' },
    /** What features are computed on; a list, so that a region that cannot be made leaves the rest. */
    regions: { type: 'region', many: true, optional: true },
  },
  outputs: { overview: { type: 'data' } },
  load: () => import('./run.js'),
});
