import { type FeatureValue, type Mask, undefinedFeature } from '@radloom/core';
import { diameters, outlineMeasures, principalVariances } from '@radloom/imaging';

/** The axis across the plane: 0 x, 1 y, 2 z. */
export type Axis = 0 | 1 | 2;

type Formula = (mask: Mask, axis: Axis) => FeatureValue;

/** Area A inside the outline, mm2. */
const A = (mask: Mask, axis: Axis) => outlineMeasures(mask, axis).area;

/** Length P of the outline, mm. */
const P = (mask: Mask, axis: Axis) => outlineMeasures(mask, axis).perimeter;

/** Perimeter of the disc whose area is A: 2 sqrt(pi A). */
const discPerimeter = (mask: Mask, axis: Axis) => 2 * Math.sqrt(Math.PI * A(mask, axis));

/** Length of a principal axis, mm: 4 sqrt(lambda). Across the plane the variance is exactly 0, so the plane's two come first. */
const axisLength = (order: 0 | 1): Formula => (mask) => 4 * Math.sqrt(Math.max(0, principalVariances(mask)[order]));

/** Each feature from a flat mask, with A the area and P the length of the outline. */
export const formulas: Readonly<Record<string, Formula>> = {
  MeshSurface: A,
  PixelSurface: (mask, axis) => outlineMeasures(mask, axis).voxelArea,
  Perimeter: P,
  PerimeterSurfaceRatio: (mask, axis) => P(mask, axis) / A(mask, axis),
  Sphericity: (mask, axis) => discPerimeter(mask, axis) / P(mask, axis),
  SphericalDisproportion: (mask, axis) => P(mask, axis) / discPerimeter(mask, axis),
  // Vertices across the plane are voxel centres, and no two of these are as far apart as the outline's farthest vertices.
  MaximumDiameter: (mask, axis) => [diameters(mask).equalX, diameters(mask).equalY, diameters(mask).equalZ][axis],
  MajorAxisLength: axisLength(0),
  MinorAxisLength: axisLength(1),
  Elongation: (mask) => {
    const [major, minor] = principalVariances(mask);
    return major > 0 ? Math.sqrt(Math.max(0, minor) / major) : undefinedFeature('single-voxel', 'One voxel has no principal axes.');
  },
};
