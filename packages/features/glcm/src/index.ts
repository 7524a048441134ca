import { defineFeatureFamily } from '@radloom/core';
import { z } from 'zod';

const haralick = 'Haralick et al. 1973';
const manual = 'IBSI reference manual, section 3.6';
const pairedBoth = 'Only for symmetrical matrices is this the mean over both voxels of a pair.';
const epsilon = 'pyradiomics adds 2.2e-16 inside the logarithm; ibsi does not.';

export default defineFeatureFamily({
  name: 'glcm',
  summary: 'Grey level co-occurrence matrix: how often two grey levels meet in neighbouring voxels',
  params: z.strictObject({
    distances: z.array(z.int().positive()).min(1).default([1]).describe('how far apart the two voxels of a pair lie, in voxels (infinity norm); several distances are several shells'),
    symmetrical: z.boolean().default(true).describe('count every pair in both orders'),
    weightingNorm: z
      .enum(['manhattan', 'euclidean', 'infinity', 'no_weighting'])
      .nullable()
      .default(null)
      .describe('null: features are averaged over directions; otherwise matrices are summed first, weighted by exp(-d^2) with d the distance in mm under this norm (no_weighting: all alike)'),
    force2D: z.boolean().default(false).describe('look for neighbours within slices only'),
    force2DDimension: z.union([z.literal(0), z.literal(1), z.literal(2)]).default(0).describe('the axis across slices: 0 = z, 1 = y, 2 = x'),
  }),
  features: [
    { name: 'Autocorrelation', ibsi: 'QWB0', unit: '1', summary: 'mean product of the levels of two neighbours', source: `${manual}, Soh & Tsatsoulis 1999` },
    { name: 'ClusterProminence', ibsi: 'AE86', unit: '1', summary: 'fourth power of the deviation of the pair sum from its mean; large when pairs far from the mean are frequent', source: `${manual}, Unser 1986` },
    { name: 'ClusterShade', ibsi: '7NFM', unit: '1', summary: 'third power of the deviation of the pair sum from its mean: skewness of the matrix', source: `${manual}, Unser 1986` },
    { name: 'ClusterTendency', ibsi: 'DG8W', unit: '1', summary: 'variance of the pair sum: how much neighbours resemble each other in groups', source: `${manual}, Unser 1986` },
    { name: 'Contrast', ibsi: 'ACUI', unit: '1', summary: 'mean squared level difference of neighbours', source: `${haralick}, f2` },
    { name: 'Correlation', ibsi: 'NI2N', unit: '1', summary: 'linear correlation between the levels of neighbours', source: `${haralick}, f3`, profiles: 'pyradiomics adds 2.2e-16 to the denominator and gives 1 where all pairs have one level; ibsi leaves that case undefined.' },
    { name: 'DifferenceAverage', ibsi: 'TF7R', unit: '1', summary: 'mean absolute level difference of neighbours; equals Dissimilarity', source: manual },
    { name: 'DifferenceEntropy', ibsi: 'NTRS', unit: '1', summary: 'entropy of the level difference of neighbours', source: `${haralick}, f11`, profiles: epsilon },
    { name: 'DifferenceVariance', ibsi: 'D3YU', unit: '1', summary: 'variance of the level difference of neighbours', source: `${haralick}, f10` },
    { name: 'Id', ibsi: 'IB1Z', unit: '1', summary: 'inverse difference: near 1 where neighbours have similar levels; equals Homogeneity1', source: `${manual}, Clausi 2002` },
    { name: 'Idm', ibsi: 'WF0Z', unit: '1', summary: 'inverse difference moment: as Id, differences squared; equals Homogeneity2', source: `${haralick}, f5` },
    { name: 'Idmn', ibsi: '1QCO', unit: '1', summary: 'inverse difference moment with differences divided by the number of levels', source: `${manual}, Clausi 2002`, profiles: 'pyradiomics divides by the highest level in the region, ibsi by the number of levels of the discretisation.' },
    { name: 'Idn', ibsi: 'NDRX', unit: '1', summary: 'inverse difference with differences divided by the number of levels', source: `${manual}, Clausi 2002`, profiles: 'pyradiomics divides by the highest level in the region, ibsi by the number of levels of the discretisation.' },
    { name: 'Imc1', ibsi: 'R8DG', unit: '1', summary: 'information correlation 1: mutual information of neighbours over the larger marginal entropy, negative', source: `${haralick}, f12`, profiles: 'pyradiomics divides by the larger marginal entropy and gives 0 for one level; ibsi divides by the entropy of rows, the same for symmetrical matrices.' },
    { name: 'Imc2', ibsi: 'JN9H', unit: '1', summary: 'information correlation 2: 0 for independent neighbours, near 1 for dependent ones', source: `${haralick}, f13`, profiles: epsilon },
    { name: 'InverseVariance', ibsi: 'E8JP', unit: '1', summary: 'mean inverse squared level difference over pairs that differ', source: manual },
    { name: 'JointAverage', ibsi: '60VM', unit: '1', summary: 'mean level in the matrix', source: `${manual}, Unser 1986`, profiles: pairedBoth },
    { name: 'JointEnergy', ibsi: '8ZQL', unit: '1', summary: 'sum of squared probabilities (angular second moment): large when few pairs of levels dominate', source: `${haralick}, f1` },
    { name: 'JointEntropy', ibsi: 'TU9B', unit: '1', summary: 'entropy of the matrix: large when all pairs of levels are alike frequent', source: `${haralick}, f9`, profiles: epsilon },
    { name: 'MCC', unit: '1', summary: 'maximal correlation coefficient: the largest correlation that any recoding of levels gives to neighbours', source: `${haralick}, f14`, profiles: 'Not in ibsi. pyradiomics adds 2.2e-16 to each denominator and gives 1 for one level.' },
    { name: 'MaximumProbability', ibsi: 'GYBY', unit: '1', summary: 'probability of the most frequent pair of levels', source: manual },
    { name: 'SumAverage', ibsi: 'ZGXS', unit: '1', summary: 'mean of the pair sum; twice JointAverage for symmetrical matrices', source: `${haralick}, f6` },
    { name: 'SumEntropy', ibsi: 'P6QZ', unit: '1', summary: 'entropy of the pair sum', source: `${haralick}, f8`, profiles: epsilon },
    { name: 'SumSquares', ibsi: 'UR99', unit: '1', summary: 'variance of the levels in the matrix (joint variance)', source: `${haralick}, f4`, profiles: pairedBoth },
  ],
  load: () => import('./extract.js'),
});
