import { centreOf } from './class-centre.js';
import { addColumns, columnDots } from './columns.js';
import { weightedRow } from './gram.js';
import { penaltyOf, type Penalty, type Predictor, type WorkingSet } from './predictor.js';
import { minimiseQuadratic, quadraticScratch } from './quadratic.js';
import type { Design } from './standardise.js';

/** What a multinomial model is fitted to: class numbers and weights (sum 1) per row. */
export interface ClassData {
  readonly y: Float64Array;
  readonly weights: Float64Array;
  readonly classes: number;
}

/** −Σ w log p of the rows' own classes. */
export function multinomialLoss({ y, weights }: ClassData, predictors: readonly Predictor[]): number {
  let loss = 0;
  for (let i = 0; i < y.length; i++) {
    let most = -Infinity;
    for (const { eta } of predictors) if (eta[i] > most) most = eta[i];
    let sum = 0;
    for (const { eta } of predictors) sum += Math.exp(eta[i] - most);
    loss += weights[i] * (most - predictors[y[i]].eta[i] + Math.log(sum));
  }
  return loss;
}

/**
 * A Newton step of all classes of a multinomial model together. Coefficients are numbered place × classes + class; second
 * derivatives between classes k and l weigh rows by w (p_k [k = l] − p_k p_l), and the intercepts of all classes but the last follow
 * the coefficients.
 *
 * @returns a function from λ and tolerance to the largest change, as curvature times squared step
 */
export function makeJointStep({ z, n }: Design, data: ClassData, penalty: Penalty, set: WorkingSet, intercept: boolean, predictors: readonly Predictor[]): (lambda: number, tolerance: number) => number {
  const { y, weights, classes } = data;
  const free = intercept ? classes - 1 : 0;
  const work = quadraticScratch();
  const share = Array.from({ length: classes }, () => new Float64Array(n));
  const weighted = new Float64Array(n);

  const probabilities = () => {
    for (let i = 0; i < n; i++) {
      let most = -Infinity;
      let total = 0;
      for (const { eta } of predictors) if (eta[i] > most) most = eta[i];
      for (let k = 0; k < classes; k++) total += share[k][i] = Math.exp(predictors[k].eta[i] - most);
      for (let k = 0; k < classes; k++) share[k][i] /= total;
    }
  };

  /** Weight of a row in the second derivative between two classes. */
  const rowWeight = (k: number, l: number, i: number) => weights[i] * ((k === l ? share[k][i] : 0) - share[k][i] * share[l][i]);

  const settle = (b: Float64Array) => {
    for (let place = 0; place < set.size; place++) {
      const own = b.subarray(place * classes, (place + 1) * classes);
      const c = centreOf(own, penalty, set.columns[place]);
      if (c !== 0) for (let k = 0; k < classes; k++) own[k] -= c;
    }
  };

  return (lambda, tolerance) => {
    const a = set.size;
    const size = a * classes;
    probabilities();
    const h = new Float64Array(size * size);
    const between = new Float64Array(free * size); // intercept by coefficient
    const constants = new Float64Array(free * free);
    const block = new Float64Array(a * a);
    for (let k = 0; k < classes; k++) {
      for (let l = 0; l <= k; l++) {
        if (k < free) for (let i = 0; i < n; i++) constants[k * free + l] += rowWeight(k, l, i);
        for (let b = 0; b < a; b++) {
          const from = set.columns[b] * n;
          let total = 0;
          for (let i = 0; i < n; i++) total += weighted[i] = rowWeight(k, l, i) * z[from + i];
          if (k < free) between[k * size + b * classes + l] = total;
          if (l < free) between[l * size + b * classes + k] = total;
          weightedRow(z, n, set.columns, b, weighted, block, a);
          for (let c = 0; c <= b; c++) {
            const value = block[b * a + c];
            for (const [s, t] of k === l ? [[k, l]] : [[k, l], [l, k]]) {
              h[(b * classes + s) * size + c * classes + t] = value;
              h[(c * classes + t) * size + b * classes + s] = value;
            }
          }
        }
      }
    }
    const [gradient, l1, l2, lower, upper, values] = Array.from({ length: 6 }, () => new Float64Array(size));
    const slopes = new Float64Array(free);
    const dots = new Float64Array(a);
    for (let k = 0; k < classes; k++) {
      for (let i = 0; i < n; i++) weighted[i] = weights[i] * ((y[i] === k ? 1 : 0) - share[k][i]);
      columnDots(z, n, set.columns, a, weighted, dots);
      if (k < free) for (let i = 0; i < n; i++) slopes[k] += weighted[i];
      for (let b = 0; b < a; b++) {
        const at = b * classes + k;
        const f = lambda * penalty.factor[set.columns[b]];
        gradient[at] = dots[b];
        values[at] = predictors[k].b[b];
        l1[at] = f * penalty.alpha;
        l2[at] = f * (1 - penalty.alpha);
        lower[at] = penalty.lower[set.columns[b]];
        upper[at] = penalty.upper[set.columns[b]];
      }
    }
    eliminate(constants, free, between, size, slopes);
    for (let s = 0; s < free; s++) {
      for (let j = 0; j < size; j++) {
        const zj = between[s * size + j];
        gradient[j] -= zj * slopes[s];
        if (zj !== 0) for (let m = 0; m < size; m++) h[j * size + m] -= zj * between[s * size + m];
      }
    }
    const old = values.slice();
    minimiseQuadratic({ h, stride: size, size, gradient, b: values, l1, l2, lower, upper, settle }, 0.1 * tolerance, work);
    const change = values.map((value, j) => value - old[j]);
    let largest = 0;
    for (let j = 0; j < size; j++) largest = Math.max(largest, h[j * size + j] * change[j] * change[j]);
    const lift = interceptChange(constants, free, between, size, slopes, change);
    for (let s = 0; s < free; s++) largest = Math.max(largest, lift[s] * lift[s] * constants[s * free + s] ** 2);
    return largest * move(change, lift, lambda) ** 2;
  };

  /** Takes the step, or as much of it as does not raise the objective; the part taken. */
  function move(change: Float64Array, lift: Float64Array, lambda: number): number {
    const objective = () => predictors.reduce((sum, { b }) => sum + penaltyOf(b, set, penalty, lambda), multinomialLoss(data, predictors));
    const before = objective();
    const a = set.size;
    const scratch = new Int32Array(a);
    const starts = predictors.map(({ b, eta, intercept: constant }) => ({ b: b.slice(0, a), eta: eta.slice(), constant }));
    for (let part = 1; ; part = part > 1e-9 ? part / 2 : 0) {
      predictors.forEach((predictor, k) => {
        const own = Float64Array.from({ length: a }, (_, b) => part * change[b * classes + k]);
        const up = part * (lift[k] ?? 0);
        for (let b = 0; b < a; b++) predictor.b[b] = part === 1 && own[b] === -starts[k].b[b] ? 0 : starts[k].b[b] + own[b];
        predictor.eta.set(starts[k].eta);
        addColumns(z, n, set.columns, own, a, predictor.eta, scratch);
        for (let i = 0; i < n; i++) predictor.eta[i] += up;
        predictor.intercept = starts[k].constant + up;
      });
      if (part === 0 || objective() <= before + 1e-12 * Math.abs(before) + 1e-15) return part;
    }
  }
}

