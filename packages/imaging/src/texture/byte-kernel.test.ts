import { makeGeometry, makeMask, random, type Vec3 } from '@radloom/core';
import { describe, expect, test } from 'vitest';
import { kernelRuns, kernelWalk, kernelZones, type TextureKernel, textureKernel } from './byte-kernel.js';
import type { ByteVolume } from './byte-volume.js';
import { type FlatAxis, unitDirections } from './directions.js';
import { countLongRuns } from './equal-runs.js';
import { countZones } from './equal-zones.js';
import { neighbourCounts, stepOffsets, textureGrid } from './grid.js';
import type { LevelSizeCounter } from './level-sizes.js';
import { plainWalk } from './walk-bytes.js';

const kernel = textureKernel() as TextureKernel;

/** Patches of equal levels in a mask with holes. */
function patches(size: Vec3, levels: number, flat: FlatAxis, inside: number, seed: number): ByteVolume {
  const stream = random([seed, 2, 3, 4]);
  const mask = makeMask(makeGeometry({ size }), Uint8Array.from({ length: size[0] * size[1] * size[2] }, (_, i) => (i === 0 || stream.next() < inside ? 1 : 0)));
  const grid = textureGrid(mask, 1, flat);
  let level = 1;
  const rows = Uint8Array.from({ length: grid.voxels }, () => (level = stream.next() < 0.6 ? level : 1 + stream.integer(levels)));
  return { grid, rows, stride: levels + 1, offsets: stepOffsets(grid, unitDirections), neighbours: neighbourCounts(mask, flat) };
}

function cellsOf(counter: LevelSizeCounter, { stride }: ByteVolume): string[] {
  const { level, size, count } = counter.cells(Int32Array.from({ length: stride }, (_, row) => row));
  return Array.from(count, (n, c) => `${level[c]} ${size[c]}: ${n}`).sort();
}

test('this platform compiles the kernel', () => {
  expect(kernel).toBeDefined();
});

describe.each<[string, Vec3, number, FlatAxis, number]>([
  ['rows shorter than a vector', [5, 6, 7], 4, 'none', 0.8],
  ['rows of several vectors', [41, 9, 6], 3, 'none', 0.9],
  ['a full block, one level', [18, 16, 17], 1, 'none', 1],
  ['scattered voxels', [20, 20, 10], 6, 'none', 0.1],
  ['255 levels', [30, 30, 30], 255, 'none', 0.9],
  ['slices across z', [17, 12, 6], 3, 'z', 0.8],
  ['slices across y', [17, 12, 6], 3, 'y', 0.8],
  ['slices across x', [17, 12, 6], 3, 'x', 0.8],
  ['lines of 255 voxels', [255, 3, 2], 1, 'none', 0.999],
  ['one voxel', [1, 1, 1], 2, 'none', 1],
])('the kernel counts what the plain code counts: %s', (_, size, levels, flat, inside) => {
  test.each([1, 2, 3])('seed %i', (seed) => {
    const input = patches(size, levels, flat, inside, seed);
    const { grid, offsets, rows, stride } = input;
    const { equal, ...tables } = plainWalk(input);
    const counted = kernelWalk(kernel, input);
    expect(counted.pairs.length).toBe(tables.pairs.length);
    expect(counted.pairs.findIndex((n, i) => n !== tables.pairs[i])).toBe(-1);
    expect(counted.dependence).toEqual(tables.dependence);
    expect(counted.scaled).toEqual(tables.scaled);
    expect(cellsOf(kernelZones(kernel, input), input)).toEqual(cellsOf(countZones(equal, grid, offsets, rows, stride - 1), input));
    const plainRuns = countLongRuns(equal, grid, offsets, rows, stride - 1);
    expect(kernelRuns(kernel, input).map((runs) => cellsOf(runs, input))).toEqual(plainRuns.map((runs) => cellsOf(runs, input)));
  });
});
