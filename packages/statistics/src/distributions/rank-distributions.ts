import { normal } from './normal.js';

/** A distribution on 0..K that is symmetric about K/2, as probabilities of 0..K. */
type SymmetricTable = Float64Array;

/** P(X ≤ k), summed from the nearer end so that small tails keep their digits. */
function lowerTail(table: SymmetricTable, k: number): number {
  const top = table.length - 1;
  const whole = Math.floor(k + 1e-7);
  if (whole < 0) return 0;
  if (whole >= top) return 1;
  const reflected = whole > top / 2;
  const end = reflected ? top - whole - 1 : whole;
  let sum = 0;
  for (let i = 0; i <= end; i++) sum += table[i];
  return reflected ? 1 - sum : sum;
}

/** P(X > k). */
function upperTail(table: SymmetricTable, k: number): number {
  return lowerTail(table, table.length - 2 - Math.floor(k + 1e-7));
}

/** Smallest k with P(X ≤ k) ≥ p, forgiving ten units of rounding as R does. */
function quantile(table: SymmetricTable, p: number): number {
  if (!(p >= 0 && p <= 1)) return NaN;
  const slack = 10 * Number.EPSILON;
  let sum = 0;
  if (p <= 0.5) {
    let k = 0;
    for (; k < table.length - 1; k++) {
      sum += table[k];
      if (sum >= p - slack) break;
    }
    return k;
  }
  let k = 0;
  for (; k < table.length - 1; k++) {
    sum += table[k];
    if (sum > 1 - p + slack) break;
  }
  return table.length - 1 - k;
}

/** Multiplies a polynomial by (1 − tᵃ)/(1 − tᵇ), in place, then by `factor`. */
function timesRatio(table: Float64Array, a: number, b: number, factor: number): void {
  for (let k = table.length - 1; k >= a; k--) table[k] -= table[k - a];
  for (let k = b; k < table.length; k++) table[k] += table[k - b];
  for (let k = 0; k < table.length; k++) table[k] *= factor;
}

/** Copies the lower half onto the upper. */
function mirrored(half: Float64Array, top: number): SymmetricTable {
  const table = new Float64Array(top + 1);
  for (let k = 0; k <= top; k++) table[k] = half[Math.min(k, top - k)];
  return table;
}

/** Mann-Whitney's U for samples of m and n: the Gaussian binomial coefficient Π (1 − tⁿ⁺ⁱ)/(1 − tⁱ). */
function rankSumTable(m: number, n: number): SymmetricTable {
  const top = m * n;
  const half = new Float64Array(Math.floor(top / 2) + 1);
  half[0] = 1;
  const [few, many] = m < n ? [m, n] : [n, m];
  for (let i = 1; i <= few; i++) timesRatio(half, many + i, i, i / (many + i));
  return mirrored(half, top);
}

/** Wilcoxon's signed-rank V for n differences: Π (1 + tⁱ)/2. */
function signedRankTable(n: number): SymmetricTable {
  const top = (n * (n + 1)) / 2;
  const table = new Float64Array(top + 1);
  table[0] = 1;
  for (let i = 1; i <= n; i++) {
    for (let k = top; k >= 0; k--) table[k] = 0.5 * (table[k] + (k >= i ? table[k - i] : 0));
  }
  return table;
}

/** Concordant pairs of n: Π (1 − tⁱ)/(1 − t) / i. */
function concordanceTable(n: number): SymmetricTable {
  const top = (n * (n - 1)) / 2;
  const half = new Float64Array(Math.floor(top / 2) + 1);
  half[0] = 1;
  for (let i = 2; i <= n; i++) timesRatio(half, i, 1, 1 / i);
  return mirrored(half, top);
}

/** Mann-Whitney's U = W of R: pairs in which the first sample's value is larger, of m × n, without ties. */
export const rankSum = {
  /** P(U ≤ u). */
  cdf: (u: number, m: number, n: number): number => lowerTail(rankSumTable(m, n), u),
  /** P(U > u). */
  upper: (u: number, m: number, n: number): number => upperTail(rankSumTable(m, n), u),
  /** Smallest u with P(U ≤ u) ≥ p. */
  quantile: (p: number, m: number, n: number): number => quantile(rankSumTable(m, n), p),
} as const;

