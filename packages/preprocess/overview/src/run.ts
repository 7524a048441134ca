import { type Gathered, type Mask, type Plain, type Region, type Volume, voxelVolume } from '@radloom/core';
import { compareGrids, countVoxels, maskInBox, resampleMask } from '@radloom/imaging';
import { anatomicalAxes } from './axes.js';
import { view, type ViewSettings } from './view.js';
import { windowAround } from './window.js';

export interface OverviewInputs {
  readonly image: Volume;
  readonly mask: Mask;
  readonly regions?: readonly Gathered<Region>[];
}

/** Grids that differ by less belong together, as in preprocess/mask. */
const tolerance = 1e-6;

/**
 * Facts of one case that a person looks at, as plain data of the family `overview`: acquisition by DICOM keyword, grid, volume of the ROI in
 * millilitres, grey levels after discretisation, and an axial, a coronal and a sagittal view with the ROI's outline.
 */
export function run({ image, mask, regions = [] }: OverviewInputs, settings: ViewSettings): { overview: Plain } {
  const { geometry, acquisition = {} } = image;
  const voxels = countVoxels(mask);
  return {
    overview: {
      type: 'data',
      value: {
        family: 'overview',
        acquisition,
        image: { size: geometry.size, spacing: geometry.spacing },
        roi: { voxels, millilitres: (voxels * voxelVolume(mask.geometry)) / 1000 },
        regions: regions.map(({ name, value, failure }) => ({ name, ...(value === undefined ? { failure: failure?.message } : regionFacts(value)) })),
        views: viewsOf(image, mask, settings),
      },
    },
  };
}

/** The region as features see it: voxels after resampling and re-segmentation, grey levels spanned and grey levels that occur. */
function regionFacts({ values, levels, intensityMask }: Region): Record<string, unknown> {
  const grid = { voxels: values.length, spacing: intensityMask.geometry.spacing };
  if (levels === undefined) return grid;
  const seen = new Uint8Array(levels.count + 1);
  for (const level of levels.values) seen[level] = 1;
  return { ...grid, levels: levels.count, occupied: seen.reduce((sum, one) => sum + one, 0) };
}

/** Empty where the ROI has no voxel on the image's grid. */
function viewsOf(image: Volume, mask: Mask, settings: ViewSettings) {
  const onImage = compareGrids(image.geometry, mask.geometry, tolerance) === null ? mask : resampleMask(mask, image.geometry);
  const roi = maskInBox(onImage);
  if (roi === null) return [];
  const axes = anatomicalAxes(image.geometry);
  const shade = windowAround(image, onImage);
  return (['axial', 'coronal', 'sagittal'] as const).map((plane) => view(plane, { image, mask: onImage, roi, axes, shade }, settings));
}
