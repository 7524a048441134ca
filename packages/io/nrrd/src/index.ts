import { defineReader } from '@radloom/core';
import { z } from 'zod';

export default defineReader({
  name: 'nrrd',
  summary: 'Reads NRRD images and label maps (.nrrd, .nhdr with its data files) and 3D Slicer segmentations (.seg.nrrd)',
  params: z.strictObject({
    layer: z
      .int()
      .min(0)
      .nullable()
      .default(null)
      .describe('Which layer of a file with a list axis to read, counted from 0; in a segmentation whose segments overlap. Without it such a file is refused.'),
    segment: z.string().nullable().default(null).describe('Name of one segment of a 3D Slicer segmentation: only this one is kept, with its own label.'),
  }),
  endings: ['.nrrd', '.nhdr', '.seg.nrrd'],
  recognises: (head, name) => /\.(nrrd|nhdr)$/i.test(name) || String.fromCharCode(...head.subarray(0, 7)) === 'NRRD000',
  load: () => import('./read.js'),
});
