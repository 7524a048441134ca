import type { Tails } from './incomplete-gamma.js';

/** Both tails at a point and the density there. */
export interface TailsAt extends Tails {
  readonly slope: number;
}

/**
 * The point where a continuous distribution has the lower tail p and the upper tail q = 1 − p.
 *
 * Newton on the logarithm of the smaller tail, which is nearly straight far out, inside a bracket that only shrinks: it cannot leave,
 * and where a step would, the bracket is halved.
 *
 * @param start a first guess, in whatever variable `at` takes (the whole real line)
 */
export function monotoneRoot(p: number, q: number, start: number, at: (u: number) => TailsAt): number {
  const useLower = p <= q;
  const target = Math.log(useLower ? p : q);
  let below = -Infinity;
  let above = Infinity;
  let u = start;
  let widen = 1;
  for (let iteration = 0; iteration < 400; iteration++) {
    const here = at(u);
    const tail = useLower ? here.lower : here.upper;
    const gap = Math.log(tail) - target; // −∞ where the tail underflows
    if (gap === 0) return u;
    const isBelow = useLower ? gap < 0 : gap > 0;
    if (isBelow) below = u;
    else above = u;
    const newton = u - ((useLower ? 1 : -1) * gap * tail) / here.slope;
    let next = newton;
    if (!Number.isFinite(newton) || newton <= below || newton >= above || Math.abs(newton - u) > 8 * widen) {
      next = Number.isFinite(below) && Number.isFinite(above) ? (below + above) / 2 : isBelow ? u + widen : u - widen;
      widen *= 2;
    }
    if (Math.abs(next - u) <= 2 * Number.EPSILON * Math.max(Math.abs(u), 1e-3) || next === below || next === above) return next;
    u = next;
  }
  return u;
}
