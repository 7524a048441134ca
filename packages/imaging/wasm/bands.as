/*
 * Undecimated filtering with a pair of filters along the lines of a volume. src/filtering (split-axis, tap-rows) has the same in plain
 * TypeScript, to the same bits.
 */
export { splitDoubles, splitFloats } from './bands/split';

/** Where the caller's memory starts. */
export function freeMemory(): usize {
  return __heap_base;
}
