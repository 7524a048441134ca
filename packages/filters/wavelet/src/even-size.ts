import type { Vec3, Volume } from '@radloom/core';
import { type Axis, copyRow, type Samples } from '@radloom/imaging';

/** The filters need an even number of voxels along each filtered axis: an odd axis gets one more. */
export function evenSize(size: Vec3, axes: readonly Axis[]): Vec3 {
  const even = (axis: Axis) => size[axis] + (axes.includes(axis) ? size[axis] % 2 : 0);
  return [even(0), even(1), even(2)];
}

/** The volume's values as samples of that size; the added last voxel of an axis repeats its first. */
export function evenSamples({ data, geometry }: Volume, size: Vec3): Samples {
  const length = size[0] * size[1] * size[2];
  const samples = data instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);
  if (length === data.length) {
    samples.set(data);
    return samples;
  }
  const [nx, ny, nz] = geometry.size;
  for (let z = 0, to = 0; z < size[2]; z++) {
    for (let y = 0; y < size[1]; y++) {
      const row = nx * ((y % ny) + ny * (z % nz));
      for (let x = 0; x < size[0]; x++, to++) samples[to] = data[row + (x % nx)];
    }
  }
  return samples;
}

/** The first voxels along each axis, copied. */
export function cropped(samples: Samples, size: Vec3, to: Vec3): Samples {
  const [nx, ny, nz] = to;
  const length = nx * ny * nz;
  if (length === samples.length) return samples.slice();
  const kept = samples instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);
  for (let z = 0, row = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++, row += nx) {
      const from = size[0] * (y + size[1] * z);
      copyRow(samples, from, from + nx, kept, row);
    }
  }
  return kept;
}
