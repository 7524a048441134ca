import { defineFilter, noParams } from '@radloom/core';

/** Square of the intensities, scaled so that the largest magnitude M of the image stays M. One image, `square`. */
export default defineFilter({
  name: 'square',
  summary: 'Square of the intensities, scaled so that the largest magnitude stays what it is',
  params: noParams,
  outputs: () => ['square'],
  load: () => import('./apply.js'),
});
