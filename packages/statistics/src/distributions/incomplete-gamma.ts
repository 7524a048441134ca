import { logGammaOnePlus } from './log-gamma.js';
import { poissonTerm } from './saddle-point.js';

/** Both tails of a distribution at one point; each is accurate, also where it is tiny. */
export interface Tails {
  readonly lower: number;
  readonly upper: number;
}

/**
 * The regularised incomplete gamma functions P(a, x) (`lower`) and Q(a, x) (`upper`), a > 0, x ≥ 0.
 *
 * Series for x < a + 1, continued fraction beyond (DLMF 8.11.4, 8.9.2); for a < 1 and x < 1 the upper tail comes from DLMF 8.7.1,
 * since 1 − P would cancel there.
 */
export function incompleteGamma(a: number, x: number): Tails {
  if (Number.isNaN(x)) return { lower: NaN, upper: NaN };
  if (x <= 0) return { lower: 0, upper: 1 };
  if (x === Infinity) return { lower: 1, upper: 0 };
  if (a < 1 && x < 1) return smallShape(a, x);
  if (x < a + 1 && a >= 1) {
    const lower = poissonTerm(a, x) * series(a, x);
    return { lower, upper: 1 - lower };
  }
  const upper = poissonTerm(a, x) * a * fraction(a, x);
  return { lower: 1 - upper, upper };
}

/** 1 + x/(a+1) + x²/((a+1)(a+2)) + … */
function series(a: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 1; term > 1e-17 * sum; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
}

/** Γ(a, x) eˣ x⁻ᵃ by Legendre's continued fraction, evaluated with Lentz's method. */
function fraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let value = d;
  for (let i = 1; i < 1_000_000; i++) {
    const numerator = i * (a - i);
    b += 2;
    d = 1 / (numerator * d + b);
    c = b + numerator / c;
    const factor = c * d;
    value *= factor;
    if (Math.abs(factor - 1) < 1e-16) break;
  }
  return value;
}

/** a < 1, x < 1: xᵃ/Γ(1+a) (1 + a Σ (−x)ⁿ / ((a+n) n!)), and its complement without cancellation. */
function smallShape(a: number, x: number): Tails {
  let sum = 0;
  let term = 1;
  for (let n = 1; n < 40; n++) {
    term *= -x / n;
    sum += term / (a + n);
  }
  const exponent = a * Math.log(x) - logGammaOnePlus(a);
  const power = Math.exp(exponent);
  return { lower: power * (1 + a * sum), upper: -Math.expm1(exponent) - power * a * sum };
}
