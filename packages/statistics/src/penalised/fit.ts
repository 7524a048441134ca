import type { Loss } from './losses/loss.js';
import { makePredictor, type Penalty, type Predictor, type WorkingSet } from './predictor.js';
import { makeScreen } from './screening.js';
import type { Design } from './standardise.js';

/** A penalised model that is moved along the path, each solution starting from the one before. */
export interface Fit {
  /** The columns to which the coefficients of the predictors belong. */
  readonly set: Pick<WorkingSet, 'columns' | 'size'>;
  /** One per class, or one. */
  readonly predictors: readonly Pick<Predictor, 'b' | 'intercept'>[];
  /** Largest |gradient| of each column over the predictors, at the present solution. */
  slopes(): Float64Array;
  /** Moves to the solution at λ, from the one at `previous` (0: there is none). */
  solve(lambda: number, previous: number): Outcome;
  /** Part of the null deviance that is explained. */
  explained(): number;
}

/** How a step along the path ended; `certain`: every row is fitted with certainty, so the path ends with it. */
export type Outcome = 'converged' | 'certain' | 'not-converged';

/** Where to stop, as a change of the loss. */
export interface Accuracy {
  readonly tolerance: number;
  readonly maxSteps: number;
}

/** With less curvature than this every row is fitted with certainty, and coefficients would only grow further. */
export const CERTAIN = 1e-9;

export function emptySet({ p, usable }: Design, { factor }: Penalty): WorkingSet {
  const set: WorkingSet = { columns: new Int32Array(p), inside: new Uint8Array(p), size: 0 };
  for (let j = 0; j < p; j++) if (usable[j] === 1 && factor[j] === 0) enter(set, j);
  return set;
}

export function enter(set: WorkingSet, column: number): void {
  if (set.inside[column] === 1) return;
  set.inside[column] = 1;
  set.columns[set.size++] = column;
}

/** A model with one linear predictor. */
export function makeSingleFit(design: Design, loss: Loss, penalty: Penalty, intercept: boolean, { tolerance, maxSteps }: Accuracy): Fit {
  const set = emptySet(design, penalty);
  const screen = makeScreen(design, penalty.factor);
  const predictor = makePredictor(design, loss, penalty, set, intercept);
  const found = new Int32Array(design.p);
  screen.all(predictor.residual);
  return {
    set,
    predictors: [predictor],
    slopes: () => screen.all(predictor.residual).map(Math.abs),
    solve(lambda) {
      for (let step = 0; step < maxSteps; step++) {
        const change = set.size === 0 && !intercept ? 0 : predictor.step(lambda, tolerance);
        if (predictor.weight() < CERTAIN) return 'converged';
        if (step > 0 && change >= tolerance) continue;
        const count = screen.exceeding(predictor.residual, lambda * penalty.alpha, found);
        for (let k = 0; k < count; k++) enter(set, found[k]);
        if (count === 0 && change < tolerance) return 'converged';
      }
      return 'not-converged';
    },
    explained: () => (loss.nullLoss - predictor.loss) / (loss.nullLoss - loss.saturatedLoss),
  };
}
