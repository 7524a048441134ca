import { defineFeatureFamily } from '@radloom/core';
import { z } from 'zod';

const galloway = 'Galloway 1975';
const chu = 'Chu et al. 1990';
const dasarathy = 'Dasarathy & Holder 1991';
const manual = 'IBSI reference manual, section 3.7';

export default defineFeatureFamily({
  name: 'glrlm',
  summary: 'Grey level run length matrix: how long lines of equal grey level are, direction by direction',
  params: z.strictObject({
    weightingNorm: z
      .enum(['manhattan', 'euclidean', 'infinity', 'no_weighting'])
      .nullable()
      .default(null)
      .describe('null: features are averaged over directions; otherwise matrices are summed first, weighted by the distance between neighbours in mm under this norm (no_weighting: all alike)'),
    force2D: z.boolean().default(false).describe('follow runs within slices only'),
    force2DDimension: z.union([z.literal(0), z.literal(1), z.literal(2)]).default(0).describe('the axis across slices: 0 = z, 1 = y, 2 = x'),
  }),
  features: [
    { name: 'GrayLevelNonUniformity', ibsi: 'R5YN', unit: '1', summary: 'small when runs are spread evenly over grey levels', source: galloway },
    { name: 'GrayLevelNonUniformityNormalized', ibsi: 'OVBL', unit: '1', summary: 'GrayLevelNonUniformity divided by the number of runs', source: manual },
    { name: 'GrayLevelVariance', ibsi: '8CE5', unit: '1', summary: 'variance of the grey levels of runs', source: manual },
    { name: 'HighGrayLevelRunEmphasis', ibsi: 'G3QZ', unit: '1', summary: 'mean squared grey level of runs', source: chu },
    { name: 'LongRunEmphasis', ibsi: 'W4KF', unit: '1', summary: 'mean squared run length: coarse texture', source: galloway },
    { name: 'LongRunHighGrayLevelEmphasis', ibsi: '3KUM', unit: '1', summary: 'long runs of high grey levels', source: dasarathy },
    { name: 'LongRunLowGrayLevelEmphasis', ibsi: 'IVPO', unit: '1', summary: 'long runs of low grey levels', source: dasarathy },
    { name: 'LowGrayLevelRunEmphasis', ibsi: 'V3SW', unit: '1', summary: 'mean inverse squared grey level of runs', source: chu },
    { name: 'RunEntropy', ibsi: 'HJ9O', unit: '1', summary: 'entropy of run lengths and grey levels', source: manual, profiles: 'pyradiomics adds 2.2e-16 inside the logarithm; ibsi does not.' },
    { name: 'RunLengthNonUniformity', ibsi: 'W92Y', unit: '1', summary: 'small when runs are spread evenly over lengths', source: galloway },
    { name: 'RunLengthNonUniformityNormalized', ibsi: 'IC23', unit: '1', summary: 'RunLengthNonUniformity divided by the number of runs', source: manual },
    { name: 'RunPercentage', ibsi: '9ZK5', unit: '1', summary: 'runs per voxel: 1 where no neighbours are equal', source: galloway },
    { name: 'RunVariance', ibsi: 'SXLW', unit: '1', summary: 'variance of run lengths', source: manual },
    { name: 'ShortRunEmphasis', ibsi: '22OV', unit: '1', summary: 'mean inverse squared run length: fine texture', source: galloway },
    { name: 'ShortRunHighGrayLevelEmphasis', ibsi: 'GD3A', unit: '1', summary: 'short runs of high grey levels', source: dasarathy },
    { name: 'ShortRunLowGrayLevelEmphasis', ibsi: 'HTZT', unit: '1', summary: 'short runs of low grey levels', source: dasarathy },
  ],
  load: () => import('./extract.js'),
});
