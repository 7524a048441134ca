import type { Extract } from '@radloom/core';
import { outlineMeasures } from '@radloom/imaging';
import { type Axis, formulas } from './features.js';

/**
 * Shape of the region before re-segmentation, in its plane.
 *
 * @throws `mask-not-flat` when the region has voxels in more than one plane; PyRadiomics fails the whole case there too
 */
export const extract: Extract<{ readonly force2DDimension: number }> = (region, { include, force2DDimension }) => {
  const mask = region.morphologyMask;
  const axis = (2 - force2DDimension) as Axis;
  outlineMeasures(mask, axis); // refuses a region of several planes, whichever features are asked for
  return Object.fromEntries(include.map((name) => [name, formulas[name](mask, axis)]));
};
