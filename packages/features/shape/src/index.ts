import { defineFeatureFamily } from '@radloom/core';
import { z } from 'zod';

const pyradiomics = 'PyRadiomics 3.1, shape';
const divisor = 'pyradiomics divides the covariance by the number of voxels n, ibsi by n - 1: setting covarianceDivisor';

/** Size and form of the region in space: surface mesh, diameters, principal axes. Needs the mask alone. */
export default defineFeatureFamily({
  name: 'shape',
  summary: 'Shape of the region in three dimensions: volume, surface, diameters and principal axes',
  params: z.strictObject({
    covarianceDivisor: z.enum(['n', 'n-1']).default('n').describe('Divisor of the voxel positions\' covariance, n voxels: n as PyRadiomics, n-1 as IBSI; axis lengths depend on it'),
  }),
  maskOnly: true,
  features: [
    { name: 'Compactness1', ibsi: 'SKGS', unit: '1', summary: 'volume against surface area to the power 3/2; depends on Sphericity alone', source: `IBSI reference manual 3.1.5; ${pyradiomics}`, deprecated: true },
    { name: 'Compactness2', ibsi: 'BQWJ', unit: '1', summary: 'cube of Sphericity', source: `IBSI reference manual 3.1.6; ${pyradiomics}`, deprecated: true },
    { name: 'Elongation', ibsi: 'Q3CK', unit: '1', summary: 'middle principal axis over the longest: 1 round, 0 drawn out', source: 'IBSI reference manual 3.1.14' },
    { name: 'Flatness', ibsi: 'N17B', unit: '1', summary: 'shortest principal axis over the longest: 1 ball, 0 flat', source: 'IBSI reference manual 3.1.15' },
    { name: 'LeastAxisLength', ibsi: '7J51', unit: 'mm', summary: 'four standard deviations of the voxel centres along the shortest principal axis', source: 'IBSI reference manual 3.1.13', profiles: divisor },
    { name: 'MajorAxisLength', ibsi: 'TDIC', unit: 'mm', summary: 'four standard deviations of the voxel centres along the longest principal axis', source: 'IBSI reference manual 3.1.11', profiles: divisor },
    { name: 'Maximum2DDiameterColumn', unit: 'mm', summary: 'largest distance between surface vertices of equal y', source: pyradiomics },
    { name: 'Maximum2DDiameterRow', unit: 'mm', summary: 'largest distance between surface vertices of equal x', source: pyradiomics },
    { name: 'Maximum2DDiameterSlice', unit: 'mm', summary: 'largest distance between surface vertices of equal z', source: pyradiomics },
    { name: 'Maximum3DDiameter', ibsi: 'L0JK', unit: 'mm', summary: 'largest distance between surface vertices', source: 'IBSI reference manual 3.1.10' },
    { name: 'MeshVolume', ibsi: 'RNU0', unit: 'mm3', summary: 'volume inside the surface mesh', source: 'IBSI reference manual 3.1.1; Lorensen & Cline 1987' },
    { name: 'MinorAxisLength', ibsi: 'P9VJ', unit: 'mm', summary: 'four standard deviations of the voxel centres along the middle principal axis', source: 'IBSI reference manual 3.1.12', profiles: divisor },
    { name: 'SphericalDisproportion', ibsi: 'KRCK', unit: '1', summary: 'surface area over that of a ball of the same volume', source: 'IBSI reference manual 3.1.7', deprecated: true },
    { name: 'Sphericity', ibsi: 'QCFX', unit: '1', summary: 'surface area of a ball of the same volume over the surface area: 1 for a ball', source: 'IBSI reference manual 3.1.8' },
    { name: 'SurfaceArea', ibsi: 'C0JK', unit: 'mm2', summary: 'area of the surface mesh', source: 'IBSI reference manual 3.1.3; Lorensen & Cline 1987' },
    { name: 'SurfaceVolumeRatio', ibsi: '2PR5', unit: '1/mm', summary: 'surface area over mesh volume', source: 'IBSI reference manual 3.1.4' },
    { name: 'VoxelVolume', ibsi: 'YEKZ', unit: 'mm3', summary: 'number of voxels times the volume of one', source: 'IBSI reference manual 3.1.2' },
  ],
  load: () => import('./extract.js'),
});
