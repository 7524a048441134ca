import { columnDot } from './columns.js';
import type { Design } from './standardise.js';

const SLOTS = 48;

/** Finds the columns whose gradient passes the penalty, computing only those gradients that could. */
export interface Screen {
  /** Gradients x_j'r of all columns; columns left out earlier count again. */
  all(r: Float64Array): Float64Array;
  /** Columns not left out with |x_j'r| > limit · factor_j, ascending, into `out`; returns how many. They are left out from now on. */
  exceeding(r: Float64Array, limit: number, out: Int32Array): number;
  /** Never reports this column. */
  leaveOut(column: number): void;
}

/**
 * A gradient known at an earlier residual bounds the one now: |x'r| ≤ c |x'r₀| + |x| |r − c r₀| for any c ≥ 0, and c = r'r₀ / r₀'r₀
 * makes the bound smallest (along a path residuals mostly shrink, which c absorbs). So most columns are ruled out without being
 * read; the rule is exact, no column is missed. Each column remembers the residual (one of `SLOTS`) at which its gradient was
 * computed. Gradients and lengths are kept divided by the column's penalty factor.
 */
export function makeScreen({ z, n, p, usable, length }: Design, factor: Float64Array): Screen {
  const size = new Float64Array(p);
  const reach = new Float64Array(p);
  const slot = new Uint8Array(p);
  const residuals = new Float64Array(SLOTS * n);
  const square = new Float64Array(SLOTS);
  const users = new Int32Array(SLOTS);
  const ceiling = new Float64Array(SLOTS);
  const away = new Float64Array(SLOTS);
  const safe = new Float64Array(SLOTS);
  let longest = 0;

  const leaveOut = (column: number) => {
    size[column] = 0;
    reach[column] = 0; // the bound below is then 0 and always met
  };

  const remember = (r: Float64Array, at: number) => {
    residuals.set(r, at * n);
    square[at] = columnDot(r, n, 0, r);
  };

  const all = (r: Float64Array) => {
    const gradient = new Float64Array(p);
    longest = 0;
    for (let j = 0; j < p; j++) {
      if (usable[j] === 0) continue;
      gradient[j] = columnDot(z, n, j, r);
      if (factor[j] === 0) continue;
      size[j] = Math.abs(gradient[j]) / factor[j];
      reach[j] = length[j] / factor[j];
      if (reach[j] > longest) longest = reach[j];
    }
    slot.fill(0);
    users.fill(0);
    users[0] = p;
    remember(r, 0);
    return gradient;
  };

  /** For each slot, what size a column may have had there to stay below `limit` now. */
  const bound = (r: Float64Array, limit: number) => {
    const rr = columnDot(r, n, 0, r);
    const slack = 1e-7 * Math.sqrt(rr); // rounding of the difference
    for (let s = 0; s < SLOTS; s++) {
      if (users[s] === 0) continue;
      const along = columnDot(residuals, n, s, r);
      const c = Math.max(along / square[s], 1e-12);
      ceiling[s] = limit / c;
      away[s] = (Math.sqrt(Math.max(0, rr - 2 * c * along + c * c * square[s])) + slack) / c;
      safe[s] = ceiling[s] - away[s] * longest;
    }
  };

  /** A slot no column refers to; else the one with fewest columns, whose gradients are then computed again. */
  const freeSlot = () => {
    let least = 0;
    for (let s = 1; s < SLOTS; s++) if (users[s] < users[least]) least = s;
    if (users[least] > 0) {
      safe[least] = -1;
      away[least] = Infinity;
    }
    return least;
  };

  const exceeding: Screen['exceeding'] = (r, limit, out) => {
    bound(r, limit);
    const now = freeSlot();
    let count = 0;
    for (let j = 0; j < p; j++) {
      const s = slot[j];
      if (size[j] <= safe[s] || reach[j] === 0 || size[j] + away[s] * reach[j] <= ceiling[s]) continue;
      const g = Math.abs(columnDot(z, n, j, r)) / factor[j];
      users[s]--;
      users[now]++;
      slot[j] = now;
      size[j] = g;
      if (g <= limit) continue;
      leaveOut(j);
      out[count++] = j;
    }
    remember(r, now);
    return count;
  };

  return { all, exceeding, leaveOut };
}
