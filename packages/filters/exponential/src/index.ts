import { defineFilter, noParams } from '@radloom/core';

/** Exponential of the intensities, at the rate that maps the largest magnitude to itself. One image, `exponential`. */
export default defineFilter({
  name: 'exponential',
  summary: 'Exponential of the intensities, at the rate that maps the largest magnitude to itself',
  params: noParams,
  outputs: () => ['exponential'],
  load: () => import('./apply.js'),
});