/** Wilcoxon's V: the sum of the ranks of the positive ones among n differences, without ties or zeros. */
export const signedRank = {
  cdf: (v: number, n: number): number => lowerTail(signedRankTable(n), v),
  upper: (v: number, n: number): number => upperTail(signedRankTable(n), v),
  quantile: (p: number, n: number): number => quantile(signedRankTable(n), p),
} as const;

/** Kendall's number of concordant pairs among n observations, without ties. */
export const concordance = {
  cdf: (pairs: number, n: number): number => lowerTail(concordanceTable(n), pairs),
  upper: (pairs: number, n: number): number => upperTail(concordanceTable(n), pairs),
} as const;

/** P(S = s) for s = Σ (i − π(i))² over all permutations π of n ≤ 9: dynamic programming over sets of used ranks. */
function squaredDistances(n: number): Float64Array {
  const top = (n * (n * n - 1)) / 3;
  const nothingUsed = new Float64Array(top + 1);
  nothingUsed[0] = 1;
  let level = new Map<number, Float64Array>([[0, nothingUsed]]);
  for (let i = 0; i < n; i++) {
    const next = new Map<number, Float64Array>();
    for (const [used, counts] of level) {
      for (let j = 0; j < n; j++) {
        if ((used & (1 << j)) !== 0) continue;
        const key = used | (1 << j);
        const target = next.get(key) ?? new Float64Array(top + 1);
        next.set(key, target);
        const distance = (i - j) ** 2;
        for (let s = distance; s <= top; s++) target[s] += counts[s - distance] / (n - i);
      }
    }
    level = next;
  }
  return level.get((1 << n) - 1)!;
}

/** Edgeworth coefficients of Best & Roberts (1975), Algorithm AS 89. */
const AS89 = [0.2274, 0.2531, 0.1745, 0.0758, 0.1033, 0.3932, 0.0879, 0.0151, 0.0072, 0.0831, 0.0131, 4.6e-4];

/** AS 89's correction and argument: P(S ≥ s) ≈ Φ̄(x) + correction. */
function edgeworth(s: number, n: number): { x: number; correction: number } {
  const [c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12] = AS89;
  const b = 1 / n;
  const x = ((6 * (s - 1) * b) / (n * n - 1) - 1) * Math.sqrt(n - 1);
  const y = x * x;
  const inner = c9 - c10 * b + y * b * (c11 - c12 * y);
  const u = x * b * (c1 + b * (c2 + c3 * b) + y * (-c4 + b * (c5 + c6 * b) - y * b * (c7 + c8 * b - y * inner)));
  return { x, correction: u / Math.exp(y / 2) };
}

const withinUnit = (p: number) => Math.min(1, Math.max(0, p));

/** P(S ≥ s) or, with `lower`, P(S < s), as AS 89 defines its tails. */
function spearmanTail(s: number, n: number, lower: boolean): number {
  if (s <= 0) return lower ? 0 : 1;
  if (s > (n * (n * n - 1)) / 3) return lower ? 1 : 0;
  if (n <= 9) {
    const table = squaredDistances(n);
    let sum = 0;
    if (lower) for (let k = 0; k < s; k++) sum += table[k];
    else for (let k = Math.ceil(s); k < table.length; k++) sum += table[k];
    return sum;
  }
  const { x, correction } = edgeworth(s, n);
  return withinUnit(lower ? normal.cdf(x) - correction : normal.upper(x) + correction);
}

/**
 * Spearman's S = Σ (difference of ranks)², n observations without ties: all permutations for n ≤ 9, beyond that the Edgeworth series
 * of AS 89 (as R).
 */
export const spearmanDistance = {
  /** P(S ≤ s) for even s. */
  cdf: (s: number, n: number): number => spearmanTail(Math.round(s) + 2, n, true),
  /** P(S ≥ s). */
  atLeast: (s: number, n: number): number => spearmanTail(Math.round(s), n, false),
} as const;
