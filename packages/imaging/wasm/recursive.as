/*
 * Recursive filters of fourth order along the lines of a volume. src/filtering (recursive-lines, recursive-pair) has the same in plain
 * TypeScript, to the same bits, and recursive-gaussian says what the coefficients are.
 */
export { filterLines } from './recursive/lines';

/** Where the caller's memory starts. */
export function freeMemory(): usize {
  return __heap_base;
}
