import { type FeatureValue, type Mask, undefinedFeature, voxelVolume } from '@radloom/core';
import { diameters, paddedMask, principalVariances, surfaceMeasures } from '@radloom/imaging';

export interface Settings {
  readonly covarianceDivisor: 'n' | 'n-1';
}

type Formula = (mask: Mask, divisor: Settings['covarianceDivisor']) => FeatureValue;

/** Volume V of the mesh, mm3. */
const V = (mask: Mask) => surfaceMeasures(mask).volume;

/** Area A of the mesh, mm2. */
const A = (mask: Mask) => surfaceMeasures(mask).area;

/** Surface area of the ball whose volume is V: (36 pi V^2)^(1/3). */
const ballArea = (mask: Mask) => Math.cbrt(36 * Math.PI * V(mask) ** 2);

/** Length of a principal axis, mm: 4 sqrt(lambda), which for a full ellipsoid would be 4 / sqrt(5) of its half axes. */
const axisLength = (axis: 0 | 1 | 2): Formula => (mask, divisor) => {
  const n = paddedMask(mask).count;
  const correction = divisor === 'n-1' && n > 1 ? n / (n - 1) : 1;
  return 4 * Math.sqrt(Math.max(0, principalVariances(mask)[axis]) * correction);
};

/** Ratio of a principal axis to the longest; a single voxel has no extent to compare. */
const axisRatio = (axis: 1 | 2): Formula => (mask) => {
  const variances = principalVariances(mask);
  return variances[0] > 0 ? Math.sqrt(Math.max(0, variances[axis]) / variances[0]) : undefinedFeature('single-voxel', 'One voxel has no principal axes.');
};

/**
 * A ratio to the mesh volume; an open mesh around scattered voxels may have none. PyRadiomics divides by zero there.
 */
const overVolume = (ratio: (mask: Mask) => number): Formula => (mask) =>
  V(mask) === 0 ? undefinedFeature('no-mesh-volume', 'The surface encloses no volume: the region is made of scattered voxels.') : ratio(mask);

/** Each feature from the mask, with V the volume and A the area of the surface mesh. */
export const formulas: Readonly<Record<string, Formula>> = {
  MeshVolume: V,
  VoxelVolume: (mask) => paddedMask(mask).count * voxelVolume(mask.geometry),
  SurfaceArea: A,
  SurfaceVolumeRatio: overVolume((mask) => A(mask) / V(mask)),
  Sphericity: (mask) => ballArea(mask) / A(mask),
  Compactness1: (mask) => V(mask) / (Math.sqrt(Math.PI) * A(mask) ** 1.5),
  Compactness2: (mask) => (36 * Math.PI * V(mask) ** 2) / A(mask) ** 3,
  SphericalDisproportion: overVolume((mask) => A(mask) / ballArea(mask)),
  Maximum3DDiameter: (mask) => diameters(mask).inSpace,
  Maximum2DDiameterSlice: (mask) => diameters(mask).equalZ,
  Maximum2DDiameterColumn: (mask) => diameters(mask).equalY,
  Maximum2DDiameterRow: (mask) => diameters(mask).equalX,
  MajorAxisLength: axisLength(0),
  MinorAxisLength: axisLength(1),
  LeastAxisLength: axisLength(2),
  Elongation: axisRatio(1),
  Flatness: axisRatio(2),
};
