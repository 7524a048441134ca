import { defineFeatureFamily } from '@radloom/core';
import { z } from 'zod';

const source = 'PyRadiomics 3.1, shape2D';

/** Size and form of a region that lies in one plane. Needs the mask alone. */
export default defineFeatureFamily({
  name: 'shape2d',
  summary: 'Shape of a region of one plane: area, perimeter, diameter and principal axes',
  params: z.strictObject({
    force2DDimension: z.int().min(0).max(2).default(0).describe('Axis across the plane: 0 z, 1 y, 2 x'),
  }),
  maskOnly: true,
  className: 'shape2D',
  features: [
    { name: 'Elongation', unit: '1', summary: 'shorter principal axis over the longer: 1 round, 0 a line', source },
    { name: 'MajorAxisLength', unit: 'mm', summary: 'four standard deviations of the pixel centres along the longer principal axis', source },
    { name: 'MaximumDiameter', unit: 'mm', summary: 'largest distance between vertices of the outline', source },
    { name: 'MeshSurface', unit: 'mm2', summary: 'area inside the outline', source },
    { name: 'MinorAxisLength', unit: 'mm', summary: 'four standard deviations of the pixel centres along the shorter principal axis', source },
    { name: 'Perimeter', unit: 'mm', summary: 'length of the outline', source },
    { name: 'PerimeterSurfaceRatio', unit: '1/mm', summary: 'perimeter over area', source },
    { name: 'PixelSurface', unit: 'mm2', summary: 'number of pixels times the area of one', source },
    { name: 'SphericalDisproportion', unit: '1', summary: 'perimeter over that of a disc of the same area', source, deprecated: true },
    { name: 'Sphericity', unit: '1', summary: 'perimeter of a disc of the same area over the perimeter: 1 for a disc', source },
  ],
  load: () => import('./extract.js'),
});
