import { auc } from '@radloom/statistics';
import { type Candidates, eliminate, type Linear } from './eliminate.js';

/** How well a number of columns predicts rows that were held out. */
export interface SizeLoss {
  readonly size: number;
  /** Mean over folds. */
  readonly mean: number;
  /** Standard error of the mean. */
  readonly error: number;
}

export interface CrossValidation {
  readonly start: readonly number[];
  readonly sizes: readonly number[];
  readonly penalty: number;
  readonly ranking?: readonly number[];
  readonly folds: Int32Array;
  readonly loss: 'deviance' | 'auc';
  onFold(done: number, total: number): void;
}

/** Probabilities are kept this far from 0 and 1, so that one row cannot decide alone. */
const LEAST = 1e-5;

/** The loss of each size. Columns are eliminated anew without each fold, so that its rows have no say in what is kept (Ambroise & McLachlan 2002). */
export function lossBySize({ x, rows, y }: Candidates, { start, sizes, penalty, ranking, folds, loss, onFold }: CrossValidation): SizeLoss[] {
  const count = folds.reduce((most, fold) => Math.max(most, fold), 0) + 1;
  const losses = sizes.map(() => new Float64Array(count));
  for (let fold = 0; fold < count; fold++) {
    const kept = Array.from(y.keys()).filter((row) => folds[row] !== fold);
    const held = Array.from(y.keys()).filter((row) => folds[row] === fold);
    const columns = x.length / rows;
    const part = new Float64Array(kept.length * columns);
    for (let c = 0; c < columns; c++) kept.forEach((row, i) => (part[c * kept.length + i] = x[c * rows + row]));
    const training = { x: part, rows: kept.length, y: Uint8Array.from(kept, (row) => y[row]) };
    let round = 0;
    for (const model of eliminate(training, start, sizes, penalty, ranking)) {
      const odds = Float64Array.from(held, (row) => logOdds(model, x, rows, row));
      losses[round++][fold] = lossOf(odds, Uint8Array.from(held, (row) => y[row]), loss);
    }
    onFold(fold + 1, count);
  }
  return sizes.map((size, i) => {
    const mean = losses[i].reduce((sum, value) => sum + value, 0) / count;
    return { size, mean, error: Math.sqrt(losses[i].reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1) / count) };
  });
}

/** The size of the best mean (of equal ones the smaller), or the smallest size within one standard error of it. */
export function chosenSize(losses: readonly SizeLoss[], loss: 'deviance' | 'auc', rule: 'best' | 'one-standard-error'): SizeLoss {
  const sign = loss === 'auc' ? -1 : 1;
  const ascending = losses.toSorted((a, b) => a.size - b.size);
  const best = ascending.reduce((least, own) => (sign * own.mean < sign * least.mean ? own : least));
  return rule === 'best' ? best : ascending.find((own) => sign * own.mean <= sign * best.mean + best.error)!;
}

function logOdds({ columns, intercept, weights }: Linear, x: Float64Array, rows: number, row: number): number {
  return columns.reduce((sum, column, c) => sum + weights[c] * x[column * rows + row], intercept);
}

/** Mean deviance of a row, or the area under the curve. */
function lossOf(odds: Float64Array, y: Uint8Array, loss: 'deviance' | 'auc'): number {
  if (loss === 'auc') return auc(y, odds);
  return odds.reduce((sum, value, i) => {
    const p = Math.min(1 - LEAST, Math.max(LEAST, 1 / (1 + Math.exp(-value))));
    return sum - 2 * Math.log(y[i] === 1 ? p : 1 - p);
  }, 0) / y.length;
}
