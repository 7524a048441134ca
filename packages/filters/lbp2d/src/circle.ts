/** Points on a circle around a pixel, anticlockwise from the direction of growing columns. */
export interface Circle {
  /** Offsets in rows and columns. */
  readonly rows: Float64Array;
  readonly columns: Float64Array;
}

/** Evenly spaced points, rounded to five decimals as in scikit-image, so that points on pixels lie on them exactly. */
export function circle(radius: number, samples: number): Circle {
  const angle = (p: number) => (2 * Math.PI * p) / samples;
  return {
    rows: Float64Array.from({ length: samples }, (_, p) => fiveDecimals(-radius * Math.sin(angle(p)))),
    columns: Float64Array.from({ length: samples }, (_, p) => fiveDecimals(radius * Math.cos(angle(p)))),
  };
}

/** Nearest multiple of 1e-5; of two as near, the even one. */
function fiveDecimals(x: number): number {
  const scaled = x * 1e5;
  const below = Math.floor(scaled);
  const rest = scaled - below;
  const up = rest > 0.5 || (rest === 0.5 && below % 2 !== 0);
  return (up ? below + 1 : below) / 1e5;
}
