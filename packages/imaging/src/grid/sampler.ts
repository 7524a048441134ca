import type { Geometry, Vec3 } from '@radloom/core';
import type { Box } from './box.js';
import type { Kernel, Taps } from './kernel.js';
import { rowTracer } from './placement.js';

/** Values of an image at the voxel centres of another grid, one at a time, with ITK's operations in ITK's order. */
export interface Sampler {
  /** The value at voxel (i, j, k) of the grid; 0 outside the image. */
  at(i: number, j: number, k: number): number;
}

/**
 * The slow, exact way: what the three passes of `resampleSeparably` must come to, and the only way between grids turned against
 * each other.
 *
 * @param samples the kernel's samples of `box`
 */
export function makeSampler(grid: Geometry, image: Geometry, kernel: Kernel, samples: Float64Array, box: Box): Sampler {
  const line = new Float64Array(6);
  const trace = rowTracer(grid, image);
  const taps: Taps = { most: kernel.taps, used: new Int32Array(3), source: new Int32Array(3 * kernel.taps), weight: new Float64Array(3 * kernel.taps) };
  const strides: Vec3 = [1, box.size[0], box.size[0] * box.size[1]];
  let row = -1;
  return {
    at(i, j, k) {
      if (row !== j + grid.size[1] * k) {
        row = j + grid.size[1] * k;
        trace(j, k, line);
      }
      const alpha = i / grid.size[0];
      for (let a = 0; a < 3; a++) {
        const x = line[a] + alpha * line[a + 3];
        if (!(x >= -0.5 && x < image.size[a] - 0.5)) return 0;
        const at = a * kernel.taps;
        taps.used[a] = kernel.support(a, x, image.size[a], taps.source, taps.weight, at);
        for (let t = at; t < at + taps.used[a]; t++) taps.source[t] -= box.low[a];
      }
      return kernel.blend(taps, samples, strides);
    },
  };
}

/** The voxels of an image that a kernel may read for a grid turned against it: the box around the grid's corners, with room for the taps. */
export function readBox(grid: Geometry, image: Geometry, taps: number): Box | null {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  const line = new Float64Array(6);
  const trace = rowTracer(grid, image);
  for (const j of [0, grid.size[1] - 1]) {
    for (const k of [0, grid.size[2] - 1]) {
      trace(j, k, line);
      for (let a = 0; a < 3; a++) {
        low[a] = Math.min(low[a], line[a], line[a] + line[a + 3]);
        high[a] = Math.max(high[a], line[a], line[a] + line[a + 3]);
      }
    }
  }
  // Mirrored and clamped taps lie no deeper inside than the unmirrored ones lie outside.
  const first = low.map((x, a) => Math.max(0, Math.min(image.size[a] - taps, Math.floor(x) - taps)));
  const end = high.map((x, a) => Math.min(image.size[a], Math.max(taps, Math.ceil(x) + taps + 1)));
  if (low.some((x, a) => x >= image.size[a] - 0.5 || high[a] < -0.5)) return null;
  return { low: [first[0], first[1], first[2]], size: [end[0] - first[0], end[1] - first[1], end[2] - first[2]] };
}
