import { type Geometry, once, type Vec3 } from '@radloom/core';
import { inverseBySingularValues } from './inverse.js';

/**
 * A grid's matrices between voxel indices and LPS millimetres, row by row.
 *
 * The functions of this module do what `indexToWorld` and `worldToIndex` of core do, with the operations in ITK's order: positions
 * that fall exactly between two voxels are common, and there the last bit decides.
 */
export interface Placement {
  readonly origin: Vec3;
  /** Direction times spacing. */
  readonly toWorld: readonly number[];
  readonly toIndex: readonly number[];
}

/** Computed once a geometry. */
export function placement(geometry: Geometry): Placement {
  return once(geometry, 'placement', () => {
    const { direction: d, spacing: s, origin } = geometry;
    const toWorld = d.map((cosine, i) => cosine * s[i % 3]);
    return { origin, toWorld, toIndex: inverseBySingularValues(toWorld) };
  });
}

/** LPS millimetres of a voxel's centre. */
export function voxelCentre(geometry: Geometry, [i, j, k]: Vec3): Vec3 {
  const { origin: o, toWorld: m } = placement(geometry);
  return [o[0] + m[0] * i + m[1] * j + m[2] * k, o[1] + m[3] * i + m[4] * j + m[5] * k, o[2] + m[6] * i + m[7] * j + m[8] * k];
}

/** LPS millimetres of a continuous index. */
export function pointAt(geometry: Geometry, [i, j, k]: Vec3): Vec3 {
  const { origin: o, toWorld: m } = placement(geometry);
  return [m[0] * i + m[1] * j + m[2] * k + o[0], m[3] * i + m[4] * j + m[5] * k + o[1], m[6] * i + m[7] * j + m[8] * k + o[2]];
}

/** The continuous index of a point in LPS millimetres. */
export function continuousIndexAt(geometry: Geometry, point: Vec3): Vec3 {
  const { origin: o, toIndex: m } = placement(geometry);
  const x = point[0] - o[0];
  const y = point[1] - o[1];
  const z = point[2] - o[2];
  return [m[0] * x + m[1] * y + m[2] * z, m[3] * x + m[4] * y + m[5] * z, m[6] * x + m[7] * y + m[8] * z];
}

/**
 * A function that says where row (j, k) of grid `of` runs through grid `through`: `line[0..2]` the continuous index of voxel 0, `line[3..5]` the step from
 * there to one past the last voxel. ITK's resampler places voxel i at `line[a] + i / size * line[a + 3]` and so do we.
 */
export function rowTracer(of: Geometry, through: Geometry): (j: number, k: number, line: Float64Array) => void {
  const { origin: o, toWorld: w } = placement(of);
  const { origin: p, toIndex: m } = placement(through);
  const past = of.size[0];
  return (j, k, line) => {
    for (let end = 0; end < 2; end++) {
      const i = end * past;
      const x = o[0] + w[0] * i + w[1] * j + w[2] * k - p[0];
      const y = o[1] + w[3] * i + w[4] * j + w[5] * k - p[1];
      const z = o[2] + w[6] * i + w[7] * j + w[8] * k - p[2];
      for (let a = 0; a < 3; a++) {
        const index = m[3 * a] * x + m[3 * a + 1] * y + m[3 * a + 2] * z;
        if (end === 0) line[a] = index;
        else line[a + 3] = index - line[a];
      }
    }
  };
}

/** Whether axis a of one grid runs along axis a of the other (either way), to within 1e-10 voxels over the whole grid. */
export function axesAgree(of: Geometry, through: Geometry): boolean {
  const { toWorld: w } = placement(of);
  const { toIndex: m } = placement(through);
  for (let row = 0; row < 3; row++) {
    for (let column = 0; column < 3; column++) {
      const step = m[3 * row] * w[column] + m[3 * row + 1] * w[3 + column] + m[3 * row + 2] * w[6 + column];
      if (row !== column && !(Math.abs(step) * of.size[column] < 1e-10)) return false;
    }
  }
  return true;
}

/**
 * Positions of a grid's voxels along each axis of another grid, in its voxels; for grids whose axes agree. Exact where directions are
 * axes of space; otherwise rows differ from each other in the last bits.
 */
export function axisPositions(of: Geometry, through: Geometry): [Float64Array, Float64Array, Float64Array] {
  const [nx, ny, nz] = of.size;
  const line = new Float64Array(6);
  const trace = rowTracer(of, through);
  trace(0, 0, line);
  const [x, , , step] = line;
  const across = (axis: 1 | 2) => (_: unknown, i: number) => {
    trace(axis === 1 ? i : 0, axis === 2 ? i : 0, line);
    return line[axis];
  };
  return [
    Float64Array.from({ length: nx }, (_, i) => x + (i / nx) * step),
    Float64Array.from({ length: ny }, across(1)),
    Float64Array.from({ length: nz }, across(2)),
  ];
}
