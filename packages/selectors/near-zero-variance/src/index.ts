import { defineSelector } from '@radloom/core';
import { z } from 'zod';

export default defineSelector({
  name: 'near-zero-variance',
  summary: 'Drops columns in which one value is far more frequent than any other and few values differ',
  params: z.strictObject({
    frequencyCut: z.number().positive().default(95 / 5).describe('Dropped when the most frequent value is more than this many times as frequent as the next.'),
    uniqueCut: z.number().min(0).max(100).default(10).describe('… and different values are at most this many percent of the rows.'),
  }),
  load: () => import('./select.js'),
});
