import { type ApplyFilter, makeVolume, RadloomError, type Volume } from '@radloom/core';
import { largestMagnitude } from '@radloom/imaging';

/**
 * sign(x) log(|x| + 1), times the factor that makes the largest magnitude M again.
 *
 * @throws `filter-not-applicable` when the image is zero everywhere
 */
export const apply: ApplyFilter = (volume) => {
  const largest = largestMagnitudeOf(volume);
  const image = new Float64Array(volume.data.length);
  for (let i = 0; i < image.length; i++) {
    const x = volume.data[i];
    image[i] = x < 0 ? -Math.log(1 - x) : Math.log(x + 1);
  }
  const scale = largest / largestMagnitude(image);
  for (let i = 0; i < image.length; i++) image[i] *= scale;
  return { logarithm: makeVolume(volume.geometry, image) };
};

function largestMagnitudeOf(volume: Volume): number {
  const largest = largestMagnitude(volume.data);
  if (largest > 0) return largest;
  throw new RadloomError({ code: 'filter-not-applicable', what: 'The image is zero everywhere: the logarithm filter scales by its largest magnitude.', data: { notApplicable: ['logarithm'] } });
}
