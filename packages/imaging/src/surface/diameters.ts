import { type Mask, once } from '@radloom/core';
import { type PlaneLines, planeHull } from './plane-hull.js';
import { surfaceWalk } from './surface-walk.js';

/** Largest distances between vertices of a mask's surface, mm. */
export interface Diameters {
  /** In any direction. */
  readonly inSpace: number;
  /** Between vertices of equal z, y and x. */
  readonly equalZ: number;
  readonly equalY: number;
  readonly equalX: number;
}

const FIRST = 1;
const LAST = 2;

/**
 * Feret diameters of the marching cubes surface; computed once a mask.
 *
 * The farthest pair of a point set are corners of its convex hull, so each plane of equal z, y or x is reduced to its planar hull,
 * on integer coordinates and so exactly. A corner of the hull in space is a corner of all three planar hulls through it: the points
 * that pass are few (some thousands for a million voxels), and of these only pairs that can beat the best so far are measured.
 *
 * @throws `mask-empty`
 */
export function diameters(mask: Mask): Diameters {
  return once(mask, 'diameters', () => {
    const { spacing } = mask.geometry;
    const { extent, alongX, alongY } = surfaceWalk(mask);
    const [ex, ey, ez] = extent;
    const half = [spacing[0] / 2, spacing[1] / 2, spacing[2] / 2];
    const cornersZ = new Uint8Array(ey * ez);
    const cornersY = new Uint8Array(ey * ez);
    const cornersX = new Uint8Array(ex * ez);
    const equalZ = hullsOf({ ends: alongX, planes: ez, planeStride: ey, lines: ey, lineStride: 1, alongUnit: half[0], acrossUnit: half[1] }, cornersZ);
    const equalY = hullsOf({ ends: alongX, planes: ey, planeStride: 1, lines: ez, lineStride: ey, alongUnit: half[0], acrossUnit: half[2] }, cornersY);
    const equalX = hullsOf({ ends: alongY, planes: ex, planeStride: 1, lines: ez, lineStride: ex, alongUnit: half[1], acrossUnit: half[2] }, cornersX);

    const points: number[] = [];
    const keep = (x: number, y: number, z: number) => {
      const line = x + ex * z;
      const corner = (alongY.first[line] === y ? cornersX[line] & FIRST : 0) | (alongY.last[line] === y ? cornersX[line] & LAST : 0);
      if (corner !== 0) points.push(x * half[0], y * half[1], z * half[2]);
    };
    for (let z = 0, line = 0; z < ez; z++) {
      for (let y = 0; y < ey; y++, line++) {
        if (cornersZ[line] === 0 || cornersY[line] === 0) continue;
        const single = alongX.first[line] === alongX.last[line]; // one vertex, which may be a first end to one hull and a last end to the other
        const both = single ? FIRST : cornersZ[line] & cornersY[line];
        if (both & FIRST) keep(alongX.first[line], y, z);
        if (both & LAST) keep(alongX.last[line], y, z);
      }
    }
    return { inSpace: farthestPair(points, Math.max(equalZ, equalY, equalX)), equalZ, equalY, equalX };
  });
}

/**
 * The largest distance within any plane of a family, mm; marks in `corners` (one entry a line, FIRST | LAST) which line ends are
 * corners of their plane's hull.
 */
function hullsOf(family: PlaneLines, corners: Uint8Array): number {
  const { planes, planeStride, lines, lineStride, alongUnit, acrossUnit } = family;
  const chain = { along: new Int32Array(2 * lines), across: new Int32Array(2 * lines), firsts: 0, count: 0 };
  let best = 0;
  for (let plane = 0; plane < planes; plane++) {
    planeHull(family, plane, chain);
    const { along, across, firsts, count } = chain;
    for (let i = 0; i < count; i++) {
      corners[plane * planeStride + across[i] * lineStride] |= i < firsts ? FIRST : LAST;
      for (let j = i + 1; j < count; j++) {
        const a = (along[i] - along[j]) * alongUnit;
        const b = (across[i] - across[j]) * acrossUnit;
        const squared = a * a + b * b;
        if (squared > best) best = squared;
      }
    }
  }
  return Math.sqrt(best);
}

/**
 * Largest distance between points (x, y, z triples, mm), or `atLeast` where none is farther.
 * Points are taken from the rim inwards: two points are never farther apart than the sum of their distances from the middle.
 */
function farthestPair(points: readonly number[], atLeast: number): number {
  const n = points.length / 3;
  const middle = [0, 0, 0];
  points.forEach((value, i) => (middle[i % 3] += value / n));
  const distance = Float64Array.from({ length: n }, (_, i) => Math.hypot(points[3 * i] - middle[0], points[3 * i + 1] - middle[1], points[3 * i + 2] - middle[2]));
  const order = Uint32Array.from({ length: n }, (_, i) => i).sort((i, j) => distance[j] - distance[i]);
  const sorted = new Float64Array(4 * n);
  order.forEach((from, to) => sorted.set([points[3 * from], points[3 * from + 1], points[3 * from + 2], distance[from]], 4 * to));
  let best = atLeast;
  for (let i = 0; i < 4 * n && 2 * sorted[i + 3] > best; i += 4) {
    for (let j = i + 4; j < 4 * n && sorted[i + 3] + sorted[j + 3] > best; j += 4) {
      const dx = sorted[i] - sorted[j];
      const dy = sorted[i + 1] - sorted[j + 1];
      const dz = sorted[i + 2] - sorted[j + 2];
      const squared = dx * dx + dy * dy + dz * dz;
      if (squared > best * best) best = Math.sqrt(squared);
    }
  }
  return best;
}
