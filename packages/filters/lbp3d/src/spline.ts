import type { Vec3 } from '@radloom/core';

/** sqrt(3) - 2, to the last bit; the subtraction itself would lose some. */
const pole = -0.2679491924311227;

/**
 * Coefficients of the cubic spline through a volume's values, x fastest; the volume is mirrored at its outermost voxel centres.
 * M. Unser, A. Aldroubi & M. Eden, "B-spline signal processing" (1993); starting sums in closed form, as in SciPy.
 */
export function splineCoefficients(values: ArrayLike<number>, size: Vec3): Float64Array {
  const coefficients = Float64Array.from(values);
  const [nx, ny] = size;
  const strides = [1, nx, nx * ny];
  for (const axis of [2, 1, 0] as const) {
    const n = size[axis];
    if (n === 1) continue;
    const line = new Float64Array(n);
    const stride = strides[axis];
    const block = stride * n;
    for (let outer = 0; outer < coefficients.length; outer += block) {
      for (let start = outer; start < outer + stride; start++) {
        for (let i = 0; i < n; i++) line[i] = coefficients[start + i * stride];
        filterLine(line);
        for (let i = 0; i < n; i++) coefficients[start + i * stride] = line[i];
      }
    }
  }
  return coefficients;
}

function filterLine(c: Float64Array): void {
  const n = c.length;
  const gain = (1 - pole) * (1 - 1 / pole);
  for (let i = 0; i < n; i++) c[i] *= gain;
  const far = pole ** (n - 1);
  let sum = c[0] + far * c[n - 1];
  for (let i = 1, power = pole; i < n - 1 && power !== 0; i++, power *= pole) sum += power * (c[i] + far * c[n - 1 - i]);
  c[0] = sum / (1 - far * far);
  for (let i = 1; i < n; i++) c[i] += pole * c[i - 1];
  c[n - 1] = ((pole * c[n - 2] + c[n - 1]) * pole) / (pole * pole - 1);
  for (let i = n - 2; i >= 0; i--) c[i] = pole * (c[i + 1] - c[i]);
}

/** A shift along one axis: the four coefficients from `first` on, counted from the voxel, and their weights. */
export interface Shift {
  readonly offset: number;
  readonly first: number;
  readonly weights: readonly [number, number, number, number];
}

export function shift(offset: number): Shift {
  const whole = Math.floor(offset);
  const y = offset - whole;
  const z = 1 - y;
  const outer = (z * z * z) / 6;
  const left = (y * y * (y - 2) * 3 + 4) / 6;
  const right = (z * z * (z - 2) * 3 + 4) / 6;
  return { offset, first: whole - 1, weights: [outer, left, right, 1 - outer - left - right] };
}

/** The index that stands in for i on an axis of n voxels, mirrored at both ends. */
export function mirrored(i: number, n: number): number {
  if (n === 1) return 0;
  const period = 2 * n - 2;
  const place = ((i % period) + period) % period;
  return place < n ? place : period - place;
}

/** True when the voxel's shifted position lies between the outermost voxel centres. */
export function inside(i: number, offset: number, n: number): boolean {
  const position = i + offset;
  return position >= 0 && position <= n - 1;
}
