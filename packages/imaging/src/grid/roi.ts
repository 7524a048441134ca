import { type Geometry, type Mask, RadloomError, type Vec3, type Volume, voxelIndices } from '@radloom/core';
import { type Box, maskBox, maskInBox } from './box.js';
import { continuousIndexAt, pointAt } from './placement.js';

/** What a region of interest must have before features are worth computing. */
export interface RoiLimits {
  /** Axes along which the ROI must be longer than one voxel. */
  readonly minimumDimensions: number;
  /** The ROI must have more voxels than this; null for no limit. */
  readonly minimumSize: number | null;
}

/**
 * Checks a mask's extent and size, as PyRadiomics does after every change of the mask.
 *
 * @returns the mask's box
 * @throws `roi-empty`, `roi-single-voxel`, `roi-too-few-dimensions`, `roi-too-small`
 */
export function checkRoi(mask: Mask, { minimumDimensions, minimumSize }: RoiLimits): Box {
  const box = roiBox(mask);
  const of = nameOf(mask);
  const voxels = countVoxels(mask);
  const extent = box.size.join(' x ');
  const dimensions = box.size.filter((n) => n > 1).length;
  const data = { label: mask.label, box: [...box.low, ...box.size], voxels, dimensions, minimumDimensions, minimumSize };
  if (dimensions === 0) throw new RadloomError({ code: 'roi-single-voxel', what: `The ROI is a single voxel (${of}).`, fix: 'Features need more than one voxel: check the segmentation, or leave this ROI out.', data });
  if (dimensions < minimumDimensions) {
    throw new RadloomError({
      code: 'roi-too-few-dimensions',
      what: `The ROI is ${extent} voxels (${of}): it extends along ${dimensions} ${dimensions === 1 ? 'axis' : 'axes'}, ${minimumDimensions} are asked for.`,
      fix: `Check the segmentation, or set minimumROIDimensions: ${dimensions}.`,
      data,
    });
  }
  if (minimumSize !== null && voxels <= minimumSize) {
    throw new RadloomError({ code: 'roi-too-small', what: `The ROI has ${voxels} voxels (${of}); more than ${minimumSize} are asked for.`, fix: 'Check the segmentation, lower minimumROISize, or leave this ROI out.', data });
  }
  return box;
}

/**
 * The box around a mask's voxels.
 *
 * @throws `roi-empty` if it has none
 */
export function roiBox(mask: Mask): Box {
  const box = maskBox(mask);
  if (box !== null) return box;
  throw new RadloomError({
    code: 'roi-empty',
    what: `The ROI has no voxel (${nameOf(mask)}).`,
    fix: 'Check the segmentation; a ROI of less than a voxel can vanish when it is resampled to a coarser grid.',
    data: { label: mask.label },
  });
}

function nameOf({ label, name }: Mask): string {
  return name === null ? `label ${label}` : `label ${label}, ${name}`;
}

/** Number of voxels in a mask. */
export function countVoxels(mask: Mask): number {
  const cut = maskInBox(mask);
  return cut === null ? 0 : voxelIndices(cut.mask).length;
}

/**
 * Refuses an image with NaN or infinite values inside the ROI. Image and mask share a grid.
 *
 * @throws `image-not-finite`, with how many and where the first is
 */
export function requireFinite(volume: Volume, mask: Mask): void {
  const { data } = volume;
  if (!(data instanceof Float32Array || data instanceof Float64Array)) return;
  const cut = maskInBox(mask);
  if (cut === null) return;
  const { low, size } = cut.box;
  const [nx, ny] = mask.geometry.size;
  let bad = 0;
  let first: Vec3 | null = null;
  for (const inside of voxelIndices(cut.mask)) {
    const x = inside % size[0];
    const y = Math.floor(inside / size[0]) % size[1];
    const z = Math.floor(inside / (size[0] * size[1]));
    const value = data[low[0] + x + nx * (low[1] + y + ny * (low[2] + z))];
    if (Number.isFinite(value)) continue;
    bad++;
    first ??= [low[0] + x, low[1] + y, low[2] + z];
  }
  if (first === null) return;
  throw new RadloomError({
    code: 'image-not-finite',
    what: `The image has no finite value (NaN or infinity) at ${bad} of the ROI's ${countVoxels(mask)} voxels, first at voxel ${first.join(', ')}.`,
    fix: 'Repair the image, or exclude these voxels from the segmentation.',
    data: { voxels: bad, first },
  });
}

/** How far the ROI's box may reach beyond the image before it counts as outside, in voxels of the image. */
const reachTolerance = 1e-3;

/**
 * Refuses a ROI whose box does not lie inside the image, which may be on another grid. The box reaches half a voxel beyond its outer
 * voxels' centres; as PyRadiomics does, the two ends of one of its diagonals are looked at.
 *
 * @returns the mask's box
 * @throws `roi-outside-image`; `roi-empty` if the mask has no voxel
 */
export function requireRoiInside(mask: Mask, image: Geometry): Box {
  const box = roiBox(mask);
  const ends = [box.low, box.low.map((first, a) => first + box.size[a])].map((end) => continuousIndexAt(image, pointAt(mask.geometry, [end[0] - 0.5, end[1] - 0.5, end[2] - 0.5])));
  const from = image.size.map((_, a) => Math.min(ends[0][a], ends[1][a]));
  const to = image.size.map((_, a) => Math.max(ends[0][a], ends[1][a]));
  if (image.size.every((n, a) => from[a] >= -0.5 - reachTolerance && to[a] <= n - 0.5 + reachTolerance)) return box;
  throw new RadloomError({
    code: 'roi-outside-image',
    what: `The ROI (${nameOf(mask)}) reaches beyond the image: along x, y, z it spans ${from.map((x, a) => `${edge(x)} to ${edge(to[a])}`).join(', ')} voxels of an image of ${image.size.join(' x ')}.`,
    fix: 'Check that image and segmentation belong together; cut the segmentation to the image if they do.',
    data: { from, to, size: image.size },
  });
}

/** Voxels counted from the image's outer edge. */
function edge(index: number): string {
  return (index + 0.5).toFixed(2);
}
