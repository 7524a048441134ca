import { type Mask, once, type Vec3 } from '@radloom/core';
import { type PlaneLines, planeHull } from './plane-hull.js';
import { type LineEnds, surfaceWalk, type SurfaceWalk } from './surface-walk.js';

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
  return once(mask, 'diameters', () => measure(surfaceWalk(mask), mask.geometry.spacing));
}

function measure({ extent, alongX, alongY }: SurfaceWalk, spacing: Vec3): Diameters {
  const [ex, ey, ez] = extent;
  const half: Vec3 = [spacing[0] / 2, spacing[1] / 2, spacing[2] / 2];
  const cornersZ = new Uint8Array(ey * ez);
  const cornersY = new Uint8Array(ey * ez);
  const cornersX = new Uint8Array(ex * ez);
  const equalZ = hullsOf({ ends: alongX, planes: ez, planeStride: ey, lines: ey, lineStride: 1, alongUnit: half[0], acrossUnit: half[1] }, cornersZ);
  const equalY = hullsOf({ ends: alongX, planes: ey, planeStride: 1, lines: ez, lineStride: ey, alongUnit: half[0], acrossUnit: half[2] }, cornersY);
  const equalX = hullsOf({ ends: alongY, planes: ex, planeStride: 1, lines: ez, lineStride: ex, alongUnit: half[1], acrossUnit: half[2] }, cornersX);

  const points: number[] = [];
  for (let z = 0, line = 0; z < ez; z++) {
    for (let y = 0; y < ey; y++, line++) {
      if (cornersZ[line] === 0 || cornersY[line] === 0) continue;
      const single = alongX.first[line] === alongX.last[line]; // one vertex, which may be a first end to one hull and a last end to the other
      const both = single ? FIRST : cornersZ[line] & cornersY[line];
      for (const end of [FIRST, LAST]) {
        if ((both & end) === 0) continue;
        const x = end === FIRST ? alongX.first[line] : alongX.last[line];
        if (isCorner(alongY, cornersX, x + ex * z, y)) points.push(x * half[0], y * half[1], z * half[2]);
      }
    }
  }
  return { inSpace: farthestPair(points, Math.max(equalZ, equalY, equalX)), equalZ, equalY, equalX };
}

/** Whether a line's vertex at this position is an end that was marked. */
function isCorner({ first, last }: LineEnds, corners: Uint8Array, line: number, position: number): boolean {
  return (first[line] === position && (corners[line] & FIRST) !== 0) || (last[line] === position && (corners[line] & LAST) !== 0);
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
  const sorted = fromTheRim(points);
  let best = atLeast;
  for (let i = 0; i < sorted.length && 2 * sorted[i + 3] > best; i += 4) {
    for (let j = i + 4; j < sorted.length && sorted[i + 3] + sorted[j + 3] > best; j += 4) {
      const dx = sorted[i] - sorted[j];
      const dy = sorted[i + 1] - sorted[j + 1];
      const dz = sorted[i + 2] - sorted[j + 2];
      const squared = dx * dx + dy * dy + dz * dz;
      if (squared > best * best) best = Math.sqrt(squared);
    }
  }
  return best;
}

/** x, y, z and the distance from the points' middle, farthest first. */
function fromTheRim(points: readonly number[]): Float64Array {
  const n = points.length / 3;
  let x = 0, y = 0, z = 0;
  for (let i = 0; i < points.length; i += 3) {
    x += points[i] / n;
    y += points[i + 1] / n;
    z += points[i + 2] / n;
  }
  const distance = new Float64Array(n);
  for (let i = 0; i < n; i++) distance[i] = Math.sqrt((points[3 * i] - x) ** 2 + (points[3 * i + 1] - y) ** 2 + (points[3 * i + 2] - z) ** 2);
  const order = Uint32Array.from(distance.keys()).sort((i, j) => distance[j] - distance[i]);
  const sorted = new Float64Array(4 * n);
  for (let to = 0; to < n; to++) {
    const from = order[to];
    for (let axis = 0; axis < 3; axis++) sorted[4 * to + axis] = points[3 * from + axis];
    sorted[4 * to + 3] = distance[from];
  }
  return sorted;
}
