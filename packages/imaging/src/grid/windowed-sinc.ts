/** Samples to each side of a position; SimpleITK's choice. */
const radius = 5;

/** Samples weighed along an axis. */
export const sincTaps = 2 * radius;

/** Windows over distances -radius to radius, by name; ITK `WindowedSincInterpolateImageFunction`. */
const windows = {
  hammingSinc: (d: number) => 0.54 + 0.46 * Math.cos(d * (Math.PI / radius)),
  cosineSinc: (d: number) => Math.cos(d * (Math.PI / (2 * radius))),
  welchSinc: (d: number) => 1 - (d * d) / (radius * radius),
  lanczosSinc: (d: number) => sinc(d / radius),
  blackmanSinc: (d: number) => 0.42 + 0.5 * Math.cos(d * (Math.PI / radius)) + 0.08 * Math.cos(d * ((2 * Math.PI) / radius)),
} as const;
export type SincWindow = keyof typeof windows;

export function isSincWindow(name: string): name is SincWindow {
  return Object.hasOwn(windows, name);
}

/**
 * Weights sinc(d) w(d) of the samples around position x, d their distance; on a voxel centre that voxel alone. Beyond the axis its outer
 * samples are repeated. The weights need not sum to 1, and are used as they are.
 *
 * @returns number of taps written to `source` and `weight` from offset `at` on
 */
export function sincSupport(window: SincWindow, x: number, size: number, source: Int32Array, weight: Float64Array, at: number): number {
  const first = Math.floor(x);
  const fraction = x - first;
  for (let t = 0; t < sincTaps; t++) {
    const step = t - radius + 1;
    source[at + t] = Math.min(Math.max(first + step, 0), size - 1);
    weight[at + t] = fraction === 0 ? Number(step === 0) : windows[window](fraction - step) * sinc(fraction - step);
  }
  return sincTaps;
}

function sinc(x: number): number {
  const angle = Math.PI * x;
  return x === 0 ? 1 : Math.sin(angle) / angle;
}
