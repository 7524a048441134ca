import { type Context, type Model, random, type TrainingSet } from '@radloom/core';
import { dealFolds, heldOutDecisions } from './cross-validate.js';
import { permutationImportance } from '@radloom/statistics';
import type { KernelSettings } from './kernel.js';
import { decisionValues, type Machine, trainMachine } from './machine.js';
import { fitSigmoid, type Sigmoid, sigmoidProbability } from './platt.js';

/** Validated settings, as the manifest describes them. */
export interface Settings extends Omit<KernelSettings, 'gamma'> {
  readonly cost: number;
  readonly gamma: 'auto' | number;
  readonly tolerance: number;
  readonly classWeights: 'balanced' | { readonly event: number; readonly none: number };
  readonly scale: boolean;
  readonly probabilityFolds: number;
  readonly importance: boolean;
}

/** A column's value is turned into `(value - centre) / divisor`. */
interface Scaling {
  readonly centre: Float64Array;
  readonly divisor: Float64Array;
}

interface State extends Scaling, Machine, Sigmoid {}

/**
 * A machine on all training rows, and a sigmoid for decision values that it would give to rows it has not seen: those of
 * `probabilityFolds` machines, each without one fold. Scaling is that of all training rows throughout.
 */
export async function fit(set: TrainingSet, settings: Settings, ctx: Context) {
  const { x, y, rows, predictors } = set;
  const columns = predictors.length;
  const scaling = scalingOf(x, rows, columns, settings.scale);
  const sample = { rows, columns, points: pointsOf(x, rows, scaling), y };
  const gamma = settings.gamma === 'auto' ? automaticGamma(sample.points, columns) : settings.gamma;
  const weights = settings.classWeights === 'balanced' ? balanced(y) : settings.classWeights;
  const train = { ...settings, gamma, weights };
  const stream = random(ctx.seed);
  const machine = await trainMachine(sample, train);
  ctx.signal.throwIfAborted();
  const fold = dealFolds(y, Math.min(settings.probabilityFolds, rows), stream);
  const sigmoid = fitSigmoid(await heldOutDecisions(sample, fold, train), y);
  const state: State = { ...machine, ...scaling, ...sigmoid };
  return {
    state: { ...state },
    summary: {
      settings,
      gamma,
      supportVectors: machine.row.length,
      sigmoid,
      ...(settings.importance ? { permutationImportance: permutationImportance(set, (changed) => probabilities(state, changed, rows), stream) } : {}),
    },
  };
}

export function predict(model: Model, x: Float64Array, rows: number): Float64Array {
  return probabilities(model.state as unknown as State, x, rows);
}

function probabilities(state: State, x: Float64Array, rows: number): Float64Array {
  return decisionValues(state, pointsOf(x, rows, state), rows).map((decision) => sigmoidProbability(state, decision));
}

/** Mean and standard deviation (n - 1) of each column; a constant column is centred only. */
function scalingOf(x: Float64Array, rows: number, columns: number, scale: boolean): Scaling {
  const centre = new Float64Array(columns);
  const divisor = new Float64Array(columns).fill(1);
  if (!scale) return { centre, divisor };
  for (let c = 0; c < columns; c++) {
    const column = x.subarray(c * rows, (c + 1) * rows);
    centre[c] = column.reduce((sum, value) => sum + value, 0) / rows;
    if (column.every((value) => value === column[0])) continue;
    divisor[c] = Math.sqrt(column.reduce((sum, value) => sum + (value - centre[c]) ** 2, 0) / (rows - 1));
  }
  return { centre, divisor };
}

/** Scaled values row by row, from values column by column. */
function pointsOf(x: Float64Array, rows: number, { centre, divisor }: Scaling): Float64Array {
  const columns = centre.length;
  const points = new Float64Array(rows * columns);
  for (let c = 0; c < columns; c++) for (let r = 0; r < rows; r++) points[r * columns + c] = (x[c * rows + r] - centre[c]) / divisor[c];
  return points;
}

function automaticGamma(points: Float64Array, columns: number): number {
  const mean = points.reduce((sum, value) => sum + value, 0) / points.length;
  const variance = points.reduce((sum, value) => sum + (value - mean) ** 2, 0) / points.length;
  return 1 / (columns * (variance > 0 ? variance : 1));
}

function balanced(y: Uint8Array): { event: number; none: number } {
  const events = y.reduce((sum, value) => sum + value, 0);
  return { event: y.length / (2 * events), none: y.length / (2 * (y.length - events)) };
}
