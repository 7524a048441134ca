import { type ApplyFilter, makeVolume, RadloomError, type Volume } from '@radloom/core';
import { largestMagnitude } from '@radloom/imaging';

/**
 * (x / sqrt M)^2, with M the largest magnitude in the image. The sign is lost, as in PyRadiomics, whose documentation says otherwise.
 *
 * @throws `filter-not-applicable` when the image is zero everywhere
 */
export const apply: ApplyFilter = (volume) => {
  const scale = 1 / Math.sqrt(largestMagnitudeOf(volume));
  const image = new Float64Array(volume.data.length);
  for (let i = 0; i < image.length; i++) {
    const scaled = scale * volume.data[i];
    image[i] = scaled * scaled;
  }
  return { square: makeVolume(volume.geometry, image) };
};

function largestMagnitudeOf(volume: Volume): number {
  const largest = largestMagnitude(volume.data);
  if (largest > 0) return largest;
  throw new RadloomError({ code: 'filter-not-applicable', what: 'The image is zero everywhere: the square filter scales by its largest magnitude.', data: { notApplicable: ['square'] } });
}
