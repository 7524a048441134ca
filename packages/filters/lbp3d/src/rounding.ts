import type { VoxelArray } from '@radloom/core';

const half = (bits: number) => [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1] as const;
const whole = (bits: number) => [0, 2 ** bits - 1] as const;

/** Ranges of the integer pixel types. */
const ranges: Readonly<Record<string, readonly [number, number]>> = {
  Int8Array: half(8), Int16Array: half(16), Int32Array: half(32), Uint8Array: whole(8), Uint16Array: whole(16), Uint32Array: whole(32),
};

/**
 * Brings interpolated values to the volume's pixel type, in place, as SciPy does: integers are rounded, half away from zero, and
 * kept in range; float32 is rounded; float64 stays.
 */
export function roundingTo(data: VoxelArray): (values: Float64Array) => void {
  const range = ranges[data.constructor.name];
  if (range !== undefined) {
    const [lowest, highest] = range;
    return (values) => {
      for (let i = 0; i < values.length; i++) {
        const rounded = values[i] > 0 ? Math.floor(values[i] + 0.5) : Math.ceil(values[i] - 0.5);
        values[i] = rounded < lowest ? lowest : rounded > highest ? highest : rounded;
      }
    };
  }
  return (values) => {
    if (data instanceof Float32Array) for (let i = 0; i < values.length; i++) values[i] = Math.fround(values[i]);
  };
}
