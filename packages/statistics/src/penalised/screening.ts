import { columnDot } from './columns.js';
import type { Design } from './standardise.js';

const SLOTS = 48;

/** Finds the columns whose gradient passes a limit, computing only those gradients that could. */
export interface Screen {
  /** Gradients x_j'r of all columns. */
  all(r: Float64Array): Float64Array;
  /**
   * Columns outside `skip` with |x_j'r| > limit · factor_j, ascending, into `out`; returns how many.
   */
  exceeding(r: Float64Array, limit: number, factor: Float64Array, skip: Uint8Array, out: Int32Array): number;
}

/**
 * A gradient known at an earlier residual bounds the one now: |x'r| ≤ |c x'r₀| + |x| |r − c r₀| for any c, and c = r'r₀ / r₀'r₀ makes
 * the bound smallest (along a path residuals mostly shrink, which c absorbs). So most columns are ruled out without being read;
 * the rule is exact, no column is missed. Each column remembers the residual (one of `SLOTS`) at which its gradient was computed.
 */
export function makeScreen({ z, n, p, usable, length }: Design): Screen {
  const gradient = new Float64Array(p);
  const slot = new Uint8Array(p);
  const residuals = new Float64Array(SLOTS * n);
  const square = new Float64Array(SLOTS);
  const users = new Int32Array(SLOTS);
  const shrink = new Float64Array(SLOTS);
  const distance = new Float64Array(SLOTS);

  const remember = (r: Float64Array, at: number, rr: number) => {
    residuals.set(r, at * n);
    square[at] = rr;
  };

  const all = (r: Float64Array) => {
    for (let j = 0; j < p; j++) gradient[j] = usable[j] === 1 ? columnDot(z, n, j, r) : 0;
    slot.fill(0);
    users.fill(0);
    users[0] = p;
    remember(r, 0, columnDot(r, n, 0, r));
    return gradient;
  };

  /** A slot no column refers to; else the one with fewest columns, which are then computed again. */
  const freeSlot = () => {
    let least = 0;
    for (let s = 1; s < SLOTS; s++) if (users[s] < users[least]) least = s;
    if (users[least] > 0) distance[least] = Infinity;
    return least;
  };

  const exceeding: Screen['exceeding'] = (r, limit, factor, skip, out) => {
    const rr = columnDot(r, n, 0, r);
    const slack = 1e-7 * Math.sqrt(rr); // rounding of the difference below
    for (let s = 0; s < SLOTS; s++) {
      if (users[s] === 0) continue;
      const along = columnDot(residuals, n, s, r);
      shrink[s] = square[s] > 0 ? along / square[s] : 0;
      distance[s] = Math.sqrt(Math.max(0, rr - shrink[s] * along)) + slack;
    }
    const now = freeSlot();
    const evicted = users[now] > 0;
    let count = 0;
    let fresh = 0;
    for (let j = 0; j < p; j++) {
      const s = slot[j];
      const known = shrink[s] * gradient[j];
      const bound = limit * factor[j];
      if ((known < 0 ? -known : known) + distance[s] * length[j] <= bound) continue;
      if (skip[j] === 1 || usable[j] === 0) continue;
      const g = columnDot(z, n, j, r);
      users[s]--;
      gradient[j] = g;
      slot[j] = now;
      fresh++;
      if ((g < 0 ? -g : g) > bound) out[count++] = j;
    }
    if (evicted) for (let j = 0; j < p; j++) if (slot[j] === now && (skip[j] === 1 || usable[j] === 0)) gradient[j] = Infinity;
    users[now] += fresh;
    remember(r, now, rr);
    return count;
  };

  return { all, exceeding };
}
