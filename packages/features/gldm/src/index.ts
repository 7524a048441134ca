import { defineFeatureFamily } from '@radloom/core';
import { z } from 'zod';

const sun = 'Sun & Wee 1983';
const manual = 'IBSI reference manual, section 3.11';

export default defineFeatureFamily({
  name: 'gldm',
  summary: 'Grey level dependence matrix: how many neighbours resemble a voxel',
  params: z.strictObject({
    alpha: z.int().nonnegative().default(0).describe('a neighbour depends on a voxel when their grey levels differ by at most this (PyRadiomics: gldm_a)'),
    distances: z.array(z.int().positive()).min(1).default([1]).describe('how far away neighbours lie, in voxels (infinity norm); several distances are several shells'),
    force2D: z.boolean().default(false).describe('look for neighbours within slices only'),
    force2DDimension: z.union([z.literal(0), z.literal(1), z.literal(2)]).default(0).describe('the axis across slices: 0 = z, 1 = y, 2 = x'),
  }),
  features: [
    { name: 'DependenceEntropy', ibsi: 'FCBV', unit: '1', summary: 'entropy of dependences and grey levels', source: manual, profiles: 'pyradiomics adds 2.2e-16 inside the logarithm; ibsi does not.' },
    { name: 'DependenceNonUniformity', ibsi: 'Z87G', unit: '1', summary: 'small when voxels are spread evenly over dependences', source: sun },
    { name: 'DependenceNonUniformityNormalized', ibsi: 'OKJI', unit: '1', summary: 'DependenceNonUniformity divided by the number of voxels', source: manual },
    { name: 'DependenceVariance', ibsi: 'DNX2', unit: '1', summary: 'variance of dependences', source: manual },
    { name: 'GrayLevelNonUniformity', ibsi: 'FP8K', unit: '1', summary: 'small when voxels are spread evenly over grey levels; divided by the number of voxels it is first order Uniformity', source: manual },
    { name: 'GrayLevelVariance', ibsi: '1PFV', unit: '1', summary: 'variance of grey levels', source: manual },
    { name: 'HighGrayLevelEmphasis', ibsi: 'OAE7', unit: '1', summary: 'mean squared grey level', source: manual },
    { name: 'LargeDependenceEmphasis', ibsi: 'IMOQ', unit: '1', summary: 'mean squared dependence: homogeneous texture', source: sun },
    { name: 'LargeDependenceHighGrayLevelEmphasis', ibsi: '9QMG', unit: '1', summary: 'large dependences of high grey levels', source: manual },
    { name: 'LargeDependenceLowGrayLevelEmphasis', ibsi: 'NBZI', unit: '1', summary: 'large dependences of low grey levels', source: manual },
    { name: 'LowGrayLevelEmphasis', ibsi: 'TL9H', unit: '1', summary: 'mean inverse squared grey level', source: manual },
    { name: 'SmallDependenceEmphasis', ibsi: 'SODN', unit: '1', summary: 'mean inverse squared dependence: heterogeneous texture', source: sun },
    { name: 'SmallDependenceHighGrayLevelEmphasis', ibsi: 'JA6D', unit: '1', summary: 'small dependences of high grey levels', source: manual },
    { name: 'SmallDependenceLowGrayLevelEmphasis', ibsi: 'EQ3F', unit: '1', summary: 'small dependences of low grey levels', source: manual },
  ],
  load: () => import('./extract.js'),
});
