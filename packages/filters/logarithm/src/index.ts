import { defineFilter, noParams } from '@radloom/core';

/** Logarithm of one plus the intensities' magnitude with their sign, scaled so that the largest magnitude M of the image stays M. One image, `logarithm`. */
export default defineFilter({
  name: 'logarithm',
  summary: "Logarithm of one plus the intensities' magnitude with their sign, scaled so that the largest magnitude stays what it is",
  params: noParams,
  outputs: () => ['logarithm'],
  load: () => import('./apply.js'),
});
