/** A point of a curve with the bounds of its band, which may not be known there. */
export interface BandPoint {
  readonly x: number;
  readonly y: number;
  readonly lower: number;
  readonly upper: number;
}

/** The stretches of a curve over which its band is known, for areas: one list each. */
export function bandStretches(points: readonly BandPoint[]): BandPoint[][] {
  const stretches: BandPoint[][] = [[]];
  for (const point of points) {
    if (Number.isFinite(point.lower) && Number.isFinite(point.upper)) stretches.at(-1)!.push(point);
    else if (stretches.at(-1)!.length > 0) stretches.push([]);
  }
  return stretches.filter((stretch) => stretch.length > 1);
}

/** Values outside a range moved to its ends: charts have no clipping (see `chart`). */
export function within(points: readonly BandPoint[], low: number, high: number): BandPoint[] {
  const bound = (value: number) => Math.min(high, Math.max(low, value));
  return points.map(({ x, y, lower, upper }) => ({ x, y: bound(y), lower: bound(lower), upper: bound(upper) }));
}
