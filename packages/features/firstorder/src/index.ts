import { defineFeatureFamily } from '@radloom/core';
import { z } from 'zod';

const manual = 'IBSI reference manual, section 3.3';
const histogram = 'IBSI reference manual, section 3.4';

export default defineFeatureFamily({
  name: 'firstorder',
  summary: 'First order statistics: the distribution of intensities in the region, wherever they lie',
  params: z.strictObject({
    voxelArrayShift: z.number().default(0).describe('added to each intensity in Energy, TotalEnergy and RootMeanSquared, so that negative values do not count like positive ones'),
  }),
  features: [
    { name: '10Percentile', ibsi: 'QG58', unit: 'intensity', summary: 'a tenth of the voxels lie below', source: manual },
    { name: '90Percentile', ibsi: '8DWT', unit: 'intensity', summary: 'a tenth of the voxels lie above', source: manual },
    { name: 'Energy', ibsi: 'N8CA', unit: 'intensity2', summary: 'sum of squared intensities', source: manual, profiles: 'pyradiomics adds voxelArrayShift to each intensity; ibsi does not.' },
    { name: 'Entropy', ibsi: 'TLU2', unit: '1', summary: 'entropy of the grey levels, in bits', source: histogram, profiles: 'pyradiomics adds 2.2e-16 inside the logarithm; ibsi does not, and counts it among the intensity histogram features.' },
    { name: 'InterquartileRange', ibsi: 'SALO', unit: 'intensity', summary: '75th less 25th percentile', source: manual },
    { name: 'Kurtosis', ibsi: 'IPH6', unit: '1', summary: 'weight of the tails; 3 for a normal distribution', source: manual, profiles: 'ibsi subtracts 3 (excess kurtosis). pyradiomics gives 0 for a constant region.' },
    { name: 'Maximum', ibsi: '84IY', unit: 'intensity', summary: 'largest intensity', source: manual },
    { name: 'Mean', ibsi: 'Q4LE', unit: 'intensity', summary: 'mean intensity', source: manual },
    { name: 'MeanAbsoluteDeviation', ibsi: '4FUA', unit: 'intensity', summary: 'mean distance from the mean', source: manual },
    { name: 'Median', ibsi: 'Y12H', unit: 'intensity', summary: 'half of the voxels lie below', source: manual },
    { name: 'Minimum', ibsi: '1GSF', unit: 'intensity', summary: 'smallest intensity', source: manual },
    { name: 'Range', ibsi: '2OJQ', unit: 'intensity', summary: 'maximum less minimum', source: manual },
    { name: 'RobustMeanAbsoluteDeviation', ibsi: '1128', unit: 'intensity', summary: 'mean distance from the mean, of the voxels from the 10th to the 90th percentile', source: manual },
    { name: 'RootMeanSquared', ibsi: '5ZWQ', unit: 'intensity', summary: 'root of the mean squared intensity', source: manual, profiles: 'pyradiomics adds voxelArrayShift to each intensity; ibsi does not.' },
    { name: 'Skewness', ibsi: 'KE2A', unit: '1', summary: 'asymmetry: positive when high intensities reach further than low ones', source: manual, profiles: 'pyradiomics gives 0 for a constant region.' },
    { name: 'StandardDeviation', unit: 'intensity', summary: 'root of Variance', source: 'PyRadiomics 3.1', deprecated: true, profiles: 'Not in ibsi.' },
    { name: 'TotalEnergy', unit: 'intensity2 mm3', summary: 'Energy times the volume of a voxel', source: 'PyRadiomics 3.1', profiles: 'Not in ibsi. pyradiomics adds voxelArrayShift to each intensity.' },
    { name: 'Uniformity', ibsi: 'BJ5W', unit: '1', summary: 'sum of squared shares of the grey levels: 1 for one level', source: histogram, profiles: 'ibsi counts it among the intensity histogram features.' },
    { name: 'Variance', ibsi: 'ECT3', unit: 'intensity2', summary: 'mean squared distance from the mean (divided by n)', source: manual },
  ],
  load: () => import('./extract.js'),
});
