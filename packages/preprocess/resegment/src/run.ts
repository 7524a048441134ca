import { makeMask, type Mask, RadloomError, type Volume, voxelIndices } from '@radloom/core';
import { checkRoi, valuesInside } from '@radloom/imaging';
import { comparedAs, type RangeMode, thresholds } from './thresholds.js';

export interface ResegmentSettings {
  readonly range: readonly number[] | null;
  readonly mode: RangeMode;
  readonly minimumROIDimensions: number;
  readonly minimumROISize: number | null;
}

/**
 * The mask's voxels whose intensity lies in the range. Volume and mask share a grid. The mask itself if no range is given.
 *
 * @throws `resegment-empty` if at most one voxel is left; what `checkRoi` throws
 */
export function run({ volume, mask }: { readonly volume: Volume; readonly mask: Mask }, settings: ResegmentSettings): { mask: Mask } {
  const { range, mode } = settings;
  if (range === null) return { mask };
  const indices = voxelIndices(mask);
  const values = valuesInside(volume.data, indices);
  const wanted = thresholds(values, range, mode);
  const [low, high = Infinity] = wanted.map((bound) => comparedAs(volume.data, bound));
  const inside = new Uint8Array(mask.data.length);
  let left = 0;
  for (let n = 0; n < values.length; n++) {
    if (!(values[n] >= low && values[n] <= high)) continue;
    inside[indices[n]] = 1;
    left++;
  }
  if (left <= 1) {
    throw new RadloomError({
      code: 'resegment-empty',
      what: `Re-segmentation leaves ${left} of the ROI's ${values.length} voxels (label ${mask.label}): intensities from ${wanted.join(' to ')} are kept.`,
      fix: 'Check the range and its mode against the intensities of the image.',
      data: { left, voxels: values.length, thresholds: wanted, label: mask.label },
    });
  }
  const result = makeMask(mask.geometry, inside, mask.label, mask.name);
  checkRoi(result, { minimumDimensions: settings.minimumROIDimensions, minimumSize: settings.minimumROISize });
  return { mask: result };
}
