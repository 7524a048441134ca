import { type ApplyFilter, makeVolume, RadloomError, type Volume } from '@radloom/core';
import { largestMagnitude } from '@radloom/imaging';

/**
 * exp(x log(M) / M), with M the largest magnitude in the image: M stays M, 0 becomes 1, -M becomes 1 / M.
 *
 * @throws `filter-not-applicable` when the image is zero everywhere
 */
export const apply: ApplyFilter = (volume) => {
  const largest = largestMagnitudeOf(volume);
  const rate = Math.log(largest) / largest;
  const image = new Float64Array(volume.data.length);
  for (let i = 0; i < image.length; i++) image[i] = Math.exp(rate * volume.data[i]);
  return { exponential: makeVolume(volume.geometry, image) };
};

function largestMagnitudeOf(volume: Volume): number {
  const largest = largestMagnitude(volume.data);
  if (largest > 0) return largest;
  throw new RadloomError({ code: 'filter-not-applicable', what: 'The image is zero everywhere: the exponential filter scales by its largest magnitude.', data: { notApplicable: ['exponential'] } });
}
