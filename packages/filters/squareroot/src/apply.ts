import { type ApplyFilter, makeVolume } from '@radloom/core';
import { largestMagnitude } from '@radloom/imaging';

/** sign(x) sqrt(|x| M), with M the largest magnitude in the image. */
export const apply: ApplyFilter = (volume) => {
  const largest = largestMagnitude(volume.data);
  const image = new Float64Array(volume.data.length);
  for (let i = 0; i < image.length; i++) {
    const x = volume.data[i];
    image[i] = x < 0 ? -Math.sqrt(-x * largest) : Math.sqrt(x * largest);
  }
  return { squareroot: makeVolume(volume.geometry, image) };
};
