/**
 * The border of a set of pixels as an SVG path: every edge between a pixel inside and one outside, neighbouring edges joined into one line.
 *
 * @param inside 0 or 1 per pixel, row by row
 * @returns `M1 1h3M1 2h3M1 1v1M4 1v1`; empty without a pixel inside
 */
export function outline(inside: Uint8Array, width: number, height: number): string {
  const at = (x: number, y: number) => (x < 0 || y < 0 || x >= width || y >= height ? 0 : inside[y * width + x]);
  const across = lines(height + 1, width, (y, x) => at(x, y - 1) !== at(x, y), (y, x, length) => `M${x} ${y}h${length}`);
  const down = lines(width + 1, height, (x, y) => at(x - 1, y) !== at(x, y), (x, y, length) => `M${x} ${y}v${length}`);
  return across + down;
}

/** Runs of edges along each of `count` lines of `length` edges. */
function lines(count: number, length: number, isEdge: (line: number, place: number) => boolean, draw: (line: number, start: number, length: number) => string): string {
  let path = '';
  for (let line = 0; line < count; line++) {
    let start = -1;
    for (let place = 0; place <= length; place++) {
      const edge = place < length && isEdge(line, place);
      if (edge && start < 0) start = place;
      if (edge || start < 0) continue;
      path += draw(line, start, place - start);
      start = -1;
    }
  }
  return path;
}
