import type { Vec3 } from '@radloom/core';

type Face = readonly [number, number, number];

/** Half edges of the icosahedron with unit corners: (+-short, +-long, 0) and its cyclic permutations. */
const short = Math.sqrt((5 - Math.sqrt(5)) / 10);
const long = Math.sqrt((5 + Math.sqrt(5)) / 10);

/**
 * Corners of an icosahedron whose faces are split into four `subdivisions` times, pushed out to the radius each time:
 * 12, 42, 162, … points, spread evenly and in opposite pairs.
 */
export function icosphere(subdivisions: number, radius: number): Vec3[] {
  let points: Vec3[] = [];
  for (const a of [-short, short]) for (const b of [-long, long]) points.push([a, b, 0], [0, a, b], [b, 0, a]);
  let faces = icosahedronFaces(points);
  for (let i = 0; i < subdivisions; i++) {
    const refined = subdivided(points, faces);
    faces = refined.faces;
    points = refined.points.map((p) => pushedOut(p, radius));
  }
  return subdivisions === 0 ? points.map((p) => pushedOut(p, radius)) : points;
}

/** Every three corners that are neighbours of each other. */
function icosahedronFaces(points: readonly Vec3[]): Face[] {
  const near = (i: number, j: number) => Math.hypot(points[i][0] - points[j][0], points[i][1] - points[j][1], points[i][2] - points[j][2]) < 2.1 * short;
  const faces: Face[] = [];
  for (let i = 0; i < 12; i++) for (let j = i + 1; j < 12; j++) for (let k = j + 1; k < 12; k++) if (near(i, j) && near(j, k) && near(i, k)) faces.push([i, j, k]);
  return faces;
}

function subdivided(points: readonly Vec3[], faces: readonly Face[]): { points: Vec3[]; faces: Face[] } {
  const all = [...points];
  const middles = new Map<string, number>();
  const middle = (i: number, j: number): number => {
    const key = i < j ? `${i},${j}` : `${j},${i}`;
    let found = middles.get(key);
    if (found === undefined) {
      const [p, q] = [points[i], points[j]];
      found = all.push([(p[0] + q[0]) / 2, (p[1] + q[1]) / 2, (p[2] + q[2]) / 2]) - 1;
      middles.set(key, found);
    }
    return found;
  };
  const split = faces.flatMap(([i, j, k]): Face[] => {
    const [ij, jk, ki] = [middle(i, j), middle(j, k), middle(k, i)];
    return [[i, ij, ki], [j, jk, ij], [k, ki, jk], [ij, jk, ki]];
  });
  return { points: all, faces: split };
}

/** The point moved along its ray to the radius; adding the difference leaves a point that is there already exactly as it was. */
function pushedOut([x, y, z]: Vec3, radius: number): Vec3 {
  const length = Math.sqrt(x * x + y * y + z * z);
  const move = radius - length;
  return [x + (x / length) * move, y + (y / length) * move, z + (z / length) * move];
}
