import { defineReader } from '@radloom/core';
import { z } from 'zod';

export default defineReader({
  name: 'nifti',
  summary: 'Reads NIfTI-1 and NIfTI-2 images and label maps (.nii, .nii.gz, .hdr with .img)',
  params: z.strictObject({
    volume: z
      .int()
      .min(0)
      .nullable()
      .default(null)
      .describe('Which volume of a four-dimensional file to read, counted from 0. Without it such a file is refused.'),
  }),
  endings: ['.nii', '.nii.gz', '.hdr', '.hdr.gz'],
  recognises: (head, name) => /\.(nii|hdr)(\.gz)?$/i.test(name) || isMagic(head, 344) || isMagic(head, 4),
  load: () => import('./read.js'),
});

/** `n+1`, `ni1`, `n+2` or `ni2` at an offset: 344 in NIfTI-1, 4 in NIfTI-2. */
function isMagic(head: Uint8Array, offset: number): boolean {
  const [n, kind, version, end] = head.subarray(offset, offset + 4);
  return n === 0x6e && (kind === 0x2b || kind === 0x69) && (version === 0x31 || version === 0x32) && end === 0;
}
