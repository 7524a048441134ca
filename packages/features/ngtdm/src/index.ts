import { defineFeatureFamily } from '@radloom/core';
import { z } from 'zod';

const amadasun = 'Amadasun & King 1989';
const lonely = 'pyradiomics counts voxels without neighbours, with difference 0; ibsi leaves them out.';

export default defineFeatureFamily({
  name: 'ngtdm',
  summary: 'Neighbouring grey tone difference matrix: how each voxel differs from the mean of its neighbours',
  params: z.strictObject({
    distances: z.array(z.int().positive()).min(1).default([1]).describe('how far away neighbours lie, in voxels (infinity norm); several distances are several shells'),
    force2D: z.boolean().default(false).describe('look for neighbours within slices only'),
    force2DDimension: z.union([z.literal(0), z.literal(1), z.literal(2)]).default(0).describe('the axis across slices: 0 = z, 1 = y, 2 = x'),
  }),
  features: [
    { name: 'Busyness', ibsi: 'NQ30', unit: '1', summary: 'rate of change between neighbours, for the range of levels; large when levels change rapidly', source: amadasun, profiles: `${lonely} 0 where no two levels differ in p i.` },
    { name: 'Coarseness', ibsi: 'QCDE', unit: '1', summary: 'inverse of the summed differences: large when neighbours are alike', source: `${amadasun}, eq. 8`, profiles: `${lonely} 1000000 where all differences are 0.` },
    { name: 'Complexity', ibsi: 'HDEZ', unit: '1', summary: 'many levels that change rapidly', source: amadasun, profiles: lonely },
    { name: 'Contrast', ibsi: '65HE', unit: '1', summary: 'range of levels times rate of change', source: amadasun, profiles: `${lonely} 0 for one level.` },
    { name: 'Strength', ibsi: '1X9X', unit: '1', summary: 'large when levels form clearly visible patches', source: amadasun, profiles: `${lonely} 0 where all differences are 0.` },
  ],
  load: () => import('./extract.js'),
});
