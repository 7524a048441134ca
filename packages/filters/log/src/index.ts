import { defineFilter } from '@radloom/core';
import { z } from 'zod';
import { imageName } from './image-name.js';

/** Laplacian of Gaussian: edges and blobs of a chosen size. One image a sigma, `log-sigma-2-0-mm-3D`. */
export default defineFilter({
  name: 'log',
  summary: 'Laplacian of Gaussian by recursive filters: enhances edges and blobs of the size of sigma',
  params: z.strictObject({
    sigma: z
      .array(z.union([z.number().positive(), z.string().regex(/^\+?(?!0*\.?0*([eE]|$))(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/, 'a positive number')]))
      .min(1)
      .default([1, 2, 3])
      .describe('Standard deviations of the Gaussian, mm; one image each. A number names its image as Python writes a float (2 becomes sigma-2-0), a text as it stands ("2" becomes sigma-2)'),
    normaliseAcrossScale: z.boolean().default(true).describe('Multiply by sigma squared, so that responses at several sigmas compare; PyRadiomics always does'),
  }),
  outputs: ({ sigma }) => [...new Set(sigma.map(imageName))],
  load: () => import('./apply.js'),
});
