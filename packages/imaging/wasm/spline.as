/*
 * The B-spline prefilter of a block of an image. src/grid/spline-coefficients.ts has the same in plain TypeScript, to the same bits, and
 * says what is computed.
 */
export { copyRows, filterPlane, filterRows } from './spline/filter';

/** Where the caller's memory starts. */
export function freeMemory(): usize {
  return __heap_base;
}
