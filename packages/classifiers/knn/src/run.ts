import { type Context, type Model, random, RadloomError, type TrainingSet } from '@radloom/core';
import { permutationImportance } from '@radloom/statistics';
import { kernels } from './kernels.js';
import { treeNeighbours } from './library.js';
import { bruteForce, type Points } from './neighbours.js';

/** Validated settings, as the manifest describes them. */
export interface Settings {
  readonly k: number;
  readonly kernel: keyof typeof kernels;
  readonly distance: number;
  readonly scale: boolean;
  readonly engine: 'auto' | 'ml-knn' | 'brute-force';
  readonly importance: boolean;
}

/** Up to so many training rows a study does not notice the slower k-d tree. */
const STUDY_SIZE = 256;

/** What prediction needs: the training rows, scaled, without columns that do not vary. */
interface State extends Points {
  readonly y: Uint8Array;
  /** Per column of `values`: its index among the predictors and what it was divided by. */
  readonly column: Int32Array;
  readonly divisor: Float64Array;
  readonly k: number;
  readonly kernel: keyof typeof kernels;
  readonly engine: 'ml-knn' | 'brute-force';
  /** Number of predictors, constant ones included. */
  readonly predictors: number;
}

/** Keeps the training rows; nothing is estimated but the columns' standard deviations. */
export function fit(set: TrainingSet, settings: Settings, ctx: Context) {
  const { x, y, rows, predictors } = set;
  if (settings.k >= rows) {
    throw new RadloomError({
      code: 'too-few-rows',
      what: `${settings.k} neighbours and the next one are needed, and there are ${rows} training rows.`,
      where: { field: 'k' },
      fix: `Set k to at most ${rows - 1}.`,
      data: { k: settings.k, rows },
    });
  }
  const spread = predictors.map((_, c) => standardDeviation(x.subarray(c * rows, (c + 1) * rows)));
  const column = Int32Array.from(predictors.map((_, c) => c).filter((c) => spread[c] > 0));
  if (column.length === 0) {
    throw new RadloomError({
      code: 'no-spread',
      what: `All training rows are alike: none of the ${predictors.length} columns varies, so no row is nearer than another.`,
      fix: 'Select columns that vary.',
      data: { columns: predictors.length, rows },
    });
  }
  const divisor = Float64Array.from(column, (c) => (settings.scale ? spread[c] : 1));
  const engine = settings.engine === 'auto' ? (rows <= STUDY_SIZE ? 'ml-knn' : 'brute-force') : settings.engine;
  const state: State = {
    rows,
    columns: column.length,
    values: pointsOf(x, rows, column, divisor),
    power: settings.distance,
    y: y.slice(),
    column,
    divisor,
    k: settings.k,
    kernel: settings.kernel,
    engine,
    predictors: predictors.length,
  };
  return {
    state: { ...state },
    summary: {
      settings,
      engine,
      ...(settings.importance ? { permutationImportance: permutationImportance(set, (changed) => eventShares(state, changed, rows), random(ctx.seed)) } : {}),
    },
  };
}

/** Weighted share of events among the k nearest training rows. */
export function predict(model: Model, x: Float64Array, rows: number): Float64Array {
  return eventShares(model.state as unknown as State, x, rows);
}

function eventShares(state: State, x: Float64Array, rows: number): Float64Array {
  const { k, y, power, columns } = state;
  const find = (state.engine === 'ml-knn' ? treeNeighbours : bruteForce)(state, k + 1);
  const queries = pointsOf(x, rows, state.column, state.divisor);
  const distance = new Float64Array(k);
  const weight = new Float64Array(k);
  const shares = new Float64Array(rows);
  for (let r = 0; r < rows; r++) {
    const nearest = find(queries, r * columns);
    if (!Number.isFinite(nearest.size[k])) {
      throw new RadloomError({ code: 'distance-overflow', what: `Row ${r + 1} is so far from the training rows that the distance cannot be computed.`, fix: 'Look for a wrong value in it, or use a smaller distance power.' });
    }
    for (let i = 0; i < k; i++) distance[i] = nearest.size[i] ** (1 / power);
    kernels[state.kernel]({ distance, reach: nearest.size[k] ** (1 / power), columns: state.predictors }, weight);
    let all = 0;
    let events = 0;
    for (let i = 0; i < k; i++) {
      all += weight[i];
      events += weight[i] * y[nearest.row[i]];
    }
    shares[r] = events / all;
  }
  return shares;
}

/** Row by row, the columns that vary, scaled; `x` column by column. */
function pointsOf(x: Float64Array, rows: number, column: Int32Array, divisor: Float64Array): Float64Array {
  const points = new Float64Array(rows * column.length);
  column.forEach((from, c) => {
    for (let r = 0; r < rows; r++) points[r * column.length + c] = x[from * rows + r] / divisor[c];
  });
  return points;
}

/** With n - 1; 0 exactly for a constant column. */
function standardDeviation(values: Float64Array): number {
  if (values.every((value) => value === values[0])) return 0;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}
