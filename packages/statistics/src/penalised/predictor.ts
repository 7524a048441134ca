import { addColumns, columnDots } from './columns.js';
import { extendGram, type Gram, interceptProjection, noProjection, reserve } from './gram.js';
import type { Loss } from './losses/loss.js';
import { minimiseQuadratic, quadraticScratch } from './quadratic.js';
import type { Design } from './standardise.js';
import { descendWide } from './wide-descent.js';

/** The columns that may have coefficients, in order of entry. */
export interface WorkingSet {
  readonly columns: Int32Array;
  readonly inside: Uint8Array;
  size: number;
}

/** Penalty λ f_j [α |b| + ½ (1 − α) b²] of each column, and bounds in the units of the standardised columns. */
export interface Penalty {
  readonly alpha: number;
  readonly factor: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** One linear predictor η = b₀ + Σ b_j z_j and what is needed to improve it. */
export interface Predictor {
  /** Coefficients by place in the working set. */
  readonly b: Float64Array;
  readonly eta: Float64Array;
  readonly residual: Float64Array;
  intercept: number;
  loss: number;
  /** One Newton step at λ on the working set; the largest change, as curvature times squared step. */
  step(lambda: number, tolerance: number): number;
  /** Σ curvature: 0 when every row is fitted with certainty. */
  weight(): number;
  /** Evaluates the loss anew after `eta` was changed from outside. */
  refresh(): void;
}

/** Share by which curvatures may differ from those of the stored second derivatives before these are computed again. */
const STALE = 0.12;
/** A step that is not below this part of the one before, at the same λ, shows that the stored second derivatives mislead. */
const SLOW = 0.2;
/** With so many working columns second derivatives cost more than they save. */
export const isWide = (size: number, n: number) => size > Math.max(256, 3 * n);

/**
 * A linear predictor at its null model.
 *
 * A Newton step takes second derivatives over the working set (a few tens of columns, whatever p) and minimises the quadratic model
 * with its penalty. They are kept from step to step, rescaled, until curvatures have moved too far; gradients are always exact, so
 * the solution is too. Steps that do not lower the objective are halved. When the working set outgrows the rows, coordinate descent
 * on residuals takes their place.
 */
export function makePredictor(design: Design, loss: Loss, penalty: Penalty, set: WorkingSet, intercept: boolean): Predictor {
  const { z, n, p } = design;
  const [b, gradient, before, change, l1, l2, lower, upper] = Array.from({ length: 8 }, () => new Float64Array(p));
  const [residual, curvature, reference, etaBefore] = Array.from({ length: 4 }, () => new Float64Array(n));
  const eta = new Float64Array(n).fill(loss.nullIntercept);
  const scratch = new Int32Array(p);
  const gram: Gram = { h: new Float64Array(0), stride: 0, projected: new Float64Array(0), known: 0 };
  const projection = loss.projection ?? (intercept ? interceptProjection(curvature) : noProjection);
  const work = quadraticScratch();
  let last = { lambda: NaN, change: Infinity };

  const secondDerivatives = () => {
    const drift = gram.known === 0 ? Infinity : loss.constantCurvature ? 0 : staleness(curvature, reference);
    if (drift > STALE) {
      reference.set(curvature);
      projection.freeze();
      gram.known = 0;
    }
    reserve(gram, set.size, p, projection.rows);
    extendGram(gram, z, n, set.columns, set.size, reference, projection);
    return loss.constantCurvature ? 1 : sum(curvature) / sum(reference);
  };

  /** Penalties and bounds of the working columns, in units of `scale`. */
  const weigh = (lambda: number, scale: number) => {
    for (let k = 0; k < set.size; k++) {
      const j = set.columns[k];
      const f = (lambda * penalty.factor[j]) / scale;
      l1[k] = f * penalty.alpha;
      l2[k] = f * (1 - penalty.alpha);
      lower[k] = penalty.lower[j];
      upper[k] = penalty.upper[j];
    }
  };

  /** Steps with second derivatives; the change of the intercept, and the largest change. */
  const narrow = (lambda: number, tolerance: number): [number, number] => {
    const { size } = set;
    const scale = secondDerivatives();
    weigh(lambda, scale);
    const slope = intercept ? sum(residual) : 0;
    const total = sum(reference);
    const root = Math.sqrt(total);
    columnDots(z, n, set.columns, size, residual, gradient);
    for (let k = 0; k < size; k++) gradient[k] = (gradient[k] - (intercept ? (slope * gram.projected[k]) / root : 0)) / scale;
    minimiseQuadratic({ h: gram.h, stride: gram.stride, size, gradient, b, l1, l2, lower, upper }, (0.1 * tolerance) / scale, work);
    let lift = intercept ? slope / (scale * total) : 0;
    let largest = 0;
    for (let k = 0; k < size; k++) {
      const d = b[k] - before[k];
      if (d === 0) continue;
      if (intercept) lift -= (gram.projected[k] / root) * d;
      largest = Math.max(largest, scale * gram.h[k * gram.stride + k] * d * d);
    }
    return [lift, intercept ? Math.max(largest, scale * total * lift * lift) : largest];
  };

  const wide = (lambda: number, tolerance: number): [number, number] => {
    const { size } = set;
    weigh(lambda, 1);
    const lift = descendWide({ z, n, columns: set.columns, size, residual, curvature, intercept, b, l1, l2, lower, upper }, tolerance);
    let largest = intercept ? sum(curvature) * lift * lift : 0;
    for (let k = 0; k < size; k++) {
      const d = b[k] - before[k];
      if (d === 0) continue;
      const from = set.columns[k] * n;
      let h = 0;
      for (let i = 0; i < n; i++) h += curvature[i] * z[from + i] * z[from + i];
      largest = Math.max(largest, h * d * d);
    }
    return [lift, largest];
  };

  const predictor: Predictor = {
    b,
    eta,
    residual,
    intercept: loss.nullIntercept,
    loss: 0,
    weight: () => sum(curvature),
    refresh() {
      predictor.loss = loss.evaluate(eta, residual, curvature);
    },
    step(lambda, tolerance) {
      const objective = predictor.loss + penaltyOf(b, set, penalty, lambda);
      before.set(b.subarray(0, set.size));
      etaBefore.set(eta);
      const [lift, largest] = isWide(set.size, n) ? wide(lambda, tolerance) : narrow(lambda, tolerance);
      for (let k = 0; k < set.size; k++) change[k] = b[k] - before[k];
      addColumns(z, n, set.columns, change, set.size, eta, scratch);
      if (lift !== 0) for (let i = 0; i < n; i++) eta[i] += lift;
      predictor.intercept += lift;
      predictor.refresh();
      const taken = largest * shorten(lambda, objective, lift) ** 2;
      if (!loss.constantCurvature && lambda === last.lambda && taken > SLOW * last.change) gram.known = 0;
      last = { lambda, change: taken };
      return taken;
    },
  };

  /** Halves the step just taken until the objective is not above what it was; the part left, 0 when none will do. */
  const shorten = (lambda: number, objective: number, lift: number): number => {
    const allowed = objective + 1e-12 * Math.abs(objective) + 1e-15;
    let part = 1;
    while (part > 0 && !(predictor.loss + penaltyOf(b, set, penalty, lambda) <= allowed)) {
      const shorter = part > 1e-9 ? part / 2 : 0;
      for (let k = 0; k < set.size; k++) b[k] = before[k] + shorter * change[k];
      predictor.intercept -= (part - shorter) * lift;
      for (let i = 0; i < n; i++) eta[i] = etaBefore[i] + (shorter / part) * (eta[i] - etaBefore[i]);
      part = shorter;
      predictor.refresh();
      gram.known = 0; // the second derivatives were wrong here
    }
    return part;
  };

  predictor.refresh();
  return predictor;
}

/** Σ λ f_j [α |b_j| + ½ (1 − α) b_j²] over the working set. */
export function penaltyOf(b: Float64Array, set: WorkingSet, { alpha, factor }: Penalty, lambda: number): number {
  let total = 0;
  for (let k = 0; k < set.size; k++) {
    if (b[k] !== 0) total += lambda * factor[set.columns[k]] * (alpha * Math.abs(b[k]) + 0.5 * (1 - alpha) * b[k] * b[k]);
  }
  return total;
}

function sum(values: Float64Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return total;
}

/** Mean relative difference between curvatures and the reference, after rescaling. */
function staleness(curvature: Float64Array, reference: Float64Array): number {
  const now = sum(curvature);
  const scale = now / sum(reference);
  let difference = 0;
  for (let i = 0; i < curvature.length; i++) difference += Math.abs(curvature[i] - scale * reference[i]);
  return difference / now;
}
