import type { Vec3 } from '@radloom/core';
import { type FilterBank, orderedTaps, type Samples, tapRows } from './tap-rows.js';

/** 0 x, 1 y, 2 z. */
export type Axis = 0 | 1 | 2;

/** Voxels of a plane worked on at a time along z, so that the rows in flight stay in the cache. */
const strip = 512;

/**
 * Undecimated filtering of all lines along one axis, which closes on itself:
 *
 *   low[i] = sum over j = 0..F-1 of bank.low[j] * x[(i + F/2 - j) mod N], and high alike.
 *
 * Sums run in the order and the precision of PyWavelets, so that images agree to the last bit: over ascending j, but where the first
 * taps reach beyond the end of the line, these are summed in reverse, from the start of the line on.
 *
 * @param samples x fastest; float32 samples are filtered in float32, as PyWavelets does
 * @param axis    0 x, 1 y, 2 z
 */
export function splitAxis<T extends Samples>(samples: T, size: Vec3, axis: Axis, bank: FilterBank): { low: T; high: T } {
  const [nx, ny, nz] = size;
  const make = (length: number) => (samples instanceof Float32Array ? new Float32Array(length) : new Float64Array(length)) as T;
  const low = make(samples.length);
  const high = make(samples.length);
  const length = size[axis];
  const width = bank.low.length;
  const orders = Array.from({ length: width / 2 + 1 }, (_, turned) => orderedTaps(samples, bank, turned));
  const orderAt = (i: number) => orders[Math.max(0, i + width / 2 + 1 - length)];
  const rows = new Int32Array(width); // where the samples of each tap start

  if (axis === 0) {
    // A row and its continuation on both sides, so that the taps of output i lie side by side.
    const turn = make(nx + width - 1);
    const before = width / 2 - 1;
    const plain = Math.max(0, nx - width / 2); // outputs whose taps all lie before the end
    for (let start = 0; start < samples.length; start += nx) {
      turn.set(samples.subarray(start, start + nx), before);
      for (let k = 0; k < before; k++) turn[k] = samples[start + modulo(k - before, nx)];
      for (let k = before + nx; k < turn.length; k++) turn[k] = samples[start + modulo(k - before, nx)];
      for (let j = 0; j < width; j++) rows[j] = width - 1 - j;
      tapRows(turn, rows, low, high, start, plain, orders[0]);
      for (let i = plain; i < nx; i++) {
        const taps = orderAt(i);
        for (let j = 0; j < width; j++) rows[j] = i + width - 1 - taps.order[j];
        tapRows(turn, rows, low, high, start + i, 1, taps);
      }
    }
    return { low, high };
  }
  const stride = axis === 1 ? nx : nx * ny;
  const [planes, plane, across] = axis === 1 ? [nz, nx * ny, nx] : [1, 0, nx * ny];
  for (let p = 0; p < planes; p++) {
    for (let from = 0; from < across; from += strip) {
      const start = p * plane + from;
      for (let i = 0; i < length; i++) {
        const taps = orderAt(i);
        for (let j = 0; j < width; j++) rows[j] = start + modulo(i + width / 2 - taps.order[j], length) * stride;
        tapRows(samples, rows, low, high, start + i * stride, Math.min(strip, across - from), taps);
      }
    }
  }
  return { low, high };
}

const modulo = (i: number, n: number) => ((i % n) + n) % n;
