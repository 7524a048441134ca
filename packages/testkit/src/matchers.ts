/** How near two numbers must be: relative to the larger, or absolute when both are small. */
export interface Tolerance {
  readonly relative?: number;
  readonly absolute?: number;
}

/** True when `actual` is within the tolerance of `expected`; NaN equals NaN, infinities equal themselves. */
export function closeTo(actual: number, expected: number, tolerance: Tolerance = { relative: 1e-9, absolute: 1e-12 }): boolean {
  if (Object.is(actual, expected) || actual === expected) return true;
  if (!Number.isFinite(actual) || !Number.isFinite(expected)) return Number.isNaN(actual) && Number.isNaN(expected);
  const difference = Math.abs(actual - expected);
  return difference <= (tolerance.absolute ?? 0) || difference <= (tolerance.relative ?? 0) * Math.max(Math.abs(actual), Math.abs(expected));
}
