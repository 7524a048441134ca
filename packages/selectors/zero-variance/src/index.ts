import { defineSelector } from '@radloom/core';
import { z } from 'zod';

export default defineSelector({
  name: 'zero-variance',
  summary: 'Drops columns that hold one value only',
  params: z.strictObject({}),
  load: () => import('./select.js'),
});
