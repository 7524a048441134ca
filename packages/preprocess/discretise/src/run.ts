import { makeRegion, type Mask, once, RadloomError, type Region, type Volume } from '@radloom/core';
import { cropMask, cropVoxels, indicesOnGrid, maskInBox, roiBox, valuesInside } from '@radloom/imaging';
import { type Binning, levelsOf } from './levels.js';

export interface DiscretiseSettings extends Binning {
  readonly morphologyBox: 'own' | 'intensity';
}

export interface DiscretiseInputs {
  readonly volume: Volume;
  /** The ROI after re-segmentation, on the volume's grid. */
  readonly mask: Mask;
  /** The ROI before re-segmentation; the same one if there is none. */
  readonly morphology?: Mask | undefined;
}

/**
 * What feature families see of an image: its ROI, cut to its box, with grey levels.
 *
 * The cropped masks are made once a mask: regions of several images of a case share them, and with them all that hangs on a mask.
 *
 * @throws `region-grid` if volume and mask differ in size; `roi-empty`, `image-not-finite`, `bins-uncountable`
 */
export function run({ volume, mask, morphology = mask }: DiscretiseInputs, settings: DiscretiseSettings): { region: Region } {
  if (volume.data.length !== mask.data.length || volume.geometry.size.some((n, a) => n !== mask.geometry.size[a])) {
    throw new RadloomError({
      code: 'region-grid',
      what: `The image has ${volume.geometry.size.join(' x ')} voxels and the mask ${mask.geometry.size.join(' x ')}.`,
      fix: 'Put the mask on the grid of the image first: a mask or resample step does.',
    });
  }
  const intensity = cutMask(mask);
  const { data, geometry } = volume;
  const box = roiBox(mask);
  const values = valuesInside(data, indicesOnGrid(mask));
  const image = () => cropVoxels(data, geometry.size, box);
  const region = makeRegion({ geometry: intensity.geometry, image, values, levels: levelsOf(values, settings), intensityMask: intensity, morphologyMask: morphology === mask ? intensity : morphologyOf(morphology, mask, settings) });
  return { region };
}

function morphologyOf(morphology: Mask, mask: Mask, { morphologyBox }: DiscretiseSettings): Mask {
  if (morphologyBox === 'own') return cutMask(morphology);
  const box = roiBox(mask);
  return once(morphology, `cut:${box.low.join()}:${box.size.join()}`, () => cropMask(morphology, box));
}

function cutMask(mask: Mask): Mask {
  roiBox(mask);
  return maskInBox(mask)!.mask;
}
