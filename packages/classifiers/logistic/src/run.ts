import { type Context, type Model, random, type TrainingSet } from '@radloom/core';
import { permutationImportance } from '@radloom/statistics';
import { fitPenalised } from './penalty.js';

/** Validated settings, as the manifest describes them. */
export interface Settings {
  readonly alpha: number;
  readonly lambda: 'min' | '1se' | number;
  readonly folds: number;
  readonly loss: 'deviance' | 'auc' | 'class' | 'mse' | 'mae';
  readonly standardise: boolean;
  readonly classWeights: 'balanced' | { readonly event: number; readonly none: number };
  readonly threshold: number;
  readonly importance: boolean;
}

interface State {
  readonly intercept: number;
  /** Log odds per unit of each predictor. */
  readonly coefficient: Float64Array;
}

/** Summary: `lambda`, `intercept`, `coefficients` by column (those that are not 0), and `crossValidation` if it chose. */
export function fit(set: TrainingSet, settings: Settings, ctx: Context) {
  const { y, rows, predictors } = set;
  const { lambda, intercept, coefficient, crossValidation } = fitPenalised(set, rowWeights(y, settings.classWeights), settings, ctx);
  const state: State = { intercept, coefficient };
  if (coefficient.every((value) => value === 0)) {
    ctx.warn('no-coefficient', `No column has a coefficient at lambda ${lambda}: every row gets the share of events.`, { lambda });
  }
  return {
    state: { ...state },
    summary: {
      settings,
      lambda,
      intercept,
      coefficients: Object.fromEntries(predictors.map((name, c) => [name, coefficient[c]] as const).filter(([, value]) => value !== 0)),
      ...(crossValidation === undefined ? {} : { crossValidation }),
      ...(settings.importance ? { permutationImportance: permutationImportance(set, (changed) => probabilities(state, changed, rows), random(ctx.seed)) } : {}),
    },
  };
}

export function predict(model: Model, x: Float64Array, rows: number): Float64Array {
  return probabilities(model.state as unknown as State, x, rows);
}

function probabilities({ intercept, coefficient }: State, x: Float64Array, rows: number): Float64Array {
  const odds = new Float64Array(rows).fill(intercept);
  coefficient.forEach((value, c) => {
    if (value !== 0) for (let r = 0; r < rows; r++) odds[r] += value * x[c * rows + r];
  });
  return odds.map((value) => 1 / (1 + Math.exp(-value)));
}

function rowWeights(y: Uint8Array, weights: Settings['classWeights']): Float64Array | undefined {
  if (weights !== 'balanced') return weights.event === weights.none ? undefined : Float64Array.from(y, (value) => (value === 1 ? weights.event : weights.none));
  const events = y.reduce((sum, value) => sum + value, 0);
  return Float64Array.from(y, (value) => y.length / (2 * (value === 1 ? events : y.length - events)));
}
