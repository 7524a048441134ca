import type { Geometry, Vec3 } from '@radloom/core';
import type { Box } from './box.js';
import type { Kernel } from './kernel.js';
import { axisPositions } from './placement.js';

/** Where the voxels of a grid lie along one axis of an image that runs the same way. */
export interface AxisTaps {
  readonly count: number;
  /** Voxels of the image. */
  readonly size: number;
  /** Taps per position; unused ones weigh 0, and outside the image all do. */
  readonly taps: number;
  /** Tap t of position i at `i * taps + t`: voxels of the image, later of a block of it. */
  readonly source: Int32Array;
  readonly weight: Float64Array;
  /** Nearest voxel of the image. */
  readonly nearest: Int32Array;
  /** Per position: inside the image, outside, or where only the exact position decides what its value is. */
  readonly side: Uint8Array;
}

const outside = 0;
const inside = 1;
export const unsure = 2;

/** Positions this near to the image's border are left to the exact sampler, in voxels. */
const borderDoubt = 1e-7;

/** Taps along each axis for grids whose axes agree. */
export function axisTaps(grid: Geometry, image: Geometry, kernel: Kernel): [AxisTaps, AxisTaps, AxisTaps] {
  const position = axisPositions(grid, image);
  return [tapsAlong(0, position[0], image.size[0], kernel), tapsAlong(1, position[1], image.size[1], kernel), tapsAlong(2, position[2], image.size[2], kernel)];
}

function tapsAlong(axis: number, position: Float64Array, size: number, kernel: Kernel): AxisTaps {
  const { taps } = kernel;
  const count = position.length;
  const source = new Int32Array(count * taps);
  const weight = new Float64Array(count * taps);
  const nearest = new Int32Array(count);
  const side = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const x = position[i];
    const doubtful = Math.abs(x + 0.5) < borderDoubt || Math.abs(x - size + 0.5) < borderDoubt || kernel.jumps?.(x) === true;
    side[i] = doubtful ? unsure : x >= -0.5 && x < size - 0.5 ? inside : outside;
    if (side[i] === outside) continue;
    const within = Math.min(Math.max(x, -0.5), size - 0.5);
    nearest[i] = Math.min(Math.max(Math.floor(within + 0.5), 0), size - 1);
    const used = kernel.support(axis, within, size, source, weight, i * taps);
    if (kernel.unscaled !== true) {
      let sum = 0;
      for (let t = 0; t < used; t++) sum += weight[i * taps + t];
      for (let t = 0; t < used; t++) weight[i * taps + t] /= sum;
    }
    for (let t = used; t < taps; t++) source[i * taps + t] = source[i * taps];
  }
  return { count, size, taps, source, weight, nearest, side };
}

/**
 * The block of the image that the taps read, and one voxel more, because the exact position may fall on the other side of a voxel
 * centre. Sources count from the block's start afterwards.
 *
 * @returns null if no position is inside the image
 */
export function rebase(axes: readonly AxisTaps[]): Box | null {
  const low = [0, 0, 0];
  const size = [0, 0, 0];
  for (const [a, { count, size: voxels, taps, source, side }] of axes.entries()) {
    let first = Infinity;
    let last = -1;
    for (let i = 0; i < count; i++) {
      if (side[i] === outside) continue;
      for (let t = i * taps; t < (i + 1) * taps; t++) {
        first = Math.min(first, source[t]);
        last = Math.max(last, source[t]);
      }
    }
    if (last < 0) return null;
    first = Math.max(0, first - 1);
    last = Math.min(voxels - 1, last + 1);
    for (let i = 0; i < count; i++) for (let t = i * taps; t < (i + 1) * taps; t++) source[t] = side[i] === outside ? 0 : source[t] - first;
    low[a] = first;
    size[a] = last - first + 1;
  }
  return { low: low as unknown as Vec3, size: size as unknown as Vec3 };
}

/**
 * Weighs the samples along x, then y, then z: 3 taps instead of taps³ per voxel. Equal to the sampler's sum up to rounding.
 *
 * @param samples block that the taps count in, of `size`, x fastest
 * @returns       values of the grid, x fastest; 0 outside the image
 */
export function resampleSeparably(samples: Float64Array, size: Vec3, [x, y, z]: readonly AxisTaps[]): Float64Array {
  const alongX = passX(samples, size, x);
  const alongY = passRows(alongX, x.count, size[1], size[2], y);
  return passRows(alongY, x.count * y.count, size[2], 1, z);
}

/** Four taps, the most common number, are written out. */
function passX(samples: Float64Array, [nx, ny, nz]: Vec3, { count, taps, source, weight }: AxisTaps): Float64Array {
  const out = new Float64Array(count * ny * nz);
  for (let row = 0, to = 0; row < ny * nz; row++) {
    const base = row * nx;
    if (taps === 4) {
      for (let i = 0, t = 0; i < count; i++, t += 4, to++) {
        out[to] = weight[t] * samples[base + source[t]] + weight[t + 1] * samples[base + source[t + 1]] + weight[t + 2] * samples[base + source[t + 2]] + weight[t + 3] * samples[base + source[t + 3]];
      }
      continue;
    }
    for (let i = 0, t = 0; i < count; i++, to++) {
      let sum = 0;
      for (const end = t + taps; t < end; t++) sum += weight[t] * samples[base + source[t]];
      out[to] = sum;
    }
  }
  return out;
}

/** Weighs whole rows: the input is `blocks` times `n` rows of `length`, the output has `count` rows instead of n. Two taps at a time. */
function passRows(samples: Float64Array, length: number, n: number, blocks: number, { count, taps, source, weight }: AxisTaps): Float64Array {
  const out = new Float64Array(length * count * blocks);
  for (let block = 0; block < blocks; block++) {
    for (let i = 0; i < count; i++) {
      const to = length * (i + count * block);
      const last = (i + 1) * taps - 1;
      for (let t = i * taps; t <= last; t += 2) {
        const w = weight[t];
        const v = t < last ? weight[t + 1] : 0;
        const from = length * (source[t] + n * block);
        const other = t < last ? length * (source[t + 1] + n * block) : from;
        if (t === i * taps) for (let r = 0; r < length; r++) out[to + r] = w * samples[from + r] + v * samples[other + r];
        else for (let r = 0; r < length; r++) out[to + r] += w * samples[from + r] + v * samples[other + r];
      }
    }
  }
  return out;
}
