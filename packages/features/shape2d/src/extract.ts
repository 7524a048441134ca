import { type Extract, undefinedFeature } from '@radloom/core';
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
  const { size } = mask.geometry;
  // PyRadiomics numbers the axes z, y, x and looks the extent up among x, y, z: where it finds 1 there, it leaves these features out and goes on.
  if (size[axis] > 1 && size[force2DDimension] === 1) {
    const none = undefinedFeature('mask-not-flat', `The region spans ${size[axis]} planes along ${'xyz'[axis]}: shape in two dimensions needs a region of one plane.`);
    return Object.fromEntries(include.map((name) => [name, none]));
  }
  outlineMeasures(mask, axis); // refuses a region of several planes, whichever features are asked for
  return Object.fromEntries(include.map((name) => [name, formulas[name](mask, axis)]));
};
