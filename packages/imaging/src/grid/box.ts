import { type Geometry, makeGeometry, makeMask, makeVolume, type Mask, once, type Vec3, type Volume, voxelIndices, type VoxelArray } from '@radloom/core';
import { voxelCentre } from './placement.js';

/** A block of voxels: its first index along x, y, z and how many there are. */
export interface Box {
  readonly low: Vec3;
  readonly size: Vec3;
}

/** Smallest box around the voxels of a mask; null if it has none. Computed once a mask. */
export function maskBox(mask: Mask): Box | null {
  return once(mask, 'box', () => boxOf(mask.data, mask.geometry.size));
}

/** Visits only rows that hold a voxel, and looks at the others four voxels at a time. */
function boxOf(data: Uint8Array, [nx, ny, nz]: Vec3): Box | null {
  const low = [nx, ny, nz];
  const high = [-1, -1, -1];
  const words = data.byteOffset % 4 === 0 ? new Uint32Array(data.buffer, data.byteOffset, data.length >> 2) : null;
  for (let at = nextInside(data, words, 0); at >= 0; ) {
    const row = Math.floor(at / nx);
    const last = data.lastIndexOf(1, (row + 1) * nx - 1) - row * nx;
    low[0] = Math.min(low[0], at - row * nx);
    high[0] = Math.max(high[0], last);
    const y = row % ny;
    low[1] = Math.min(low[1], y);
    high[1] = Math.max(high[1], y);
    const z = (row - y) / ny;
    low[2] = Math.min(low[2], z);
    high[2] = z;
    at = nextInside(data, words, (row + 1) * nx);
  }
  return high[0] < 0 ? null : { low: [low[0], low[1], low[2]], size: [high[0] - low[0] + 1, high[1] - low[1] + 1, high[2] - low[2] + 1] };
}

/** Index of the first voxel from `from` on that is 1, or -1; `words` are the same voxels by fours, if their memory allows it. */
function nextInside(data: Uint8Array, words: Uint32Array | null, from: number): number {
  if (words === null) return data.indexOf(1, from);
  let word = from >> 2;
  for (let at = from; at < Math.min(data.length, 4 * word + 4); at++) if (data[at] !== 0) return at;
  do word++;
  while (word < words.length && words[word] === 0);
  return 4 * word < data.length ? data.indexOf(1, 4 * word) : -1;
}

/** The box grown by some voxels on every side, kept inside a grid of `size`. */
export function growBox(box: Box, by: number, size: Vec3): Box {
  const low = box.low.map((first) => Math.max(0, first - by));
  const high = box.low.map((first, a) => Math.min(size[a], first + box.size[a] + by));
  return { low: [low[0], low[1], low[2]], size: [high[0] - low[0], high[1] - low[1], high[2] - low[2]] };
}

/** Whether the box is the whole grid. */
export function isWhole(box: Box, size: Vec3): boolean {
  return box.low.every((first, a) => first === 0 && box.size[a] === size[a]);
}

/** The grid of a box; it may reach beyond the grid it is taken from. */
export function boxGeometry(geometry: Geometry, box: Box): Geometry {
  return isWhole(box, geometry.size) ? geometry : makeGeometry({ ...geometry, size: box.size, origin: voxelCentre(geometry, box.low) });
}

/** The volume inside a box; voxels of the box outside the volume are `fill`. Acquisition facts and segment names stay. */
export function cropVolume(volume: Volume, box: Box, fill = 0): Volume {
  if (isWhole(box, volume.geometry.size)) return volume;
  const { segments, acquisition } = volume;
  return makeVolume(boxGeometry(volume.geometry, box), cropVoxels(volume.data, volume.geometry.size, box, fill), {
    ...(segments === undefined ? {} : { segments }),
    ...(acquisition === undefined ? {} : { acquisition }),
  });
}

/** The mask inside a box; voxels of the box outside the mask's grid are 0. */
export function cropMask(mask: Mask, box: Box): Mask {
  if (isWhole(box, mask.geometry.size)) return mask;
  return makeMask(boxGeometry(mask.geometry, box), cropVoxels(mask.data, mask.geometry.size, box, 0), mask.label, mask.name);
}

/** The mask cut to its own box, and that box. Once a mask, so that all images derived from a case share one cropped mask. */
export function maskInBox(mask: Mask): { readonly box: Box; readonly mask: Mask } | null {
  return once(mask, 'mask-in-box', () => {
    const box = maskBox(mask);
    return box === null ? null : { box, mask: cropMask(mask, box) };
  });
}

/**
 * Copies a box out of a grid, row by row.
 *
 * @param data voxels of a grid of `size`, x fastest
 * @returns    voxels of the box, x fastest, in an array of the same class
 */
export function cropVoxels<T extends VoxelArray>(data: T, [nx, ny, nz]: Vec3, { low, size }: Box, fill = 0): T {
  const out = new (data.constructor as new (length: number) => T)(size[0] * size[1] * size[2]);
  if (fill !== 0) out.fill(fill);
  const from = Math.max(0, low[0]);
  const to = Math.min(nx, low[0] + size[0]);
  for (let z = Math.max(0, low[2]); from < to && z < Math.min(nz, low[2] + size[2]); z++) {
    for (let y = Math.max(0, low[1]); y < Math.min(ny, low[1] + size[1]); y++) {
      const row = nx * (y + ny * z);
      copyRow(data, row + from, row + to, out, from - low[0] + size[0] * (y - low[1] + size[1] * (z - low[2])));
    }
  }
  return out;
}

/** Indices of a mask's voxels in its grid, ascending: those in its box, moved. Once a mask; nothing outside the box is looked at. */
export function indicesOnGrid(mask: Mask): Uint32Array {
  return once(mask, 'indices-on-grid', () => {
    const cut = maskInBox(mask);
    if (cut === null) return new Uint32Array(0);
    const { low, size } = cut.box;
    const [nx, ny] = mask.geometry.size;
    const inBox = voxelIndices(cut.mask);
    const indices = new Uint32Array(inBox.length);
    for (let n = 0, row = -1, moved = 0; n < inBox.length; n++) {
      if (inBox[n] >= (row + 1) * size[0]) {
        row = Math.floor(inBox[n] / size[0]);
        const y = row % size[1];
        const z = (row - y) / size[1];
        moved = low[0] + nx * (low[1] + y + ny * (low[2] + z)) - row * size[0];
      }
      indices[n] = inBox[n] + moved;
    }
    return indices;
  });
}

/** Shorter rows are copied value by value: the platform's own copy needs an object for each. */
const LONG_ROW = 128;

/** Copies `data[from]` to before `data[to]` into `out`, from its place `at` on. */
export function copyRow<T extends VoxelArray>(data: T, from: number, to: number, out: T, at: number): void {
  if (to - from >= LONG_ROW) out.set(data.subarray(from, to), at);
  else for (let i = from, o = at; i < to; i++, o++) out[o] = data[i];
}

/** Values of a grid at the voxels of a mask on the same grid, ascending. */
export function valuesInside<T extends VoxelArray>(data: T, indices: Uint32Array): T {
  const out = new (data.constructor as new (length: number) => T)(indices.length);
  for (let n = 0; n < indices.length; n++) out[n] = data[indices[n]];
  return out;
}
