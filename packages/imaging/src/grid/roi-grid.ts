import { type Geometry, makeGeometry, type Mask, RadloomError, type Vec3, type Volume } from '@radloom/core';
import { type Box, cropMask, cropVolume, growBox } from './box.js';
import { compareGrids, requireSameGrid } from './compare.js';
import type { Interpolator } from './kernel.js';
import { pointAt } from './placement.js';
import { resampleMask, resampleVolume } from './resample.js';
import { requireRoiInside, roiBox } from './roi.js';

export interface RoiResampling {
  /** Millimetres along x, y, z; 0 keeps the mask's spacing. */
  readonly spacing: Vec3;
  readonly interpolator: Interpolator;
  /** Voxels of the new grid kept around the ROI's box. */
  readonly padDistance: number;
}

/**
 * Image and mask on a common grid around the ROI, as PyRadiomics' `resampleImage` makes it.
 *
 * The grid follows the mask: its axes, and voxel corners aligned with the corner of the mask's first voxel. An axis along which the
 * ROI is one voxel long keeps its spacing. If the wanted spacing is the image's own, nothing is interpolated: the mask goes to the
 * image's grid and both are cut to the ROI's box with `padDistance` voxels around.
 *
 * @throws `roi-outside-image`, `roi-empty`, `grid-too-large`
 */
export function resampleRoi(volume: Volume, mask: Mask, { spacing: wanted, interpolator, padDistance }: RoiResampling): { volume: Volume; mask: Mask } {
  const box = requireRoiInside(mask, volume.geometry);
  const spacing = keptSpacing(wanted, mask.geometry.spacing, box);
  if (isClose(volume.geometry.spacing, spacing)) return cropToRoi(volume, maskOn(mask, volume.geometry), padDistance);
  const grid = cornerGrid(mask.geometry, box, spacing, padDistance);
  return { volume: resampleVolume(volume, grid, interpolator), mask: resampleMask(mask, grid) };
}

/**
 * Image and mask, on one grid, cut to the ROI's box with `padDistance` voxels around where there are any.
 *
 * @throws `geometry-mismatch`, `roi-empty`
 */
export function cropToRoi(volume: Volume, mask: Mask, padDistance: number): { volume: Volume; mask: Mask } {
  requireSameGrid(volume.geometry, mask.geometry, 1e-6);
  const box = growBox(roiBox(mask), padDistance, mask.geometry.size);
  const cut = cropVolume(volume, box);
  const cutMask = cropMask(mask, box);
  // One geometry object for both: whoever compares them sees at once that they agree.
  return { volume: cut, mask: cutMask.geometry === cut.geometry ? cutMask : { ...cutMask, geometry: cut.geometry } };
}

/** The mask on another grid by nearest voxel; the same voxels with that grid's geometry if both are exactly the same. */
export function maskOn(mask: Mask, grid: Geometry): Mask {
  if (mask.geometry === grid) return mask;
  return compareGrids(grid, mask.geometry, 0) === null ? { ...mask, geometry: grid } : resampleMask(mask, grid);
}

function keptSpacing(wanted: Vec3, own: Vec3, box: Box): Vec3 {
  const spacing = own.map((s, a) => (wanted[a] === 0 || box.size[a] === 1 ? s : wanted[a]));
  return [spacing[0], spacing[1], spacing[2]];
}

/** Voxels that can be numbered by 32-bit integers, as kernels do. */
const mostVoxels = 2 ** 31 - 1;

/** NumPy's `allclose(a, b)`. */
function isClose(a: Vec3, b: Vec3): boolean {
  return a.every((value, i) => Math.abs(value - b[i]) <= 1e-8 + 1e-5 * Math.abs(b[i]));
}

/**
 * The grid of `spacing` whose voxel corners meet the corner of the first voxel of `of`, around a box of voxels of `of`: the box's
 * outer edges, `pad` new voxels more, within `of`.
 */
function cornerGrid(of: Geometry, box: Box, spacing: Vec3, pad: number): Geometry {
  const axes = spacing.map((step, a) => {
    const ratio = of.spacing[a] / step;
    const low = Math.max(0, Math.floor((box.low[a] - 0.5) * ratio - pad));
    const high = Math.min(Math.ceil(of.size[a] * ratio) - 1, Math.ceil((box.low[a] + box.size[a] - 0.5) * ratio + pad));
    const first = (0.5 * (step - of.spacing[a])) / of.spacing[a] + low / ratio;
    return { size: high - low + 1, first };
  });
  const [x, y, z] = axes;
  if (x.size * y.size * z.size > mostVoxels) {
    const size = axes.map((axis) => axis.size);
    throw new RadloomError({
      code: 'grid-too-large',
      what: `Resampling to ${spacing.join(' x ')} mm would make ${size.join(' x ')} voxels around the ROI, more than an image can hold.`,
      fix: 'Choose a larger voxel spacing, in millimetres; 0 keeps that of the mask.',
      data: { spacing, size },
    });
  }
  return makeGeometry({ size: [x.size, y.size, z.size], spacing, origin: pointAt(of, [x.first, y.first, z.first]), direction: of.direction });
}
