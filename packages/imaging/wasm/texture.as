/*
 * Texture counting on levels of one byte, sixteen voxels at a time. The same functions in plain TypeScript, which say what is counted
 * and why it is right, are in src/texture (walk-bytes, runs, zones); a test holds both to the same counts.
 *
 * Addresses are given by the caller, who keeps 16 bytes free behind each area: the last vector of a row reads and writes beyond its
 * end. Segments are pairs (first cell, voxels); offsets are the 13 forward steps in cells; all of 32 bits.
 */
export { layOut } from './texture/layout';
export { walk } from './texture/walk';
export { runs, runsAlongX } from './texture/runs';
export { zones } from './texture/zones';

/** Where the caller's memory starts. */
export function freeMemory(): usize {
  return __heap_base;
}
