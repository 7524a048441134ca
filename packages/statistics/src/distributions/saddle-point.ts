import { stirlingRemainder } from './log-gamma.js';

/**
 * x log(x/m) + m − x without cancellation near x = m: half the deviance of a Poisson count x of mean m.
 *
 * Loader C. (2000) Fast and accurate computation of binomial probabilities, eq. 5.
 */
export function devianceTerm(x: number, m: number): number {
  if (x === 0) return m;
  if (Math.abs(x - m) >= 0.1 * (x + m)) return x * Math.log(x / m) + m - x;
  const v = (x - m) / (x + m);
  const vv = v * v;
  let sum = (x - m) * v;
  let power = 2 * x * v;
  for (let j = 1; j < 1000; j++) {
    power *= vv;
    const next = sum + power / (2 * j + 1);
    if (next === sum) break;
    sum = next;
  }
  return sum;
}

/**
 * Γ(k+j+1) / (Γ(k+1) Γ(j+1)) pᵏ qʲ for real k, j ≥ 0; p + q = 1, both given so that the smaller keeps its digits.
 */
export function binomialTerm(k: number, j: number, p: number, q: number): number {
  if (p === 0) return k === 0 ? 1 : 0;
  if (q === 0) return j === 0 ? 1 : 0;
  if (k === 0) return Math.exp(p < 0.1 ? j * Math.log1p(-p) : j * Math.log(q));
  if (j === 0) return Math.exp(q < 0.1 ? k * Math.log1p(-q) : k * Math.log(p));
  const n = k + j;
  const correction = stirlingRemainder(n) - stirlingRemainder(k) - stirlingRemainder(j) - devianceTerm(k, n * p) - devianceTerm(j, n * q);
  return Math.exp(correction) * Math.sqrt(n / (2 * Math.PI * k * j));
}

/** e⁻ᵐ mᵏ / Γ(k+1) for real k ≥ 0, m ≥ 0. */
export function poissonTerm(k: number, m: number): number {
  if (m === 0) return k === 0 ? 1 : 0;
  if (k === 0) return Math.exp(-m);
  if (k < m * 1e-308) return Math.exp(-m);
  return Math.exp(-stirlingRemainder(k) - devianceTerm(k, m)) / Math.sqrt(2 * Math.PI * k);
}
