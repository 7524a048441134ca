import type { VoxelArray } from '@radloom/core';

/**
 * The same values in an array of floats that holds them exactly, so that a kernel meets two kinds of array only; floats are not
 * copied.
 */
export function floatValues(data: VoxelArray): Float32Array | Float64Array {
  if (data instanceof Float32Array || data instanceof Float64Array) return data;
  return data.BYTES_PER_ELEMENT < 4 ? Float32Array.from(data) : Float64Array.from(data);
}

/** The largest absolute value. */
export function largestMagnitude(values: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    const magnitude = Math.abs(values[i]);
    if (magnitude > largest) largest = magnitude;
  }
  return largest;
}
