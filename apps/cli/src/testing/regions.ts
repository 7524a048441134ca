import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { random } from '@radloom/core';
import { radloom } from './cohort.js';

const size = [18, 16, 10] as const;

type Voxel = (x: number, y: number, z: number) => number;

/** A NRRD file of float64 voxels, 1 x 1 x 2 mm. */
export function volumeFile(voxel: Voxel, { sizes = size as readonly number[], origin = [0, 0, 0] as readonly number[] } = {}): Uint8Array {
  const header = ['NRRD0004', 'type: double', 'dimension: 3', 'space: left-posterior-superior', `sizes: ${sizes.join(' ')}`, 'space directions: (1,0,0) (0,1,0) (0,0,2)', 'endian: little', 'encoding: raw', `space origin: (${origin.join(',')})`, '', ''];
  const [nx, ny, nz] = sizes;
  const data = Float64Array.from({ length: nx * ny * nz }, (_, i) => voxel(i % nx, Math.floor(i / nx) % ny, Math.floor(i / (nx * ny))));
  return Buffer.concat([Buffer.from(header.join('\n'), 'latin1'), Buffer.from(data.buffer)]);
}

/** A NIfTI file of int16 voxels on the same grid, with so many volumes. */
export function niftiFile(voxel: Voxel, volumes = 1): Uint8Array {
  const voxels = size[0] * size[1] * size[2];
  const file = Buffer.alloc(352 + 2 * voxels * volumes);
  file.writeInt32LE(348, 0);
  [volumes === 1 ? 3 : 4, ...size, volumes, 1, 1, 1].forEach((n, i) => file.writeInt16LE(n, 40 + 2 * i));
  file.writeInt16LE(4, 70);
  file.writeInt16LE(16, 72);
  [1, 1, 1, 2, 1, 1, 1, 1].forEach((step, i) => file.writeFloatLE(step, 76 + 4 * i));
  file.writeFloatLE(352, 108);
  file.writeFloatLE(1, 112);
  file.writeInt16LE(1, 254);
  [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 2, 0].forEach((value, i) => file.writeFloatLE(value, 280 + 4 * i));
  file.write('n+1\0', 344, 'latin1');
  for (let i = 0; i < voxels * volumes; i++) file.writeInt16LE(Math.round(voxel(i % size[0], Math.floor(i / size[0]) % size[1], Math.floor(i / (size[0] * size[1])) % size[2])) + Math.floor(i / voxels), 352 + 2 * i);
  return file;
}

const stream = random([5, 6, 7, 8]);
const grey = Float64Array.from({ length: size[0] * size[1] * size[2] }, () => Math.round(100 + 30 * stream.normal()));
export const texture: Voxel = (x, y, z) => grey[x + size[0] * (y + size[1] * z)];

/** A block is label 1, a smaller one beside it label 2. */
export const blocks: Voxel = (x, y, z) => (y < 4 || y > 11 || z < 2 || z > 7 ? 0 : x > 3 && x < 10 ? 1 : x > 11 && x < 15 ? 2 : 0);

/** A folder for files of a test, and `radloom extract` in it. */
export function workFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'radloom-extract-test-'));
  return {
    folder,
    write: (name: string, content: string | Uint8Array): void => writeFileSync(join(folder, name), content),
    extract: (...args: readonly string[]) => radloom(['extract', ...args], { cwd: folder }),
  };
}
