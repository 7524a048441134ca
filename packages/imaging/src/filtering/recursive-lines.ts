import type { Vec3 } from '@radloom/core';
import { causalPair, anticausalPair } from './recursive-pair.js';
import type { RecursiveFilter } from './recursive-gaussian.js';

/** Lines filtered together, so that a cache line fetched for one of them serves the others; even. */
const block = 16;

/**
 * Filters all lines along one axis; arithmetic in float64, results rounded to float32.
 *
 * @param input  x fastest, at least 4 voxels along the axis
 * @param output same layout; may be the input
 * @param axis   0 x, 1 y, 2 z
 * @param weight where given, `weight` times the rounded result is added to what `output` holds, in float32
 */
export function filterAxis(input: Float32Array | Float64Array, output: Float32Array, size: Vec3, axis: 0 | 1 | 2, filter: RecursiveFilter, weight?: number): void {
  const [nx, ny, nz] = size;
  const length = size[axis];
  const step = [1, nx, nx * ny][axis];
  // Lines of a plane (`lines`, `lineStep` apart), plane after plane; along x and z the whole volume is one plane.
  const [planes, lines, lineStep] = [[1, ny * nz, nx], [nz, nx, 1], [1, nx * ny, 1]][axis];
  const samples = new Float64Array(block * length);
  const forward = new Float64Array(block * length);
  const backward = new Float64Array(block * length);
  for (let plane = 0; plane < planes; plane++) {
    for (let line = 0; line < lines; line += block) {
      const count = Math.min(block, lines - line);
      const start = plane * nx * ny + line * lineStep;
      gather(input, samples, start, length, step, count, lineStep);
      for (let w = 0; w < count; w += 2) {
        causalPair(samples, forward, w, block, length, filter);
        anticausalPair(samples, backward, w, block, length, filter);
      }
      if (weight === undefined) scatter(forward, backward, output, start, length, step, count, lineStep);
      else scatterSum(forward, backward, output, start, length, step, count, lineStep, weight);
    }
  }
}

/** Sample i of line w goes to entry `i * block + w` of the scratch arrays. */
function gather(input: Float32Array | Float64Array, samples: Float64Array, start: number, length: number, step: number, count: number, lineStep: number): void {
  if (lineStep === 1) {
    for (let i = 0; i < length; i++) {
      const from = start + i * step;
      const to = i * block;
      for (let w = 0; w < count; w++) samples[to + w] = input[from + w];
    }
  } else {
    for (let w = 0; w < count; w++) {
      const from = start + w * lineStep;
      for (let i = 0, to = w; i < length; i++, to += block) samples[to] = input[from + i * step];
    }
  }
}

function scatter(forward: Float64Array, backward: Float64Array, output: Float32Array, start: number, length: number, step: number, count: number, lineStep: number): void {
  if (lineStep === 1) {
    for (let i = 0; i < length; i++) {
      const from = i * block;
      const to = start + i * step;
      for (let w = 0; w < count; w++) output[to + w] = forward[from + w] + backward[from + w];
    }
  } else {
    for (let w = 0; w < count; w++) {
      const to = start + w * lineStep;
      for (let i = 0, from = w; i < length; i++, from += block) output[to + i * step] = forward[from] + backward[from];
    }
  }
}

function scatterSum(forward: Float64Array, backward: Float64Array, output: Float32Array, start: number, length: number, step: number, count: number, lineStep: number, weight: number): void {
  for (let i = 0; i < length; i++) {
    const from = i * block;
    const to = start + i * step;
    for (let w = 0; w < count; w++) output[to + w * lineStep] += Math.fround(forward[from + w] + backward[from + w]) * weight;
  }
}
