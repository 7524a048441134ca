import { columnDot } from '../columns.js';
import type { Penalty } from '../predictor.js';
import { entrySlack } from '../quadratic.js';
import type { Design } from '../standardise.js';
import type { Roster } from './roster.js';

/**
 * A quadratic approximation of a loss in one linear predictor, and where its descent is. `residual` is kept at the weighted residuals
 * r − v Σ δ_j z_j as coefficients move.
 */
export interface Descent {
  readonly z: Float64Array;
  readonly n: number;
  readonly penalty: Penalty;
  readonly roster: Roster;
  /** Per row: minus the slope of the loss. */
  readonly residual: Float64Array;
  /** Per row: second derivative. */
  readonly curvature: Float64Array;
  /** Per column: Σ curvature z², of the columns let in. */
  readonly columnCurvature: Float64Array;
  /** Per column, in standard units. */
  readonly coefficient: Float64Array;
  /** Sweeps of all descents of a fit: one count. */
  readonly sweeps: { count: number };
  intercept: number;
  /** Sum of the rows' curvature; 0 where there is no intercept to move. */
  interceptCurvature: number;
}

export function makeDescent({ z, n, p }: Design, penalty: Penalty, roster: Roster, sweeps: { count: number }): Descent {
  return {
    z, n, penalty, roster, sweeps,
    residual: new Float64Array(n), curvature: new Float64Array(n), columnCurvature: new Float64Array(p), coefficient: new Float64Array(p),
    intercept: 0, interceptCurvature: 0,
  };
}

/** Takes the columns' curvature from the rows'. */
export function measureColumns({ z, n, curvature, columnCurvature, roster }: Descent): void {
  for (const column of roster.admitted) {
    const from = column * n;
    let sum = 0;
    for (let i = 0; i < n; i++) sum += curvature[i] * z[from + i] * z[from + i];
    columnCurvature[column] = sum;
  }
}

/** One sweep over the columns let in, ascending, and the intercept; the largest change, as curvature times squared step. */
export function sweepAdmitted(descent: Descent, lambda: number): number {
  const { admitted } = descent.roster;
  let largest = 0;
  descent.sweeps.count++;
  for (let k = 0; k < admitted.length; k++) {
    const change = moveColumn(descent, admitted[k], lambda);
    if (change > largest) largest = change;
  }
  return Math.max(largest, moveIntercept(descent));
}

/** One sweep over the columns that ever moved, in the order in which they first did. */
export function sweepMoved(descent: Descent, lambda: number): number {
  const { roster } = descent;
  let largest = 0;
  descent.sweeps.count++;
  for (let k = 0; k < roster.movedCount; k++) {
    const change = moveColumn(descent, roster.moved[k], lambda);
    if (change > largest) largest = change;
  }
  return Math.max(largest, moveIntercept(descent));
}

function moveColumn(descent: Descent, column: number, lambda: number): number {
  const { z, n, residual, curvature, coefficient, penalty } = descent;
  const old = coefficient[column];
  const h = descent.columnCurvature[column];
  const f = lambda * penalty.factor[column];
  const u = columnDot(z, n, column, residual) + h * old;
  const excess = (u < 0 ? -u : u) - f * penalty.alpha;
  let next = 0;
  if (excess > 0 && (old !== 0 || excess > entrySlack(f * penalty.alpha, h))) {
    next = (u < 0 ? -excess : excess) / (h + f * (1 - penalty.alpha));
    if (next > penalty.upper[column]) next = penalty.upper[column];
    if (next < penalty.lower[column]) next = penalty.lower[column];
  }
  const step = next - old;
  if (step === 0) return 0;
  coefficient[column] = next;
  const from = column * n;
  for (let i = 0; i < n; i++) residual[i] -= step * curvature[i] * z[from + i];
  const { roster } = descent;
  if (roster.everMoved[column] === 0) {
    roster.everMoved[column] = 1;
    roster.moved[roster.movedCount++] = column;
  }
  return h * step * step;
}

function moveIntercept(descent: Descent): number {
  const { interceptCurvature, residual, curvature, n } = descent;
  if (interceptCurvature === 0) return 0;
  let slope = 0;
  for (let i = 0; i < n; i++) slope += residual[i];
  const step = slope / interceptCurvature;
  if (step === 0) return 0;
  descent.intercept += step;
  for (let i = 0; i < n; i++) residual[i] -= step * curvature[i];
  return interceptCurvature * step * step;
}

/** Where the sweeps of a fit are given up. */
export interface Stop {
  /** A sweep that changes less ends the descent. */
  readonly tolerance: number;
  readonly maxSweeps: number;
}

/**
 * Descends one approximation: a full sweep, then short sweeps until they change too little, and again, until a full sweep changes too
 * little; false when the sweeps are used up.
 */
export function descend(descent: Descent, lambda: number, { tolerance, maxSweeps }: Stop): boolean {
  while (sweepAdmitted(descent, lambda) >= tolerance) {
    do if (descent.sweeps.count > maxSweeps) return false;
    while (sweepMoved(descent, lambda) >= tolerance);
  }
  return true;
}

/** Linear predictor of every row: intercept and all columns that ever moved. */
export function linearPredictor({ z, n, coefficient, intercept, roster }: Descent, eta: Float64Array): void {
  eta.fill(intercept);
  for (let k = 0; k < roster.movedCount; k++) {
    const b = coefficient[roster.moved[k]];
    if (b === 0) continue;
    const from = roster.moved[k] * n;
    for (let i = 0; i < n; i++) eta[i] += b * z[from + i];
  }
}

