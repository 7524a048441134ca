import { code } from '../generated/texture.js';
import { type Kernel, kernelSource } from '../wasm/kernel.js';
import { type ByteVolume, NEIGHBOUR_SHIFT } from './byte-volume.js';
import { apart } from './equal-zones.js';
import { LevelSizeCounter } from './level-sizes.js';
import type { WalkTables } from './walk-bytes.js';

/** Functions of wasm/texture.as. */
interface TextureFunctions {
  layOut(levels: number, segments: number, count: number, volume: number): void;
  walk(volume: number, segments: number, count: number, offsets: number, neighbours: number, stride: number, pairs: number, dependence: number, tones: number): void;
  runs(volume: number, segments: number, count: number, offset: number, length: number, table: number, stride: number): number;
  runsAlongX(volume: number, segments: number, count: number, table: number, stride: number): number;
  zones(volume: number, segments: number, count: number, offsets: number, apart: number, label: number, parent: number, size: number, level: number): number;
}

export type TextureKernel = Kernel<TextureFunctions>;

/** The compiled counting of byte levels, where the platform allows it. */
export const textureKernel = kernelSource<TextureFunctions>(code);

/** Longest line that `kernelRuns` can follow. */
export const KERNEL_RUN = 255;

/** What `plainWalk` counts. */
export function kernelWalk(kernel: TextureKernel, input: ByteVolume): WalkTables {
  const { grid, stride, offsets, neighbours } = input;
  const entries = stride << NEIGHBOUR_SHIFT;
  const pairCount = 13 * stride * stride;
  const [pairs, dependence, tones, steps, inside, ...areas] = kernel.room(4 * pairCount, 4 * entries, 8 * entries, offsets.byteLength, grid.voxels, ...areasOf(input));
  const { volume, segments, count } = place(kernel, input, areas);
  kernel.put(steps, offsets);
  kernel.put(inside, neighbours);
  for (const [at, bytes] of [[pairs, 4 * pairCount], [dependence, 4 * entries], [tones, 8 * entries]]) kernel.bytes(at, bytes).fill(0);
  kernel.call.walk(volume, segments, count, steps, inside, stride, pairs, dependence, tones);
  return {
    pairs: kernel.words(pairs, pairCount).slice(),
    dependence: kernel.words(dependence, entries).slice(),
    scaled: joined(kernel.words(tones, 2 * entries)),
  };
}

/** 64-bit whole numbers, given as halves with the lower first. */
function joined(halves: Uint32Array): Float64Array {
  const whole = new Float64Array(halves.length / 2);
  for (let i = 0; i < whole.length; i++) whole[i] = halves[2 * i] + halves[2 * i + 1] * 2 ** 32;
  return whole;
}

/** What `countLongRuns` counts, for lines of up to `KERNEL_RUN` voxels. */
export function kernelRuns(kernel: TextureKernel, input: ByteVolume): LevelSizeCounter[] {
  const { grid, stride, offsets } = input;
  const tableSize = (KERNEL_RUN + 1) * stride;
  const [table, length, ...areas] = kernel.room(4 * tableSize, grid.cells, ...areasOf(input));
  const { volume, segments, count } = place(kernel, input, areas);
  const counts = kernel.words(table, tableSize);
  return Array.from(offsets, (offset) => {
    counts.fill(0);
    const longest = offset === 1 ? kernel.call.runsAlongX(volume, segments, count, table, stride) : kernel.call.runs(volume, segments, count, offset, length, table, stride);
    const counter = new LevelSizeCounter(stride - 1);
    addRuns(counter, counts, longest, stride);
    return counter;
  });
}

function addRuns(counter: LevelSizeCounter, counts: Uint32Array, longest: number, stride: number): void {
  for (let size = 2; size <= longest; size++) {
    for (let row = 1; row < stride; row++) {
      const runs = counts[size * stride + row];
      if (runs !== 0) counter.add(row, size, runs);
    }
  }
}

/** What `countZones` counts. */
export function kernelZones(kernel: TextureKernel, input: ByteVolume): LevelSizeCounter {
  const { grid, stride, offsets } = input;
  const { cells, voxels } = grid;
  const [steps, touching, label, parent, size, level, ...areas] = kernel.room(offsets.byteLength, apart.byteLength, 4 * cells, 4 * voxels, 4 * voxels, voxels, ...areasOf(input));
  const { volume, segments, count } = place(kernel, input, areas);
  kernel.put(steps, offsets);
  kernel.put(touching, apart);
  const found = kernel.call.zones(volume, segments, count, steps, touching, label, parent, size, level);
  const rows = kernel.words(parent, found);
  const sizes = kernel.words(size, found);
  const counter = new LevelSizeCounter(stride - 1);
  for (let zone = 0; zone < found; zone++) counter.add(rows[zone], sizes[zone]);
  return counter;
}

/** Bytes for segments, levels and padded levels. */
function areasOf({ grid, rows }: ByteVolume): number[] {
  return [grid.segments.byteLength, rows.length, grid.cells];
}

function place(kernel: TextureKernel, { grid, rows }: ByteVolume, [segments, levels, volume]: readonly number[]): { segments: number; count: number; volume: number } {
  const count = grid.segments.length / 2;
  kernel.put(segments, grid.segments);
  kernel.put(levels, rows);
  kernel.bytes(volume, grid.cells + 16).fill(0);
  kernel.call.layOut(levels, segments, count, volume);
  return { segments, count, volume };
}
