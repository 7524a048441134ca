import { defineFilter } from '@radloom/core';
import { z } from 'zod';

/** Local binary patterns in space, made independent of rotation by spherical harmonics. Images `lbp-3D-m1` …, and `lbp-3D-k`. */
export default defineFilter({
  name: 'lbp3d',
  summary: 'Local binary patterns on a sphere around each voxel: norms of their spherical harmonics, and the kurtosis of the values there',
  params: z.strictObject({
    levels: z.int().min(1).default(2).describe('Degrees of spherical harmonics: one image each, from degree 0'),
    icosphereRadius: z.number().positive().default(1).describe('Radius of the sphere, voxels'),
    icosphereSubdivision: z.int().min(0).max(3).default(1).describe('How often the icosahedron is refined: 12, 42, 162 or 642 points'),
  }),
  outputs: ({ levels }) => [...Array.from({ length: levels }, (_, level) => `lbp-3D-m${level + 1}`), 'lbp-3D-k'],
  load: () => import('./apply.js'),
});
