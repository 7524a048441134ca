import { makeGeometry, makeMask, type Mask, memoBuilds, random, type Vec3 } from '@radloom/core';
import { describe, expect, test } from 'vitest';
import { diameters, outlineMeasures, paddedMask, principalVariances, surfaceMeasures, symmetricEigenvalues } from './index.js';

function maskOf(size: Vec3, spacing: Vec3, inside: (x: number, y: number, z: number) => boolean): Mask {
  const geometry = makeGeometry({ size, spacing });
  const data = new Uint8Array(size[0] * size[1] * size[2]);
  for (let z = 0, i = 0; z < size[2]; z++) for (let y = 0; y < size[1]; y++) for (let x = 0; x < size[0]; x++, i++) data[i] = inside(x, y, z) ? 1 : 0;
  return makeMask(geometry, data);
}

/** Middles of all grid edges between inside and outside, mm: the surface's vertices, found the plain way. */
function vertices(mask: Mask): Vec3[] {
  const { size, data } = paddedMask(mask);
  const [sx, sy, sz] = mask.geometry.spacing;
  const at = (x: number, y: number, z: number) => (x < size[0] && y < size[1] && z < size[2] ? data[x + size[0] * (y + size[1] * z)] : 0);
  const found: Vec3[] = [];
  for (let z = 0; z < size[2]; z++) {
    for (let y = 0; y < size[1]; y++) {
      for (let x = 0; x < size[0]; x++) {
        if (at(x, y, z) !== at(x + 1, y, z)) found.push([(x + 0.5) * sx, y * sy, z * sz]);
        if (at(x, y, z) !== at(x, y + 1, z)) found.push([x * sx, (y + 0.5) * sy, z * sz]);
        if (at(x, y, z) !== at(x, y, z + 1)) found.push([x * sx, y * sy, (z + 0.5) * sz]);
      }
    }
  }
  return found;
}

function farthest(points: readonly Vec3[], sameAxis?: 0 | 1 | 2): number {
  let best = 0;
  for (const p of points) for (const q of points) if (sameAxis === undefined || p[sameAxis] === q[sameAxis]) best = Math.max(best, Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]));
  return best;
}

describe('surface of one voxel: an octahedron through the middles of six grid edges', () => {
  const mask = maskOf([3, 3, 3], [2, 3, 4], (x, y, z) => x === 1 && y === 1 && z === 1);

  test('encloses a sixth of the voxel', () => {
    expect(surfaceMeasures(mask).volume).toBeCloseTo((2 * 3 * 4) / 6, 12);
  });

  test('has eight equal triangles with corners (1,0,0), (0,3/2,0), (0,0,2) mm from its middle', () => {
    const triangle = Math.hypot(1.5 * 2, 1 * 2, 1 * 1.5) / 2;
    expect(surfaceMeasures(mask).area).toBeCloseTo(8 * triangle, 12);
  });

  test('is as long as the voxel along each axis', () => {
    expect(diameters(mask)).toEqual({ inSpace: 4, equalZ: 3, equalY: 4, equalX: 4 });
  });

  test('has no variance', () => {
    expect(principalVariances(mask)).toEqual([0, 0, 0]);
  });
});

describe('surface of a block', () => {
  const block = (size: Vec3, at: Vec3, spacing: Vec3 = [1, 1, 1]) => maskOf([12, 12, 12], spacing, (...p) => p.every((v, axis) => v >= at[axis] && v < at[axis] + size[axis]));

  test('a block of 4 x 5 x 6 voxels: faces, bevelled edges and cut corners add up', () => {
    // Faces of 3x4, 4x5, 3x5 voxel steps twice each; 4 edges of each length bevelled over sqrt(1/2); 8 corner triangles of side sqrt(1/2).
    const faces = 2 * (3 * 4 + 4 * 5 + 3 * 5);
    const edges = 4 * (3 + 4 + 5) * Math.SQRT1_2;
    const corners = 8 * (Math.sqrt(3) / 8);
    expect(surfaceMeasures(block([4, 5, 6], [1, 1, 1])).area).toBeCloseTo(faces + edges + corners, 11);
  });

  test('does not depend on where the block lies', () => {
    const here = block([4, 5, 6], [0, 0, 0]);
    const there = block([4, 5, 6], [8, 7, 6]);
    expect(surfaceMeasures(there)).toEqual(surfaceMeasures(here));
    expect(diameters(there)).toEqual(diameters(here));
    expect(principalVariances(there)).toEqual(principalVariances(here));
  });

  test('grows with the square and the cube of the spacing', () => {
    const small = surfaceMeasures(block([4, 5, 6], [1, 2, 3]));
    const large = surfaceMeasures(block([4, 5, 6], [1, 2, 3], [3, 3, 3]));
    expect(large.area / small.area).toBeCloseTo(9, 12);
    expect(large.volume / small.volume).toBeCloseTo(27, 12);
  });

  test('variances are those of evenly spaced points: (n^2 - 1) / 12 along each side', () => {
    const [a, b, c] = principalVariances(block([4, 5, 6], [1, 2, 3], [1, 2, 3]));
    expect([a, b, c]).toEqual([expect.closeTo((9 * 35) / 12, 12), expect.closeTo((4 * 24) / 12, 12), expect.closeTo(15 / 12, 12)]);
  });

  test('a slice has exactly no variance across itself', () => {
    expect(principalVariances(block([7, 5, 1], [2, 2, 2], [0.7, 0.7, 3.3]))[2]).toBe(0);
  });
});

