/*
 * Sums, extremes and buckets of intensities. src/intensity (lanes, order-statistics) has the same in plain TypeScript, to the same bits.
 */
export { centralSums, rangeAndSums, sumsWithin } from './intensity/sums';
export { collect, countBuckets } from './intensity/buckets';
export { rangeOfInt16 } from './intensity/integers';

/** Where the caller's memory starts. */
export function freeMemory(): usize {
  return __heap_base;
}
