import type { Tails } from './incomplete-gamma.js';
import { binomialTerm } from './saddle-point.js';

/**
 * The regularised incomplete beta function Iₓ(a, b) (`lower`) and its complement (`upper`), a, b > 0.
 *
 * The even part of the continued fraction DLMF 8.17.22, on the side of the mean where it converges fast (Didonato & Morris 1992).
 *
 * @param x in [0, 1]
 * @param y 1 − x, given apart so that an x near 1 keeps the digits of its complement
 */
export function incompleteBeta(a: number, b: number, x: number, y: number): Tails {
  if (Number.isNaN(x)) return { lower: NaN, upper: NaN };
  if (x <= 0) return { lower: 0, upper: 1 };
  if (y <= 0) return { lower: 1, upper: 0 };
  const front = kernel(a, b, x, y);
  const below = a > b ? (a + b) * y - b : a - (a + b) * x; // (a+b) × how far x lies below the mean
  if (below >= 0) {
    const lower = (front * fraction(a, b, x, y, below)) / a;
    return { lower, upper: 1 - lower };
  }
  const upper = (front * fraction(b, a, y, x, -below)) / b;
  return { lower: 1 - upper, upper };
}

/** xᵃ yᵇ / B(a, b). */
export function kernel(a: number, b: number, x: number, y: number): number {
  return ((a * b) / (a + b)) * binomialTerm(a, b, x, y);
}

/**
 * 1/(B₀ − A₁/(B₁ − A₂/(B₂ − …))) with A_m = d_{2m−1} d_{2m}, B_m = 1 + d_{2m} + d_{2m+1} and d as in DLMF 8.17.23, by Lentz's method.
 * `below` = a − (a+b)x ≥ 0 enters B_m in place of 1 − x(…), which would cancel for x near 1.
 */
function fraction(a: number, b: number, x: number, y: number, below: number): number {
  let c = Infinity;
  let d = (a + 1) / (1 + below);
  let value = d;
  let odd = (-(a + b) * x) / (a + 1);
  for (let m = 1; m < 1_000_000; m++) {
    const at = a + 2 * m;
    const even = (m * (b - m) * x) / ((at - 1) * at);
    const numerator = -odd * even;
    const denominator = even + ((a + m) * (below + m * y) + a * (2 * m + 1) + m * (3 * m + 2)) / (at * (at + 1));
    odd = (-(a + m) * (a + b + m) * x) / (at * (at + 1));
    d = 1 / (denominator + numerator * d);
    c = denominator + numerator / c;
    const factor = c * d;
    value *= factor;
    if (Math.abs(factor - 1) < 1e-16) break;
  }
  return value;
}