describe('diameters find the farthest vertices that trying every pair finds', () => {
  const stream = random([5, 6, 7, 8]);
  const shapes: [string, Mask][] = [
    ['scattered voxels', maskOf([7, 6, 5], [0.7, 1.1, 2.3], () => stream.next() < 0.2)],
    ['dense noise', maskOf([8, 9, 7], [1, 1, 1], () => stream.next() < 0.7)],
    ['a ball', maskOf([15, 15, 15], [1, 1, 1], (x, y, z) => (x - 7) ** 2 + (y - 7) ** 2 + (z - 7) ** 2 <= 44)],
    ['a tilted rod', maskOf([16, 14, 12], [0.5, 0.8, 2], (x, y, z) => Math.abs(x - y) < 2 && Math.abs(y - z) < 2)],
    ['two far parts', maskOf([20, 6, 6], [1, 2, 3], (x, y, z) => (x < 2 && y < 2 && z < 2) || (x > 17 && y > 3 && z > 3))],
    ['a single row', maskOf([9, 3, 3], [1, 1, 1], (_, y, z) => y === 1 && z === 1)],
  ];

  test.each(shapes)('%s', (_, mask) => {
    const points = vertices(mask);
    const found = diameters(mask);
    expect(found.inSpace).toBeCloseTo(farthest(points), 12);
    expect(found.equalZ).toBeCloseTo(farthest(points, 2), 12);
    expect(found.equalY).toBeCloseTo(farthest(points, 1), 12);
    expect(found.equalX).toBeCloseTo(farthest(points, 0), 12);
  });
});

describe('outline of a flat mask', () => {
  const flat = (rows: string[]) => maskOf([rows[0].length, rows.length, 1], [2, 3, 5], (x, y) => rows[y][x] === '#');
  const cut = Math.sqrt(13) / 2; // over half a voxel of 2 x 3 mm each way

  test('one voxel: a rhombus of half its area', () => {
    expect(outlineMeasures(flat(['#']), 2)).toEqual({ area: 3, perimeter: expect.closeTo(4 * cut, 12), voxelArea: 6 });
  });

  test('an L of three voxels', () => {
    // Around the three centres: half a square between neighbours on the outer sides (4 x 1/2 - the inner two belong to the square of
    // three), the inner square 7/8, five corners of 1/8.
    const { area, perimeter } = outlineMeasures(flat(['##', '#.']), 2);
    expect(area).toBeCloseTo(6 * (2 / 2 + 7 / 8 + 5 / 8), 12);
    expect(perimeter).toBeCloseTo(6 * cut + 2 + 3, 12);
  });

  test('voxels that touch by a corner stay apart', () => {
    const { area, perimeter } = outlineMeasures(flat(['#.', '.#']), 2);
    expect(area).toBeCloseTo(2 * 3, 12);
    expect(perimeter).toBeCloseTo(8 * cut, 12);
  });

  test('planes across x, y and z are measured alike', () => {
    const rows = ['.##.', '####', '..#.'];
    const inside = (a: number, b: number) => rows[b][a] === '#';
    const z = outlineMeasures(maskOf([4, 3, 1], [2, 3, 9], (x, y) => inside(x, y)), 2);
    expect(outlineMeasures(maskOf([4, 1, 3], [2, 9, 3], (x, _, zz) => inside(x, zz)), 1)).toEqual(z);
    expect(outlineMeasures(maskOf([1, 4, 3], [9, 2, 3], (_, y, zz) => inside(y, zz)), 0)).toEqual(z);
  });

  test('a mask of two planes is refused', () => {
    expect(() => outlineMeasures(maskOf([2, 2, 2], [1, 1, 1], () => true), 2)).toThrow(expect.objectContaining({ code: 'mask-not-flat', data: { planes: 2, axis: 'z' } }));
  });
});

test('one walk serves surface, volume and diameters', () => {
  const mask = maskOf([5, 5, 5], [1, 1, 1], (x, y, z) => x + y + z < 7);
  surfaceMeasures(mask);
  diameters(mask);
  surfaceMeasures(mask);
  expect(memoBuilds(mask).get('surface-walk')).toBe(1);
});

test('an empty mask is refused', () => {
  expect(() => surfaceMeasures(maskOf([3, 3, 3], [1, 1, 1], () => false))).toThrow(expect.objectContaining({ code: 'mask-empty' }));
});

test('eigenvalues of a symmetric matrix, largest first', () => {
  // Of [[2,1,0],[1,2,0],[0,0,5]]: 5, 3, 1.
  expect(symmetricEigenvalues(2, 2, 5, 1, 0, 0)).toEqual([expect.closeTo(5, 14), expect.closeTo(3, 14), expect.closeTo(1, 14)]);
  // Sum and product are trace and determinant.
  const [a, b, c] = symmetricEigenvalues(4, 3, 2, 1, -0.5, 0.25);
  expect(a + b + c).toBeCloseTo(9, 13);
  expect(a * b * c).toBeCloseTo(4 * (6 - 0.0625) - 1 * (2 + 0.125) + -0.5 * (0.25 + 1.5), 12);
});
