import { defineFilter, nearestName } from '@radloom/core';
import { z } from 'zod';
import { imageNames } from './band-names.js';
import { waveletNames } from './wavelet-names.js';

/** Undecimated wavelet bands: `wavelet-LLH` … `wavelet-HHH`, `wavelet-LLL`; letters stand for x, y, z. */
export default defineFilter({
  name: 'wavelet',
  summary: 'Undecimated wavelet decomposition: every combination of low-pass and high-pass along the axes',
  params: z.strictObject({
    wavelet: z
      .enum(waveletNames, {
        error: ({ input }) => {
          const near = nearestName(String(input), waveletNames);
          return `there is no discrete wavelet ${String(input)}${near === undefined ? '' : `; did you mean ${near}`}`;
        },
      })
      .default('coif1')
      .describe('The wavelet, by its PyWavelets name'),
    startLevel: z.int().min(0).default(0).describe('Approximations taken before the first level that is kept'),
    level: z.int().min(1).default(1).describe('Levels kept; each filters the approximation before it'),
    force2D: z.boolean().default(false).describe('Filter within planes only'),
    force2DDimension: z.int().min(0).max(2).default(0).describe('Axis across the planes of force2D: 0 z, 1 y, 2 x'),
  }),
  outputs: imageNames,
  load: () => import('./apply.js'),
});
