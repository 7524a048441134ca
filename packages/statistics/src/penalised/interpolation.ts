import type { PenalisedPath } from './options.js';

/** Coefficients at one λ. */
export interface Coefficients {
  /** One per predictor: one, or one per class (multinomial). */
  readonly intercept: Float64Array;
  /** Per predictor one value per column. */
  readonly coefficients: readonly Float64Array[];
}

/** Where λ lies on a path: between `left` and `right`, at share `weight` of the left one. */
export interface PathPosition {
  readonly left: number;
  readonly right: number;
  readonly weight: number;
}

/** Position of `lambda` on a descending sequence; beyond either end it is the end. */
export function positionOn(sequence: ArrayLike<number>, lambda: number): PathPosition {
  const last = sequence.length - 1;
  if (!(lambda < sequence[0])) return { left: 0, right: 0, weight: 1 };
  if (lambda <= sequence[last]) return { left: last, right: last, weight: 1 };
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (sequence[middle] >= lambda) low = middle;
    else high = middle;
  }
  if (sequence[low] === lambda) return { left: low, right: low, weight: 1 };
  return { left: low, right: high, weight: (lambda - sequence[high]) / (sequence[low] - sequence[high]) };
}

/**
 * Coefficients at any λ: linear interpolation between the neighbouring solutions; beyond the ends of the path its end. For an exact
 * solution at a λ of your own, give it to `penalisedPath`.
 */
export function coefficientsAt(path: PenalisedPath, lambda: number): Coefficients {
  const { left, right, weight } = positionOn(path.lambda, lambda);
  const intercept = Float64Array.from(path.intercept, (values) => weight * values[left] + (1 - weight) * values[right]);
  const coefficients = path.coefficients.map((solutions) => {
    const dense = new Float64Array(path.p);
    solutions[left].index.forEach((j, k) => (dense[j] += weight * solutions[left].value[k]));
    if (weight < 1) solutions[right].index.forEach((j, k) => (dense[j] += (1 - weight) * solutions[right].value[k]));
    return dense;
  });
  return { intercept, coefficients };
}

export interface PredictOptions {
  /** Column-major, the path's columns: row r, column c at `c * rows + r`. */
  readonly x: Float64Array;
  readonly rows: number;
  readonly lambda: number;
  /**
   * `link`: the linear predictor (log odds, log hazard); `response`: its mean (probability of the event or of each class, relative
   * hazard for cox). Default `response`.
   */
  readonly type?: 'link' | 'response';
}

/** Predictions of new rows at one λ, per predictor: one array, or one per class. */
export function predictAt(path: PenalisedPath, { x, rows, lambda, type = 'response' }: PredictOptions): Float64Array[] {
  const { intercept, coefficients } = coefficientsAt(path, lambda);
  const links = coefficients.map((beta, c) => {
    const eta = new Float64Array(rows).fill(intercept[c]);
    beta.forEach((value, j) => {
      if (value !== 0) for (let i = 0; i < rows; i++) eta[i] += value * x[j * rows + i];
    });
    return eta;
  });
  return type === 'link' ? links : toResponse(path.family, links);
}

/** Linear predictors turned into means, in place. */
export function toResponse(family: PenalisedPath['family'], links: Float64Array[]): Float64Array[] {
  if (family === 'gaussian') return links;
  if (family === 'cox') return links.map((eta) => eta.map(Math.exp));
  if (family === 'binomial') return links.map((eta) => eta.map((value) => 1 / (1 + Math.exp(-value))));
  for (let i = 0; i < links[0].length; i++) {
    const most = links.reduce((largest, eta) => Math.max(largest, eta[i]), -Infinity);
    let total = 0;
    for (const eta of links) total += eta[i] = Math.exp(eta[i] - most);
    for (const eta of links) eta[i] /= total;
  }
  return links;
}
