import type { Vec3, VoxelArray } from '@radloom/core';
import type { Circle } from './circle.js';
import type { Code } from './codes.js';

/** Parallel planes of a volume and how to walk them. */
export interface Planes {
  readonly count: number;
  readonly step: number;
  readonly rows: number;
  readonly rowStep: number;
  readonly columns: number;
  readonly columnStep: number;
}

/** Planes across an axis (0 z, 1 y, 2 x); rows and columns are (y, x), (z, x) and (y, z). */
export function planesAcross([nx, ny, nz]: Vec3, dimension: number): Planes {
  const x = { count: nx, step: 1 };
  const y = { count: ny, step: nx };
  const z = { count: nz, step: nx * ny };
  const [across, rows, columns] = [[z, y, x], [y, z, x], [x, y, z]][dimension];
  return { count: across.count, step: across.step, rows: rows.count, rowStep: rows.step, columns: columns.count, columnStep: columns.step };
}

/** Where the points of the circles around positions 0..count-1 fall on one axis: pixels before and after, and how far between. */
interface Brackets {
  /** Entry `position * points + point`; as a step into the volume, or -1 outside. */
  readonly before: Int32Array;
  readonly after: Int32Array;
  readonly between: Float64Array;
}

function brackets(offsets: Float64Array, count: number, step: number): Brackets {
  const points = offsets.length;
  const before = new Int32Array(count * points);
  const after = new Int32Array(count * points);
  const between = new Float64Array(count * points);
  const place = (i: number) => (i >= 0 && i < count ? i * step : -1);
  for (let position = 0, at = 0; position < count; position++) {
    for (let p = 0; p < points; p++, at++) {
      const x = position + offsets[p];
      before[at] = place(Math.floor(x));
      after[at] = place(Math.ceil(x));
      between[at] = x - Math.floor(x);
    }
  }
  return { before, after, between };
}

/**
 * Codes of one plane. Values between pixels are bilinear; outside the plane they are 0.
 *
 * @param start index of the plane's first voxel
 */
export function filterPlane(values: Float32Array | Float64Array, codes: VoxelArray, start: number, planes: Planes, circle: Circle, code: Code): void {
  const points = circle.rows.length;
  const bright = new Uint8Array(points);
  const around = new Float64Array(points);
  const rows = brackets(circle.rows, planes.rows, planes.rowStep);
  const columns = brackets(circle.columns, planes.columns, planes.columnStep);
  const value = (row: number, column: number) => (row >= 0 && column >= 0 ? values[start + row + column] : 0);
  for (let r = 0; r < planes.rows; r++) {
    for (let c = 0; c < planes.columns; c++) {
      const at = start + r * planes.rowStep + c * planes.columnStep;
      const centre = values[at];
      for (let p = 0; p < points; p++) {
        const i = r * points + p;
        const j = c * points + p;
        const top = rows.before[i];
        const bottom = rows.after[i];
        const left = columns.before[j];
        const right = columns.after[j];
        const dr = rows.between[i];
        const dc = columns.between[j];
        const upper = (1 - dc) * value(top, left) + dc * value(top, right);
        const lower = (1 - dc) * value(bottom, left) + dc * value(bottom, right);
        around[p] = (1 - dr) * upper + dr * lower;
        bright[p] = around[p] - centre >= 0 ? 1 : 0;
      }
      codes[at] = code(bright, around);
    }
  }
}
