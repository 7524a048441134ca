import type { Vec3 } from '@radloom/core';

/**
 * sqrt(gx^2 + gy^2 + gz^2) of central differences g = (next - previous) / (2 spacing), in float64, rounded to float32 once.
 * Beyond its faces the image goes on with the values it has there. Sums in the order of ITK's GradientMagnitudeImageFilter.
 *
 * @param values x fastest
 */
export function gradientMagnitude(values: Float32Array | Float64Array, [nx, ny, nz]: Vec3, spacing: Vec3): Float32Array {
  const result = new Float32Array(values.length);
  const [hx, hy, hz] = spacing.map((s) => 0.5 * (1 / s));
  for (let z = 0, row = 0; z < nz; z++) {
    const below = z > 0 ? -nx * ny : 0;
    const above = z < nz - 1 ? nx * ny : 0;
    for (let y = 0; y < ny; y++, row += nx) {
      const front = y > 0 ? -nx : 0;
      const back = y < ny - 1 ? nx : 0;
      for (let x = 0; x < nx; x++) {
        const i = row + x;
        const gx = hx * values[x < nx - 1 ? i + 1 : i] - hx * values[x > 0 ? i - 1 : i];
        const gy = hy * values[i + back] - hy * values[i + front];
        const gz = hz * values[i + above] - hz * values[i + below];
        result[i] = Math.sqrt(gx * gx + gy * gy + gz * gz);
      }
    }
  }
  return result;
}
