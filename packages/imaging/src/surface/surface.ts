import { type Mask, once } from '@radloom/core';
import { cubeMeasures } from './cube-configurations.js';
import { surfaceWalk } from './surface-walk.js';

/** Size of the closed triangle surface around a mask. */
export interface SurfaceMeasures {
  /** mm2. */
  readonly area: number;
  /** Enclosed, mm3. */
  readonly volume: number;
}

/**
 * Area and volume of the marching cubes surface at level 0.5 (Lorensen & Cline 1987; IBSI reference manual 3.1, RNU0 and C0JK);
 * computed once a mask. Axes are scaled by the spacing; the grid's direction does not matter to either.
 *
 * Where voxels touch by an edge or a corner only, the classic table may leave the surface open; the volume is then taken from the
 * corner of the padded box, as PyRadiomics takes it, and may even be negative for a region of scattered voxels.
 *
 * @throws `mask-empty`
 */
export function surfaceMeasures(mask: Mask): SurfaceMeasures {
  return once(mask, 'surface-measures', () => {
    const { count, position } = surfaceWalk(mask);
    const cubes = cubeMeasures(mask.geometry.spacing);
    let area = 0;
    let sixfoldVolume = 0;
    for (let c = 0; c < 256; c++) {
      if (count[c] === 0) continue;
      area += count[c] * cubes.area[c];
      sixfoldVolume += count[c] * cubes.sixfoldVolume[c];
      for (let axis = 0; axis < 3; axis++) sixfoldVolume += position[3 * c + axis] * cubes.sixfoldVolumeSlope[3 * c + axis];
    }
    return { area, volume: sixfoldVolume / 6 };
  });
}
