import { type ApplyFilter, makeVolume, RadloomError, type Volume } from '@radloom/core';
import { laplacianOfGaussian, voxelsNeeded } from '@radloom/imaging';
import { imageName } from './image-name.js';

interface Params {
  readonly sigma: readonly (number | string)[];
  readonly normaliseAcrossScale: boolean;
}

/**
 * One float32 image a sigma.
 *
 * @throws `filter-not-applicable` when an axis has too few voxels for one of the sigmas; `data.notApplicable` and `data.applicable`
 *   list the images, so that a caller may ask again for those that are possible (PyRadiomics leaves the others out)
 */
export const apply: ApplyFilter<Params> = (volume, { sigma, normaliseAcrossScale }, ctx) => {
  refuseSmall(volume, sigma);
  const images: Record<string, Volume> = {};
  sigma.forEach((entry, done) => {
    ctx.signal.throwIfAborted();
    images[imageName(entry)] ??= makeVolume(volume.geometry, laplacianOfGaussian(volume, Number(entry), normaliseAcrossScale));
    ctx.progress(done + 1, sigma.length);
  });
  return images;
};

function refuseSmall({ geometry }: Volume, sigma: Params['sigma']): void {
  const tooLarge = sigma.filter((entry) => voxelsNeeded(geometry.spacing, Number(entry)).some((needed, axis) => geometry.size[axis] < needed));
  if (tooLarge.length === 0) return;
  const needed = voxelsNeeded(geometry.spacing, Math.max(...tooLarge.map(Number)));
  throw new RadloomError({
    code: 'filter-not-applicable',
    what: `The image of ${geometry.size.join(' x ')} voxels is too small for the Laplacian of Gaussian with sigma ${tooLarge.join(', ')} mm, which needs ${needed.join(' x ')}.`,
    fix: 'Leave these sigmas out, or keep a wider margin around the region when cropping or resampling (padDistance).',
    data: { size: geometry.size, needed, notApplicable: tooLarge.map(imageName), applicable: sigma.filter((entry) => !tooLarge.includes(entry)).map(imageName) },
  });
}
