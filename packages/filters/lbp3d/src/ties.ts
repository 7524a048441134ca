import type { Vec3, VoxelArray } from '@radloom/core';
import { largestMagnitude } from '@radloom/imaging';
import { mirrored, shift } from './spline.js';

/** Settles the samples of a row whose last bits decide, before they are rounded; layout as in `SampleRow`. */
export type SettleTies = (y: number, z: number, samples: Float64Array) => void;

/** Far above what the order of a sum of 64 terms can change, far below any difference between intensities; in units of the largest. */
const rounding = 1e-13;

/**
 * What hangs on a sample's last bit: in a float64 volume whether it is at least as bright as its voxel, where both are equal (a
 * normalised image has the levels of the integers it was made of, and the points on the axes lie on voxel centres); in an integer volume
 * where a half is rounded to. There the sample is summed again with SciPy's operations in SciPy's order: 64 terms, x fastest, each its
 * coefficient times the weights along z, y and x. Float32 forgets the last bits by itself.
 *
 * @param values what the coefficients were made of, x fastest
 */
export function tiesIn(values: VoxelArray, coefficients: Float64Array, size: Vec3, points: readonly Vec3[]): SettleTies {
  const [nx, ny, nz] = size;
  if (values instanceof Float32Array) return () => {};
  const near = rounding * largestMagnitude(values);
  const whole = !(values instanceof Float64Array);
  const sample = (x: number, y: number, z: number): number => {
    if (!(x >= 0 && x <= nx - 1 && y >= 0 && y <= ny - 1 && z >= 0 && z <= nz - 1)) return 0;
    const [alongX, alongY, alongZ] = [shift(x), shift(y), shift(z)];
    let sum = 0;
    for (let k = 0; k < 4; k++) {
      const plane = nx * ny * mirrored(alongZ.first + k, nz);
      for (let j = 0; j < 4; j++) {
        const row = plane + nx * mirrored(alongY.first + j, ny);
        for (let i = 0; i < 4; i++) sum += coefficients[row + mirrored(alongX.first + i, nx)] * alongZ.weights[k] * alongY.weights[j] * alongX.weights[i];
      }
    }
    return sum;
  };
  return (y, z, samples) => {
    const from = nx * (y + ny * z);
    points.forEach((point, v) => {
      const start = v * nx;
      for (let x = 0; x < nx; x++) {
        const found = samples[start + x];
        if (Math.abs(found - (whole ? Math.floor(found) + 0.5 : values[from + x])) <= near) samples[start + x] = sample(x + point[2], y + point[1], z + point[0]);
      }
    });
  };
}
