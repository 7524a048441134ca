import { defineFilter, noParams } from '@radloom/core';

/** Square root of the intensities' magnitude with their sign, scaled so that the largest magnitude M of the image stays M. One image, `squareroot`. */
export default defineFilter({
  name: 'squareroot',
  summary: "Square root of the intensities' magnitude with their sign, scaled so that the largest magnitude stays what it is",
  params: noParams,
  outputs: () => ['squareroot'],
  load: () => import('./apply.js'),
});
