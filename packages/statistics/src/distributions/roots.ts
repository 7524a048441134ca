/** Where to stop looking for a root. */
export interface RootOptions {
  /** Half the width of the last bracket, beside 4 ε |root|. Default 0: as near as doubles allow. */
  readonly tolerance?: number;
  /** Values at the two ends, where they are known already. */
  readonly atLower?: number;
  readonly atUpper?: number;
}

/**
 * A root of f between two ends where its signs differ: bisection with secant and inverse quadratic steps.
 *
 * Brent R. (1973) Algorithms for minimization without derivatives, chapter 4; the order of steps is that of the `zeroin`
 * that R's uniroot calls, so that a root that is only known to the tolerance is the same number there and here.
 *
 * @returns NaN when the ends do not bracket a root
 */
export function brentRoot(f: (x: number) => number, lower: number, upper: number, options: RootOptions = {}): number {
  const { tolerance = 0, atLower = f(lower), atUpper = f(upper) } = options;
  if (atLower === 0) return lower;
  if (atUpper === 0) return upper;
  if (Number.isNaN(atLower) || Number.isNaN(atUpper) || atLower > 0 === atUpper > 0) return NaN;
  let previous = lower;
  let previousValue = atLower;
  let best = upper;
  let bestValue = atUpper;
  let other = lower; // the root lies between best and other
  let otherValue = atLower;
  for (let iteration = 0; iteration < 1000; iteration++) {
    const lastStep = best - previous;
    if (Math.abs(otherValue) < Math.abs(bestValue)) {
      previous = best;
      best = other;
      other = previous;
      previousValue = bestValue;
      bestValue = otherValue;
      otherValue = previousValue;
    }
    const near = 2 * Number.EPSILON * Math.abs(best) + tolerance / 2;
    const half = (other - best) / 2;
    if (Math.abs(half) <= near || bestValue === 0) return best;
    let step = half;
    if (Math.abs(lastStep) >= near && Math.abs(previousValue) > Math.abs(bestValue)) {
      step = interpolate(previous, best, other, previousValue, bestValue, otherValue, lastStep, near) ?? half;
    }
    if (Math.abs(step) < near) step = step > 0 ? near : -near;
    previous = best;
    previousValue = bestValue;
    best += step;
    bestValue = f(best);
    if (bestValue > 0 === otherValue > 0) {
      other = previous;
      otherValue = previousValue;
    }
  }
  return best;
}

/** The secant or inverse quadratic step from b towards c, or undefined where it leaves the bracket or is no shorter than halving. */
function interpolate(a: number, b: number, c: number, fa: number, fb: number, fc: number, lastStep: number, near: number): number | undefined {
  const width = c - b;
  let p: number;
  let q: number;
  if (a === c) {
    const ratio = fb / fa;
    p = width * ratio;
    q = 1 - ratio;
  } else {
    const s = fa / fc;
    const t = fb / fc;
    const u = fb / fa;
    p = u * (width * s * (s - t) - (b - a) * (t - 1));
    q = (s - 1) * (t - 1) * (u - 1);
  }
  if (p > 0) q = -q;
  else p = -p;
  return p < 0.75 * width * q - Math.abs(near * q) / 2 && p < Math.abs((lastStep * q) / 2) ? p / q : undefined;
}
