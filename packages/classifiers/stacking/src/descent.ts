import type { Design } from './standard-units.js';

/** Probabilities nearer than this to 0 and 1 count as 0 and 1. */
const CERTAIN = 1e-9;
const LARGEST_ODDS = Math.log(1 / CERTAIN - 1);
/** Below this summed curvature the classes are parted and the likelihood has no more to give. */
const PARTED = (1 + CERTAIN) * CERTAIN * (1 - CERTAIN);

/** How a descent at one penalty ended. */
export type Outcome = 'converged' | 'parted' | 'too-many-sweeps';

/** A fit that is carried from penalty to penalty. */
export interface Descent {
  /** In standard units. */
  readonly coefficient: Float64Array;
  readonly intercept: number;
  /** |gradient| of a column where the fit is; the largest at the start is the smallest penalty that keeps nothing. */
  gradient(column: number): number;
  /** 1 - deviance / null deviance. */
  explained(): number;
  /** Goes on to a penalty below `before`. */
  descend(penalty: number, before: number): Outcome;
}

/**
 * Binomial lasso with coefficients of at least 0, by the cyclical coordinate descent of glmnet (Friedman, Hastie & Tibshirani 2010) in its
 * order and with its stopping rules: quadratic approximations of the likelihood, each descended by a sweep over the columns that the
 * sequential strong rule lets in (Tibshirani et al. 2012) and then over those that ever had a coefficient, until no coefficient changes
 * the objective by more than `threshold` times the null deviance.
 *
 * Why not an exact solver: at glmnet's threshold the descent of a blend stops short of the optimum (members resemble each other), so
 * published blends are reproduced only by the same steps. A small threshold gives the optimum.
 *
 * @param y  1 event, 0 none, per row
 */
export function startDescent({ rows, columns, z, deviation, rowWeight }: Design, y: Uint8Array, threshold: number, maxSweeps: number): Descent {
  let share = 0;
  for (let r = 0; r < rows; r++) share += rowWeight[r] * y[r];
  const nullDeviance = -(share * Math.log(share) + (1 - share) * Math.log(1 - share));
  const enough = threshold * nullDeviance;

  const coefficient = new Float64Array(columns);
  const before = new Float64Array(columns);
  let intercept = Math.log(share / (1 - share));
  const probability = new Float64Array(rows).fill(share);
  // Of the present approximation: weighted residuals, curvature per row and its sum, curvature per column.
  const residual = Float64Array.from(rowWeight, (weight, r) => weight * (y[r] - share));
  const curvature = rowWeight.map((weight) => weight * share * (1 - share));
  let curvatureSum = share * (1 - share);
  const columnCurvature = new Float64Array(columns);
  // Columns let in by the strong rule, and those that ever moved, in the order in which they did.
  const admitted = new Uint8Array(columns);
  const moved: number[] = [];
  const everMoved = new Uint8Array(columns);
  let sweeps = 0;

  const slope = (c: number): number => {
    let sum = 0;
    for (let r = 0, i = c * rows; r < rows; r++, i++) sum += residual[r] * z[i];
    return sum;
  };
  /** Moves one coefficient to its best value; gives back what that changes. */
  const moveColumn = (c: number, penalty: number): number => {
    const old = coefficient[c];
    const pull = slope(c) + columnCurvature[c] * old - penalty;
    const next = pull <= 0 ? 0 : pull / columnCurvature[c];
    if (next === old) return 0;
    coefficient[c] = next;
    const step = next - old;
    for (let r = 0, i = c * rows; r < rows; r++, i++) residual[r] -= step * curvature[r] * z[i];
    if (everMoved[c] === 0) {
      everMoved[c] = 1;
      moved.push(c);
    }
    return columnCurvature[c] * step * step;
  };
  const moveIntercept = (): number => {
    let step = 0;
    for (let r = 0; r < rows; r++) step += residual[r];
    step /= curvatureSum;
    intercept += step;
    for (let r = 0; r < rows; r++) residual[r] -= step * curvature[r];
    return curvatureSum * step * step;
  };
  /** One sweep; true when it changed too little to matter. */
  const sweep = (which: readonly number[], penalty: number): boolean => {
    sweeps++;
    let largest = 0;
    // A plain index: columns that move for the first time are appended behind.
    for (let k = 0; k < which.length; k++) largest = Math.max(largest, moveColumn(which[k], penalty));
    return Math.max(largest, moveIntercept()) < enough;
  };
  const approximate = (): void => {
    curvatureSum = 0;
    for (let r = 0; r < rows; r++) {
      let odds = intercept;
      for (const c of moved) odds += coefficient[c] * z[c * rows + r];
      const p = odds < -LARGEST_ODDS ? 0 : odds > LARGEST_ODDS ? 1 : 1 / (1 + Math.exp(-odds));
      probability[r] = p;
      curvature[r] = rowWeight[r] * p * (1 - p);
      curvatureSum += curvature[r];
      residual[r] = rowWeight[r] * (y[r] - p);
    }
  };
  /** Lets in columns whose gradient is above a limit; true if there were any. */
  const admit = (limit: number): boolean => {
    let any = false;
    for (let c = 0; c < columns; c++) {
      if (admitted[c] === 1 || deviation[c] === 0 || Math.abs(slope(c)) <= limit) continue;
      admitted[c] = 1;
      any = true;
    }
    return any;
  };
  const admittedColumns = () => [...admitted.keys()].filter((c) => admitted[c] === 1);
  const settled = (interceptBefore: number): boolean =>
    curvatureSum * (intercept - interceptBefore) ** 2 < enough && moved.every((c) => columnCurvature[c] * (coefficient[c] - before[c]) ** 2 < enough);

  return {
    coefficient,
    get intercept() {
      return intercept;
    },
    gradient: (c) => (deviation[c] === 0 ? 0 : Math.abs(slope(c))),
    explained() {
      let deviance = 0;
      for (let r = 0; r < rows; r++) {
        const p = Math.min(1 - CERTAIN, Math.max(CERTAIN, probability[r]));
        deviance -= rowWeight[r] * Math.log(y[r] === 1 ? p : 1 - p);
      }
      return 1 - deviance / nullDeviance;
    },
    descend(penalty, previous) {
      admit(2 * penalty - previous);
      for (;;) {
        const interceptBefore = intercept;
        before.set(coefficient);
        const inside = admittedColumns();
        for (const c of inside) {
          let sum = 0;
          for (let r = 0, i = c * rows; r < rows; r++, i++) sum += curvature[r] * z[i] * z[i];
          columnCurvature[c] = sum;
        }
        while (!sweep(inside, penalty)) {
          while (!sweep(moved, penalty)) if (sweeps > maxSweeps) return 'too-many-sweeps';
          if (sweeps > maxSweeps) return 'too-many-sweeps';
        }
        approximate();
        if (curvatureSum <= PARTED) return 'parted';
        if (settled(interceptBefore) && !admit(penalty)) return 'converged';
      }
    },
  };
}
