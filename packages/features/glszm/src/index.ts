import { defineFeatureFamily } from '@radloom/core';
import { z } from 'zod';

const thibault = 'Thibault et al. 2009';
const manual = 'IBSI reference manual, section 3.8';

export default defineFeatureFamily({
  name: 'glszm',
  summary: 'Grey level size zone matrix: how large connected zones of equal grey level are',
  params: z.strictObject({
    force2D: z.boolean().default(false).describe('connect voxels within slices only (8 neighbours instead of 26)'),
    force2DDimension: z.union([z.literal(0), z.literal(1), z.literal(2)]).default(0).describe('the axis across slices: 0 = z, 1 = y, 2 = x'),
  }),
  features: [
    { name: 'GrayLevelNonUniformity', ibsi: 'JNSA', unit: '1', summary: 'small when zones are spread evenly over grey levels', source: thibault },
    { name: 'GrayLevelNonUniformityNormalized', ibsi: 'Y1RO', unit: '1', summary: 'GrayLevelNonUniformity divided by the number of zones', source: manual },
    { name: 'GrayLevelVariance', ibsi: 'BYLV', unit: '1', summary: 'variance of the grey levels of zones', source: manual },
    { name: 'HighGrayLevelZoneEmphasis', ibsi: '5GN9', unit: '1', summary: 'mean squared grey level of zones', source: thibault },
    { name: 'LargeAreaEmphasis', ibsi: '48P8', unit: '1', summary: 'mean squared zone size: coarse texture', source: thibault },
    { name: 'LargeAreaHighGrayLevelEmphasis', ibsi: 'J17V', unit: '1', summary: 'large zones of high grey levels', source: thibault },
    { name: 'LargeAreaLowGrayLevelEmphasis', ibsi: 'YH51', unit: '1', summary: 'large zones of low grey levels', source: thibault },
    { name: 'LowGrayLevelZoneEmphasis', ibsi: 'XMSY', unit: '1', summary: 'mean inverse squared grey level of zones', source: thibault },
    { name: 'SizeZoneNonUniformity', ibsi: '4JP3', unit: '1', summary: 'small when zones are spread evenly over sizes', source: thibault },
    { name: 'SizeZoneNonUniformityNormalized', ibsi: 'VB3A', unit: '1', summary: 'SizeZoneNonUniformity divided by the number of zones', source: manual },
    { name: 'SmallAreaEmphasis', ibsi: '5QRC', unit: '1', summary: 'mean inverse squared zone size: fine texture', source: thibault },
    { name: 'SmallAreaHighGrayLevelEmphasis', ibsi: 'HW1V', unit: '1', summary: 'small zones of high grey levels', source: thibault },
    { name: 'SmallAreaLowGrayLevelEmphasis', ibsi: '5RAI', unit: '1', summary: 'small zones of low grey levels', source: thibault },
    { name: 'ZoneEntropy', ibsi: 'GU8N', unit: '1', summary: 'entropy of zone sizes and grey levels', source: manual, profiles: 'pyradiomics adds 2.2e-16 inside the logarithm; ibsi does not.' },
    { name: 'ZonePercentage', ibsi: 'P30P', unit: '1', summary: 'zones per voxel: 1 where no neighbours are equal', source: thibault },
    { name: 'ZoneVariance', ibsi: '3NSA', unit: '1', summary: 'variance of zone sizes', source: manual },
  ],
  load: () => import('./extract.js'),
});
