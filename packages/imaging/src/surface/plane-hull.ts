import type { LineEnds } from './surface-walk.js';

/** A family of parallel planes, each made of parallel grid lines of which the first and last vertex are known. */
export interface PlaneLines {
  readonly ends: LineEnds;
  readonly planes: number;
  readonly lines: number;
  /** Line l of plane p is entry `p * planeStride + l * lineStride` of `ends`. */
  readonly planeStride: number;
  readonly lineStride: number;
  /** Millimetres of one step along a line, and from line to line. */
  readonly alongUnit: number;
  readonly acrossUnit: number;
}

/** Corners of a planar hull: first ends of lines (entries below `firsts`), then last ends; position along the line and line number. */
export interface HullChain {
  readonly along: Int32Array;
  readonly across: Int32Array;
  firsts: number;
  count: number;
}

/**
 * Convex hull of one plane's vertices, without points inside its sides (Andrew's monotone chain, on integers, so exact).
 * The corners lie among the lines' first and last vertices; a line whose two ends coincide may give its point twice.
 */
export function planeHull({ ends, lines, planeStride, lineStride }: PlaneLines, plane: number, chain: HullChain): void {
  const start = plane * planeStride;
  chain.firsts = halfHull(ends.first, start, lines, lineStride, 1, chain, 0);
  chain.count = halfHull(ends.last, start, lines, lineStride, -1, chain, chain.firsts);
}

/** Appends one side's chain from entry `base` and returns the new end; `side` is 1 for the side of small positions, -1 for large. */
function halfHull(position: Int32Array, start: number, lines: number, lineStride: number, side: number, { along, across }: HullChain, base: number): number {
  let end = base;
  for (let line = 0, i = start; line < lines; line++, i += lineStride) {
    const here = position[i];
    if (here < 0) continue;
    while (end - base >= 2) {
      const turn = (along[end - 1] - along[end - 2]) * (line - across[end - 2]) - (across[end - 1] - across[end - 2]) * (here - along[end - 2]);
      if (side * turn < 0) break;
      end--;
    }
    along[end] = here;
    across[end] = line;
    end++;
  }
  return end;
}
