import { RadloomError } from '@radloom/core';
import type { Design } from './design.js';
import { inverseGram, leastSquares, leverages, type QrFactors, qrFactors } from './qr.js';

/** Penalised likelihood and what its derivatives need at one coefficient vector. */
export interface Penalised {
  /** log likelihood + ½ log |I|. */
  readonly logLikelihood: number;
  /** Per row: what the score is made of, Xᵀ pull. */
  readonly pull: Float64Array;
  readonly fitted: Float64Array;
  /** √w with w = μ(1 − μ). */
  readonly root: Float64Array;
  /** Hat values of the weighted design. */
  readonly leverage: Float64Array;
  /** Σ_c |x β| of the row where it is largest: rounding moves a linear predictor by about 1e-16 of it. */
  readonly reach: number;
}

/** Less of a column than this share, after the columns before it, is dependence. */
const DEPENDENT = 1e-11;

/** W^½ X of some columns with w = μ(1 − μ) × factor: its QR factors keep the digits that XᵀWX would square away. */
function weighted({ rows, values, names }: Design, columns: readonly number[], root: Float64Array): QrFactors {
  const scaled = new Float64Array(rows * columns.length);
  columns.forEach((c, k) => {
    for (let i = 0; i < rows; i++) scaled[k * rows + i] = root[i] * values[c * rows + i];
  });
  const qr = qrFactors(scaled, rows, columns.length, DEPENDENT);
  if (qr.rank === columns.length) return qr;
  const dependent = Array.from(qr.pivot.subarray(qr.rank), (k) => names[columns[k]]);
  const reason = rows < columns.length ? `; there are ${columns.length} columns and ${rows} rows` : '';
  throw new RadloomError({
    code: 'design-singular', what: `The information matrix is singular: ${dependent.join(', ')} ${dependent.length === 1 ? 'is a combination' : 'are combinations'} of the columns before${reason}.`,
    fix: 'Leave out what depends on other columns.', data: { dependent },
  });
}

const everyColumn = (design: Design) => design.names.map((_, c) => c);

/** (XᵀWX)⁻¹ with w = μ(1 − μ) × factor, columns × columns. */
export function covariance(design: Design, { root }: Penalised, factor: (i: number) => number): Float64Array {
  return inverseGram(weighted(design, everyColumn(design), root.map((value, i) => value * Math.sqrt(factor(i)))));
}

/** log(1 + e^x) without overflow. */
const softplus = (x: number) => (x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x)));

/** Penalised likelihood at a coefficient vector, and its slope by rows. */
export function evaluate(design: Design, outcome: ArrayLike<number>, beta: Float64Array): Penalised {
  const { rows, values } = design;
  const fitted = new Float64Array(rows);
  const rest = new Float64Array(rows); // 1 − μ, with its own digits where μ is near 1
  let logLikelihood = 0;
  let reach = 0;
  for (let i = 0; i < rows; i++) {
    let eta = 0;
    let size = 0;
    for (let c = 0; c < beta.length; c++) {
      const part = values[c * rows + i] * beta[c];
      eta += part;
      size += Math.abs(part);
    }
    reach = Math.max(reach, size);
    fitted[i] = 1 / (1 + Math.exp(-eta));
    rest[i] = 1 / (1 + Math.exp(eta));
    logLikelihood -= softplus(outcome[i] === 1 ? -eta : eta);
  }
  const root = fitted.map((mu, i) => Math.sqrt(mu * rest[i]));
  const qr = weighted(design, everyColumn(design), root);
  const leverage = leverages(qr);
  const logDeterminant = qr.diagonal.reduce((sum, value) => sum + 2 * Math.log(Math.abs(value)), 0);
  const pull = fitted.map((mu, i) => (outcome[i] === 1 ? rest[i] : -mu) + leverage[i] * (0.5 - mu));
  return { logLikelihood: logLikelihood + logDeterminant / 2, pull, fitted, root, leverage, reach };
}

/** The scoring step of some columns, and twice the rise that it promises. */
export function scoringStep(design: Design, { pull, root }: Penalised, free: readonly number[]): { step: Float64Array; gain: number } {
  const { rows, values } = design;
  const step = leastSquares(weighted(design, free, root), pull.map((value, i) => (root[i] > 0 ? value / root[i] : 0)));
  let gain = 0;
  for (let i = 0; i < rows; i++) {
    let moved = 0;
    free.forEach((c, k) => (moved += step[k] * values[c * rows + i]));
    gain += moved * pull[i];
  }
  return { step, gain };
}
