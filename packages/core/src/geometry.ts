import { RadloomError } from './errors.js';

/** x, y, z. */
export type Vec3 = readonly [number, number, number];

/**
 * Where a grid of voxels lies in the patient: LPS millimetres (x to the patient's left, y to the back, z to the head), as DICOM and ITK have it.
 * The centre of voxel (i, j, k) lies at `origin + direction * (i * spacing[0], j * spacing[1], k * spacing[2])`.
 */
export interface Geometry {
  /** Voxels along x, y, z. */
  readonly size: Vec3;
  /** Millimetres between voxel centres along x, y, z; positive. */
  readonly spacing: Vec3;
  /** LPS millimetres of the centre of voxel (0, 0, 0). */
  readonly origin: Vec3;
  /** 3 x 3, row by row; column k is the unit vector of index axis k. */
  readonly direction: readonly number[];
}

export const identityDirection: readonly number[] = [1, 0, 0, 0, 1, 0, 0, 0, 1];

/** A geometry, checked: sizes are positive integers, spacings positive, all numbers finite, directions not degenerate. */
export function makeGeometry(init: { size: Vec3; spacing?: Vec3; origin?: Vec3; direction?: readonly number[] }): Geometry {
  const { size, spacing = [1, 1, 1], origin = [0, 0, 0], direction = identityDirection } = init;
  if (size.length !== 3 || !size.every((n) => Number.isInteger(n) && n > 0)) {
    throw new RadloomError({ code: 'geometry-size', what: `The grid's size is ${size.join(' x ')}: each axis needs at least one voxel.` });
  }
  if (spacing.length !== 3 || !spacing.every((s) => Number.isFinite(s) && s > 0)) {
    throw new RadloomError({ code: 'geometry-spacing', what: `The voxel spacing is ${spacing.join(' x ')} mm: each must be a positive number.` });
  }
  if (origin.length !== 3 || !origin.every(Number.isFinite)) {
    throw new RadloomError({ code: 'geometry-origin', what: `The grid's origin is ${origin.join(', ')}: three finite numbers are needed.` });
  }
  if (direction.length !== 9 || !(Math.abs(determinant(direction)) > 1e-6)) {
    throw new RadloomError({ code: 'geometry-direction', what: `The grid's axes do not span space: direction ${direction.join(' ')}.` });
  }
  return { size: [...size], spacing: [...spacing], origin: [...origin], direction: [...direction] };
}

export function voxelCount(geometry: Geometry): number {
  return geometry.size[0] * geometry.size[1] * geometry.size[2];
}

/** Cubic millimetres of one voxel. */
export function voxelVolume(geometry: Geometry): number {
  return geometry.spacing[0] * geometry.spacing[1] * geometry.spacing[2];
}

/** LPS millimetres of a (continuous) index x, y, z. */
export function indexToWorld(geometry: Geometry, index: Vec3): Vec3 {
  const { origin: o, spacing: s, direction: d } = geometry;
  const x = index[0] * s[0];
  const y = index[1] * s[1];
  const z = index[2] * s[2];
  return [o[0] + d[0] * x + d[1] * y + d[2] * z, o[1] + d[3] * x + d[4] * y + d[5] * z, o[2] + d[6] * x + d[7] * y + d[8] * z];
}

/** The continuous index x, y, z of a point in LPS millimetres. */
export function worldToIndex(geometry: Geometry, point: Vec3): Vec3 {
  const { origin: o, spacing: s } = geometry;
  const m = invert3(geometry.direction);
  const x = point[0] - o[0];
  const y = point[1] - o[1];
  const z = point[2] - o[2];
  return [(m[0] * x + m[1] * y + m[2] * z) / s[0], (m[3] * x + m[4] * y + m[5] * z) / s[1], (m[6] * x + m[7] * y + m[8] * z) / s[2]];
}

export function determinant(m: readonly number[]): number {
  return m[0] * (m[4] * m[8] - m[5] * m[7]) - m[1] * (m[3] * m[8] - m[5] * m[6]) + m[2] * (m[3] * m[7] - m[4] * m[6]);
}

/** Inverse of a 3 x 3 matrix, row by row. */
export function invert3(m: readonly number[]): number[] {
  const det = determinant(m);
  return [
    (m[4] * m[8] - m[5] * m[7]) / det,
    (m[2] * m[7] - m[1] * m[8]) / det,
    (m[1] * m[5] - m[2] * m[4]) / det,
    (m[5] * m[6] - m[3] * m[8]) / det,
    (m[0] * m[8] - m[2] * m[6]) / det,
    (m[2] * m[3] - m[0] * m[5]) / det,
    (m[3] * m[7] - m[4] * m[6]) / det,
    (m[1] * m[6] - m[0] * m[7]) / det,
    (m[0] * m[4] - m[1] * m[3]) / det,
  ];
}
