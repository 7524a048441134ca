import { defineReader } from '@radloom/core';
import { z } from 'zod';

export default defineReader({
  name: 'dicom',
  summary: 'Reads a DICOM image series, one file a slice, uncompressed',
  params: z.strictObject({
    seriesInstanceUID: z.string().nullable().default(null).describe('SeriesInstanceUID of the series to read when the files hold several.'),
    acquisitionNumber: z.number().nullable().default(null).describe('Only images with this AcquisitionNumber, when a series holds several acquisitions.'),
    echoTime: z.number().nullable().default(null).describe('Only images with this EchoTime in milliseconds, when a series holds several echoes.'),
    spacingTolerance: z
      .number()
      .positive()
      .max(0.5)
      .default(0.01)
      .describe('How far a slice may lie off the regular grid, as a part of the slice distance.'),
  }),
  endings: ['.dcm', '.dicom', '.ima'],
  recognises: (head, name) => String.fromCharCode(...head.subarray(128, 132)) === 'DICM' || /\.(dcm|dicom|ima)$/i.test(name),
  load: () => import('./read.js'),
});
