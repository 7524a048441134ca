import type { Vec3 } from '@radloom/core';

/**
 * Triangles of the marching cubes surface, for the 128 configurations in which corner 7 lies outside.
 *
 * Corners, as (x, y, z) of the cube: 0 (0,0,0), 1 (1,0,0), 2 (1,1,0), 3 (0,1,0), 4 (0,0,1), 5 (1,0,1), 6 (1,1,1), 7 (0,1,1); a
 * configuration has bit c set when corner c lies inside. Edges 0-3 run around the lower face from corner 0, 4-7 around the upper
 * face from corner 4, 8-11 upwards from corners 0-3. One word a configuration, in order; three hexadecimal edges a triangle; `-` for
 * none. A configuration with corner 7 inside has the triangles of its complement, seen from the other side.
 *
 * Facts from the public-domain table of P. Bourke, "Polygonising a scalar field" (1994), after W. E. Lorensen & H. E. Cline,
 * "Marching cubes" (SIGGRAPH 1987); each triangle is turned to start at its lowest edge and each word sorted.
 */
const triangles = `
  - 083 019 183198 12a 08312a 0292a9 2832a88a9
  23b 08b0b2 01923b 19b1b28b9 13a3ba 08a0a18ba 0393b99ba 8a98ba
  478 043347 019478 147173194 12a478 04312a347 0292a9478 2732972a9479
  23b478 04224b47b 01923b478 19229b47b4b9 13a3ba478 04114b1ba47b 03b0b94789ba 47b4b99ba
  495 083495 015054 153358485 12a495 08312a495 0242542a5 2532a5348354
  23b495 08b0b2495 01505423b 15225828b485 13a3ba495 08118a4958ba 03b0540b55ba 48558a8ba
  579789 093357395 017078157 153357 12a579789 05309512a357 0282582a5578 2532a5357
  23b579789 09227b297579 01815717823b 15717b1b2 13a3ba578589 05707b0950a10ba 03b0570780a50ba 57b5ba
  5a6 0835a6 0195a6 1831985a6 126165 083126165 026069596 258265283598
  23b5a6 08b0b25a6 01923b5a6 19229b5a68b9 1353653b6 05108b0b55b6 0360590653b6 59669b8b9
  4785a6 0433475a6 0194785a6 1731974795a6 126165478 043125265347 026059065478 269293397479596
  23b4785a6 04224727b5a6 01923b4785a6 19229b47b4b95a6 1353b54785b6 04b0b11b547b5b6 0360590653b6478 47959669b7b9
  49a4a6 08349a4a6 01a0640a6 1681831a6486 124149264 083129249264 024264 248264283
  23b49a4a6 08228b49a4a6 0160641a623b 14816418b1a61b2 1393693b6496 08114916418b1b6 0360643b6 48668b
  67a78a89a 07309a0a767a 0181781a767a 1731a767a 126168189678 093129269397679 026067078 267273
  23b67868a89a 07209727b67a79a 0181781a723b67a 16717b1a61b2 1361693b6678689 09167b 03b0670780b6 67b`
  .trim()
  .split(/\s+/);

/** Middle of each edge in half voxels: x, y, z. */
const edgeMiddles: readonly Vec3[] = [
  [1, 0, 0], [2, 1, 0], [1, 2, 0], [0, 1, 0],
  [1, 0, 2], [2, 1, 2], [1, 2, 2], [0, 1, 2],
  [0, 0, 1], [2, 0, 1], [2, 2, 1], [0, 2, 1],
];

/** What the triangles of each of the 256 configurations add to a closed surface; arrays are indexed by the configuration. */
export interface CubeMeasures {
  /** Area, mm2. */
  readonly area: Float64Array;
  /** Six times the signed volume between the triangles and the cube's own corner 0, mm3. */
  readonly sixfoldVolume: Float64Array;
  /** Growth of `sixfoldVolume` per voxel by which the cube lies farther along x, y, z, mm3; entries 3c, 3c + 1, 3c + 2. */
  readonly sixfoldVolumeSlope: Float64Array;
}

/**
 * The measures of every configuration at a voxel spacing (x, y, z, mm).
 *
 * For a triangle (a, b, c) shifted by p, det(a+p, b+p, c+p) = det(a, b, c) + p . n with n = (b-a) x (c-a): so area and volume of a
 * whole surface follow from how often each configuration occurs and the sum of its positions, and no triangle is ever made.
 */
export function cubeMeasures(spacing: Vec3): CubeMeasures {
  const area = new Float64Array(256);
  const sixfoldVolume = new Float64Array(256);
  const sixfoldVolumeSlope = new Float64Array(3 * 256);
  for (let configuration = 1; configuration < 255; configuration++) {
    const mirrored = (configuration & 128) !== 0;
    const sign = mirrored ? 1 : -1; // as listed, the triangles face inwards
    const edges = triangles[mirrored ? 255 - configuration : configuration];
    for (let t = 0; t + 2 < edges.length; t += 3) {
      const [a, b, c] = [0, 1, 2].map((k) => edgeMiddles[Number.parseInt(edges[t + k], 16)].map((half, axis) => (half / 2) * spacing[axis]));
      const n = cross([b[0] - a[0], b[1] - a[1], b[2] - a[2]], [c[0] - a[0], c[1] - a[1], c[2] - a[2]]);
      area[configuration] += Math.sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]) / 2;
      sixfoldVolume[configuration] += sign * (a[0] * n[0] + a[1] * n[1] + a[2] * n[2]);
      for (let axis = 0; axis < 3; axis++) sixfoldVolumeSlope[3 * configuration + axis] += sign * n[axis] * spacing[axis];
    }
  }
  return { area, sixfoldVolume, sixfoldVolumeSlope };
}

function cross(u: Vec3, v: Vec3): Vec3 {
  return [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
}
