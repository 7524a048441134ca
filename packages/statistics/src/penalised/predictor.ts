import { addColumns, columnDots } from './columns.js';
import { centredGram } from './gram.js';
import type { Loss } from './losses/loss.js';
import { minimiseQuadratic, type Quadratic, quadraticScratch } from './quadratic.js';
import type { Design } from './standardise.js';
import { descendWide } from './wide-descent.js';

/** The columns that may have coefficients; columns enter and are numbered in order of entry. */
export interface WorkingSet {
  readonly columns: Int32Array;
  readonly inside: Uint8Array;
  size: number;
}

/** Penalty of each column, at λ: l1 = λ α f, l2 = λ (1 − α) f; bounds in the units of the standardised columns. */
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

/**
 * A linear predictor at its null model.
 *
 * A Newton step takes second derivatives over the working set (a few tens of columns, whatever p) and minimises the quadratic model
 * with its penalty. They are kept from step to step, rescaled, until curvatures have moved too far; gradients are always exact, so
 * the solution is too. Steps that do not lower the objective are halved. When the working set outgrows the rows, coordinate descent
 * on residuals is cheaper than second derivatives and takes their place.
 */
export function makePredictor(design: Design, loss: Loss, penalty: Penalty, set: WorkingSet, intercept: boolean): Predictor {
  const { z, n, p } = design;
  const b = new Float64Array(p);
  const eta = new Float64Array(n).fill(loss.nullIntercept);
  const residual = new Float64Array(n);
  const curvature = new Float64Array(n);
  const reference = new Float64Array(n);
  const gradient = new Float64Array(p);
  const before = new Float64Array(p);
  const change = new Float64Array(p);
  const etaBefore = new Float64Array(n);
  const scratch = new Int32Array(p);
  const l1 = new Float64Array(p);
  const l2 = new Float64Array(p);
  const lower = new Float64Array(p);
  const upper = new Float64Array(p);
  const quadratic: Quadratic = { h: new Float64Array(0), stride: 0, size: 0, gradient, b, l1, l2, lower, upper };
  const work = quadraticScratch();
  /** Weighted means of the working columns at the reference curvature: how the intercept follows the coefficients. */
  const centre = new Float64Array(p);
  let total = 0;
  let known = 0;

  const penaltyAt = (lambda: number) => {
    let sum = 0;
    for (let k = 0; k < set.size; k++) {
      const f = lambda * penalty.factor[set.columns[k]];
      if (b[k] !== 0) sum += f * (penalty.alpha * Math.abs(b[k]) + 0.5 * (1 - penalty.alpha) * b[k] * b[k]);
    }
    return sum;
  };

  /** Second derivatives for all working columns at the present curvature, or for the new ones only. */
  const secondDerivatives = (fresh: boolean) => {
    if (fresh) {
      reference.set(curvature);
      known = 0;
    }
    if (set.size > quadratic.stride) grow(quadratic, Math.min(p, Math.max(16, 2 * set.size)), known);
    total = centredGram(z, n, set.columns, known, set.size, reference, intercept, quadratic.h, quadratic.stride, centre);
    known = set.size;
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
      const size = set.size;
      const wide = size > 3 * n;
      let scale = 1;
      if (!wide) {
        const drift = known === 0 ? Infinity : loss.constantCurvature ? 0 : staleness(curvature, reference);
        if (drift > STALE) secondDerivatives(true);
        else if (known < size) secondDerivatives(false);
        scale = sum(curvature) / sum(reference);
      }
      const slope = intercept ? sum(residual) : 0;
      const objective = predictor.loss + penaltyAt(lambda);
      before.set(b.subarray(0, size));
      etaBefore.set(eta);
      for (let k = 0; k < size; k++) {
        const j = set.columns[k];
        const f = (lambda * penalty.factor[j]) / scale;
        l1[k] = f * penalty.alpha;
        l2[k] = f * (1 - penalty.alpha);
        lower[k] = penalty.lower[j];
        upper[k] = penalty.upper[j];
      }
      let lift = 0;
      let largest = 0;
      if (wide) {
        lift = descendWide({ z, n, columns: set.columns, size, residual, curvature, intercept, b, l1, l2, lower, upper }, tolerance);
        for (let k = 0; k < size; k++) change[k] = b[k] - before[k];
        largest = wideChange(z, n, set.columns, size, curvature, change, lift, intercept);
      } else {
        columnDots(z, n, set.columns, size, residual, gradient);
        for (let k = 0; k < size; k++) gradient[k] = (gradient[k] - slope * centre[k]) / scale;
        quadratic.size = size;
        minimiseQuadratic(quadratic, (0.1 * tolerance) / scale, work);
        lift = intercept ? slope / (scale * total) : 0;
        for (let k = 0; k < size; k++) {
          const d = b[k] - before[k];
          change[k] = d;
          if (d === 0) continue;
          lift -= centre[k] * d;
          largest = Math.max(largest, scale * quadratic.h[k * quadratic.stride + k] * d * d);
        }
        if (intercept) largest = Math.max(largest, scale * total * lift * lift);
      }
      addColumns(z, n, set.columns, change, size, eta, scratch);
      if (lift !== 0) for (let i = 0; i < n; i++) eta[i] += lift;
      predictor.intercept += lift;
      predictor.refresh();
      shorten(lambda, objective, lift);
      return largest;
    },
  };

  /** Halves the step just taken until the objective is not above what it was. */
  const shorten = (lambda: number, objective: number, lift: number) => {
    const allowed = objective + 1e-12 * Math.abs(objective) + 1e-15;
    let part = 1;
    let at = predictor.intercept;
    for (let tries = 0; tries < 40 && !(predictor.loss + penaltyAt(lambda) <= allowed); tries++) {
      part /= 2;
      for (let k = 0; k < set.size; k++) b[k] = before[k] + part * change[k];
      at -= part * lift;
      predictor.intercept = at;
      for (let i = 0; i < n; i++) eta[i] = etaBefore[i] + (eta[i] - etaBefore[i]) / 2;
      predictor.refresh();
      known = 0; // the model of second derivatives was wrong here
    }
  };

  predictor.refresh();
  return predictor;
}

/** A larger matrix of second derivatives that keeps the first `known` rows. */
function grow(quadratic: Quadratic, stride: number, known: number): void {
  const h = new Float64Array(stride * stride);
  for (let k = 0; k < known; k++) h.set(quadratic.h.subarray(k * quadratic.stride, k * quadratic.stride + known), k * stride);
  quadratic.h = h;
  quadratic.stride = stride;
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

/** Largest Σ v x² δ² of a step without stored second derivatives. */
function wideChange(z: Float64Array, n: number, columns: Int32Array, size: number, v: Float64Array, change: Float64Array, lift: number, intercept: boolean): number {
  let largest = intercept ? sum(v) * lift * lift : 0;
  for (let k = 0; k < size; k++) {
    if (change[k] === 0) continue;
    const from = columns[k] * n;
    let h = 0;
    for (let i = 0; i < n; i++) h += v[i] * z[from + i] * z[from + i];
    largest = Math.max(largest, h * change[k] * change[k]);
  }
  return largest;
}
