import { chiSquared } from '../distributions/gamma.js';
import { normal } from '../distributions/normal.js';
import { brentRoot } from '../distributions/roots.js';
import { cubicSpline } from './cubic-spline.js';
import { type Design, designColumn, withoutColumns } from './design.js';
import { type IrlsFit, irls, type LogisticFit, linearPredictor } from './logistic.js';

/** Limits of a coefficient. */
export interface Limits {
  readonly lower: number;
  readonly upper: number;
}

/** Coefficient ± z × standard error. */
export function waldInterval(fit: LogisticFit, column: number, level = 0.95): Limits {
  const reach = normal.quantile((1 + level) / 2) * fit.standardErrors[column];
  return { lower: fit.coefficients[column] - reach, upper: fit.coefficients[column] + reach };
}

/** The model with one coefficient held at a value. */
function heldAt(design: Design, outcome: ArrayLike<number>, column: number, value: number, start: Float64Array): IrlsFit {
  const held = designColumn(design, column);
  const offset = held.map((x) => x * value);
  return irls(withoutColumns(design, new Set([column])), outcome, { offset, start });
}

/**
 * Profile likelihood limits as MASS's confint does them: the signed root of the deviance on a grid of standard errors, a spline
 * through it, straight lines between the spline's points. About 1e-3 from the exact limits; NaN where the grid does not reach.
 */
export function profileInterval(design: Design, outcome: ArrayLike<number>, fit: LogisticFit, column: number, level = 0.95): Limits {
  if (Number.isNaN(fit.coefficients[column])) return { lower: NaN, upper: NaN };
  const reach = Math.sqrt(chiSquared.quantile(1 - (1 - level) / 4, 1));
  const points = [{ value: fit.coefficients[column], root: 0 }];
  for (const side of [-1, 1]) {
    let eta = linearPredictor(design, fit.coefficients);
    let root = 0;
    for (let step = 1; step < 10 && Math.abs(root) < reach; step++) {
      const value = fit.coefficients[column] + side * step * (reach / 5) * fit.standardErrors[column];
      const held = heldAt(design, outcome, column, value, eta);
      eta = held.linearPredictor;
      root = side * Math.sqrt(Math.max(0, held.deviance - fit.deviance));
      points.push({ value, root });
    }
  }
  points.sort((a, b) => a.value - b.value);
  const spline = cubicSpline(points.map((point) => point.value), points.map((point) => point.root));
  const count = 3 * points.length;
  const [low, high] = [points[0].value, points[points.length - 1].value];
  const values = Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));
  const roots = values.map(spline);
  const cut = normal.quantile((1 + level) / 2);
  return { lower: inverseAt(values, roots, -cut), upper: inverseAt(values, roots, cut) };
}

/** The value where a rising sequence of roots crosses `target`, by straight lines. */
function inverseAt(values: readonly number[], roots: readonly number[], target: number): number {
  const order = roots.map((_, i) => i).sort((i, j) => roots[i] - roots[j]);
  for (let k = 1; k < order.length; k++) {
    const [i, j] = [order[k - 1], order[k]];
    if (roots[i] <= target && target <= roots[j]) return roots[i] === roots[j] ? values[i] : values[i] + ((values[j] - values[i]) * (target - roots[i])) / (roots[j] - roots[i]);
  }
  return NaN;
}

/**
 * Exact profile likelihood limits: where the deviance has risen by the chi-squared quantile. Infinite where it never does
 * (separation).
 */
export function exactProfileInterval(design: Design, outcome: ArrayLike<number>, fit: LogisticFit, column: number, level = 0.95): Limits {
  const centre = fit.coefficients[column];
  if (Number.isNaN(centre)) return { lower: NaN, upper: NaN };
  const best = irls(design, outcome, { start: fit.linearPredictor, epsilon: 1e-14, maxIterations: 100 });
  const rise = chiSquared.quantile(level, 1);
  const end = (side: 1 | -1) => {
    let start = best.linearPredictor;
    const excess = (value: number) => {
      const held = irls(withoutColumns(design, new Set([column])), outcome, { offset: designColumn(design, column).map((x) => x * value), start, epsilon: 1e-13, maxIterations: 100 });
      start = held.linearPredictor;
      return held.deviance - best.deviance - rise;
    };
    return farRoot(excess, best.coefficients[column], side * fit.standardErrors[column]);
  };
  return { lower: end(-1), upper: end(1) };
}

/** Root of a function that is negative at `from` and rises away from it: steps outwards, then Brent. Infinite when none is found. */
export function farRoot(excess: (value: number) => number, from: number, step: number): number {
  let inside = from;
  let reach = step;
  for (let tries = 0; tries < 60; tries++) {
    const outside = inside + reach;
    const value = excess(outside);
    if (Number.isNaN(value)) return NaN;
    if (value >= 0) return brentRoot(excess, inside, outside, { tolerance: 1e-12 * Math.abs(outside) + 1e-14 });
    inside = outside;
    reach *= 1.6;
  }
  return Math.sign(step) * Infinity;
}
