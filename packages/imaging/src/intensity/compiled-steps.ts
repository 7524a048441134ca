import type { VoxelArray } from '@radloom/core';
import { code } from '../generated/intensity.js';
import { type Kernel, kernelSource } from '../wasm/kernel.js';
import { BUCKETS, bucketScale, orderStatistics, ranksByBucket, startsOf } from './order-statistics.js';
import type { Steps } from './plain-steps.js';

/** Functions of wasm/intensity.as. */
interface IntensityFunctions {
  rangeAndSums(values: number, count: number, shift: number, out: number): void;
  centralSums(values: number, count: number, mean: number, out: number): void;
  sumsWithin(values: number, count: number, low: number, high: number, from: number, out: number): void;
  countBuckets(values: number, count: number, low: number, scale: number, counts: number): void;
  collect(values: number, count: number, low: number, scale: number, place: number, next: number): void;
  rangeOfInt16(values: number, count: number, signed: boolean, out: number): void;
}

export type IntensityKernel = Kernel<IntensityFunctions>;

/** The compiled sums over intensities, where the platform allows them. */
export const intensityKernel = kernelSource<IntensityFunctions>(code);

/** The steps of `plainSteps`, to the same bits; undefined where the values do not fit WebAssembly memory. Valid until the kernel is asked for more. */
export function kernelSteps(kernel: IntensityKernel, values: VoxelArray): Steps | undefined {
  const n = values.length;
  const areas = kernel.tryRoom(8 * n, 32, 4 * BUCKETS, BUCKETS, 4 * 256, 8 * n);
  if (areas === undefined) return undefined;
  const [at, out, counts, place, next, members] = areas;
  const { call } = kernel;
  kernel.doubles(at, n).set(values);
  return {
    rangeAndSums: (shift) => {
      call.rangeAndSums(at, n, shift, out);
      const [minimum, maximum, sum, energy] = kernel.doubles(out, 4);
      return { minimum: minimum + 0, maximum: maximum + 0, sum, energy };
    },
    centralSums: (mean) => {
      call.centralSums(at, n, mean, out);
      const [absolute, square, cube, fourth] = kernel.doubles(out, 4);
      return { absolute, square, cube, fourth };
    },
    sumsWithin: (low, high, from) => {
      call.sumsWithin(at, n, low, high, from, out);
      const [found, sum, absolute] = kernel.doubles(out, 3);
      return { found, sum, absolute };
    },
    select: (ranks, minimum, maximum) => {
      const scale = bucketScale(n, minimum, maximum);
      if (scale === undefined) return orderStatistics(kernel.doubles(at, n), ranks);
      kernel.words(counts, BUCKETS).fill(0);
      call.countBuckets(at, n, minimum, scale, counts);
      const starts = startsOf(kernel.words(counts, BUCKETS));
      const wanted = [...ranksByBucket(starts, ranks)];
      kernel.bytes(place, BUCKETS).fill(0);
      let cursor = members;
      const lists = wanted.map(([bucket, inBucket], b) => {
        const [first, length] = [cursor, starts[bucket + 1] - starts[bucket]];
        kernel.bytes(place, BUCKETS)[bucket] = b + 1;
        kernel.words(next, 256)[b] = first;
        cursor += 8 * length;
        return { first, length, ranks: inBucket.map((rank) => rank - starts[bucket]) };
      });
      call.collect(at, n, minimum, scale, place, next);
      return lists.flatMap(({ first, length, ranks: inBucket }) => orderStatistics(kernel.doubles(first, length), inBucket));
    },
  };
}

/** Values looked at together: their sum fits 32 bits. */
const BLOCK = 32768;

/** Lowest and highest of 16-bit integers, at least one, and their sum. */
export function rangeOfInt16(kernel: IntensityKernel, values: Int16Array | Uint16Array): { minimum: number; maximum: number; sum: number } {
  const [at, out] = kernel.room(2 * BLOCK, 12);
  const signed = values instanceof Int16Array;
  let minimum = Infinity;
  let maximum = -Infinity;
  let sum = 0;
  for (let start = 0; start < values.length; start += BLOCK) {
    const block = values.subarray(start, start + BLOCK);
    kernel.put(at, block);
    kernel.call.rangeOfInt16(at, block.length, signed, out);
    const [least, most, inBlock] = kernel.integers(out, 3);
    minimum = Math.min(minimum, least);
    maximum = Math.max(maximum, most);
    sum += inBlock + (signed ? 0 : BLOCK * block.length);
  }
  return { minimum, maximum, sum };
}
