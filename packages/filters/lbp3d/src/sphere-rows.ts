import type { Vec3 } from '@radloom/core';
import { inside, mirrored, shift, type Shift } from './spline.js';

/** Fills `samples[v * nx + x]` with the volume's value at point v of the sphere around voxel (x, y, z). */
export type SampleRow = (y: number, z: number, samples: Float64Array) => void;

/** Points that share their shift along z, and among these along y. */
interface Group<T> {
  readonly shift: Shift;
  readonly members: T[];
}

/**
 * Spline values on spheres, a row of voxels at a time; 0 where a point lies outside the outermost voxel centres.
 *
 * Around every voxel the points are the same, so the spline's 64 weights split into three sums of four that points share: along z
 * once a plane, along y once a row, along x for each point. Call with z ascending: planes are kept until z changes.
 *
 * @param points PyRadiomics adds their (x, y, z) to voxel indices (z, y, x): so does this
 */
export function sphereRows(coefficients: Float64Array, size: Vec3, points: readonly Vec3[]): SampleRow {
  const [nx, ny, nz] = size;
  const plane = nx * ny;
  const groups = grouped(points.map((point, v) => ({ z: point[0], y: point[1], x: shift(point[2]), v })));
  const summedAlongZ = groups.map(() => new Float64Array(plane));
  const margin = Math.ceil(Math.max(...points.map((point) => Math.abs(point[2])))) + 3;
  const row = new Float64Array(nx + 2 * margin);
  let planeOf = -1;

  return (y, z, samples) => {
    if (z !== planeOf) groups.forEach((group, g) => inside(z, group.shift.offset, nz) && sumPlanes(coefficients, summedAlongZ[g], group.shift, z, plane, nz));
    planeOf = z;
    groups.forEach((group, g) => {
      const insideZ = inside(z, group.shift.offset, nz);
      for (const { shift: shiftY, members } of group.members) {
        if (!insideZ || !inside(y, shiftY.offset, ny)) {
          for (const { v } of members) samples.fill(0, v * nx, (v + 1) * nx);
          continue;
        }
        sumRows(summedAlongZ[g], row, shiftY, y, nx, ny, margin);
        for (const { v, x } of members) sumAlong(row, samples, x, v * nx, nx, margin);
      }
    });
  };
}

interface Point {
  readonly z: number;
  readonly y: number;
  readonly x: Shift;
  readonly v: number;
}

function grouped(points: readonly Point[]): Group<Group<Point>>[] {
  const by = <T>(all: readonly T[], key: (one: T) => number): [number, T[]][] => [...new Set(all.map(key))].map((value) => [value, all.filter((one) => key(one) === value)]);
  return by(points, (p) => p.z).map(([z, sameZ]) => ({ shift: shift(z), members: by(sameZ, (p) => p.y).map(([y, sameZY]) => ({ shift: shift(y), members: sameZY })) }));
}

function sumPlanes(coefficients: Float64Array, out: Float64Array, { first, weights }: Shift, z: number, plane: number, nz: number): void {
  const [w0, w1, w2, w3] = weights;
  const [p0, p1, p2, p3] = [0, 1, 2, 3].map((k) => plane * mirrored(z + first + k, nz));
  for (let i = 0; i < plane; i++) out[i] = w0 * coefficients[p0 + i] + w1 * coefficients[p1 + i] + w2 * coefficients[p2 + i] + w3 * coefficients[p3 + i];
}

/** One row with `margin` mirrored values on both sides. */
function sumRows(summed: Float64Array, row: Float64Array, { first, weights }: Shift, y: number, nx: number, ny: number, margin: number): void {
  const [w0, w1, w2, w3] = weights;
  const [r0, r1, r2, r3] = [0, 1, 2, 3].map((k) => nx * mirrored(y + first + k, ny));
  for (let x = 0; x < nx; x++) row[margin + x] = w0 * summed[r0 + x] + w1 * summed[r1 + x] + w2 * summed[r2 + x] + w3 * summed[r3 + x];
  for (let k = 1; k <= margin; k++) {
    row[margin - k] = row[margin + mirrored(-k, nx)];
    row[margin + nx - 1 + k] = row[margin + mirrored(nx - 1 + k, nx)];
  }
}

function sumAlong(row: Float64Array, samples: Float64Array, { offset, first, weights }: Shift, to: number, nx: number, margin: number): void {
  const [w0, w1, w2, w3] = weights;
  const from = margin + first;
  for (let x = 0; x < nx; x++) samples[to + x] = w0 * row[from + x] + w1 * row[from + x + 1] + w2 * row[from + x + 2] + w3 * row[from + x + 3];
  for (let x = 0; x < nx && !inside(x, offset, nx); x++) samples[to + x] = 0;
  for (let x = nx - 1; x >= 0 && !inside(x, offset, nx); x--) samples[to + x] = 0;
}