/** Turns A (in place) into its Cholesky factor L, B into L⁻¹B and g into L⁻¹g; a direction without curvature is left out. */
function eliminate(constants: Float64Array, free: number, between: Float64Array, size: number, slopes: Float64Array): void {
  for (let r = 0; r < free; r++) {
    for (let c = 0; c <= r; c++) {
      let sum = constants[r * free + c];
      for (let k = 0; k < c; k++) sum -= constants[r * free + k] * constants[c * free + k];
      if (c === r) constants[r * free + r] = sum > 0 ? Math.sqrt(sum) : Infinity;
      else constants[r * free + c] = sum / constants[c * free + c];
    }
    const pivot = constants[r * free + r];
    for (let c = 0; c < r; c++) {
      const factor = constants[r * free + c];
      slopes[r] -= factor * slopes[c];
      for (let j = 0; j < size; j++) between[r * size + j] -= factor * between[c * size + j];
    }
    slopes[r] /= pivot;
    for (let j = 0; j < size; j++) between[r * size + j] /= pivot;
  }
}

/** L'⁻¹ (L⁻¹g − L⁻¹B δ): how the intercepts follow a change of the coefficients. */
function interceptChange(factor: Float64Array, free: number, between: Float64Array, size: number, slopes: Float64Array, change: Float64Array): Float64Array {
  const lift = slopes.slice();
  for (let s = 0; s < free; s++) for (let j = 0; j < size; j++) lift[s] -= between[s * size + j] * change[j];
  for (let r = free - 1; r >= 0; r--) {
    for (let c = r + 1; c < free; c++) lift[r] -= factor[c * free + r] * lift[c];
    lift[r] /= factor[r * free + r];
  }
  return lift;
}
