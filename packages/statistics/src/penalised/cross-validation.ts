import { RadloomError } from '@radloom/core';
import { type CrossValidationLoss, isRowLoss, LARGER_IS_BETTER, LOSSES } from './fold-loss.js';
import { coxUnit, joined, rankUnit, rowUnits, type Unit } from './fold-units.js';
import type { PenalisedOptions, PenalisedPath } from './options.js';
import { fitPath } from './path.js';
import { makeProblem, type Problem } from './problem.js';

export interface CrossValidationOptions extends PenalisedOptions {
  /** Fold of each row, numbered from 0 or from 1 without gaps; at least 3. */
  readonly folds: ArrayLike<number>;
  /** Default: deviance (gaussian: mse). */
  readonly loss?: CrossValidationLoss;
  /** Average within folds first, then over folds (default); false averages over rows. */
  readonly grouped?: boolean;
  /** Called after each fold. */
  readonly onFold?: (done: number, total: number) => void;
}

/** How well each λ predicts rows that were held out. */
export interface CrossValidatedPath {
  /** Fitted on all rows. */
  readonly path: PenalisedPath;
  /** λ of the values below: the path's, but those whose error cannot be estimated. */
  readonly lambda: Float64Array;
  /** Mean loss. */
  readonly mean: Float64Array;
  /** Standard error of the mean. */
  readonly error: Float64Array;
  /** Columns with coefficients in the fit on all rows (multinomial: the median over classes, rounded up). */
  readonly nonzero: Int32Array;
  /** The loss actually used. */
  readonly loss: CrossValidationLoss;
  /** Place of the best λ. */
  readonly indexMin: number;
  /** Place of the largest λ whose mean is within one standard error of the best. */
  readonly index1se: number;
  readonly lambdaMin: number;
  readonly lambda1se: number;
  /** What was done otherwise than asked, in words. */
  readonly notes: readonly string[];
}

/**
 * Cross-validates a path over given folds, by cv.glmnet's rules: every fold's path has its own λ sequence (unless `lambda` is given)
 * and is read at the λ of the fit on all rows by interpolation; losses are averaged within each fold, then over folds by their
 * weight; with fewer than 10 rows a fold `auc` gives way to the deviance, with fewer than 3 losses are averaged over rows.
 *
 * @example
 * const cv = crossValidatedPath({ family: 'binomial', x, n: 110, p: 1051, y, folds, loss: 'auc' });
 * const kept = cv.path.coefficients[0][cv.index1se].index;
 *
 * @throws what `penalisedPath` throws; `bad-folds`, `bad-setting`, `one-class` and `no-events` when a fold leaves none
 */
export function crossValidatedPath(options: CrossValidationOptions): CrossValidatedPath {
  const problem = makeProblem(options);
  const { family, n } = problem;
  const folds = membersOf(options.folds, n);
  const notes: string[] = [];
  const loss = usableLoss(options.loss ?? LOSSES[family][0], problem, folds.length, notes);
  const grouped = usableGrouping(options.grouped ?? true, problem, folds.length, isRowLoss(family, loss), notes);
  const everyone = Int32Array.from({ length: n }, (_, i) => i);
  const path = fitPath(problem, everyone);
  const units = folds.flatMap((held, k): Unit[] => {
    const out = new Set(held);
    const kept = everyone.filter((row) => !out.has(row));
    checkKept(problem, kept, k + 1);
    const found = fitPath(problem, kept);
    options.onFold?.(k + 1, folds.length);
    if (family === 'cox' && loss === 'deviance') return [coxUnit(problem, found, path.lambda, held, kept, grouped)];
    if (!isRowLoss(family, loss)) return [rankUnit(problem, found, path.lambda, held, loss)];
    const rows = rowUnits(problem, found, path.lambda, held, loss);
    return grouped ? [joined(rows)] : rows;
  });
  return summarise(path, loss, notes, units);
}

/** Rows of each fold. */
function membersOf(folds: ArrayLike<number>, n: number): number[][] {
  const ids = [...new Set(Array.from(folds))].sort((a, b) => a - b);
  const gapless = ids.every((id, k) => id === ids[0] + k) && (ids[0] === 0 || ids[0] === 1);
  if (folds.length !== n || ids.length < 3 || !gapless) {
    throw new RadloomError({ code: 'bad-folds', what: `Cross-validation needs the fold of each of the ${n} rows, numbered without gaps, and at least 3 folds; ${folds.length} rows in ${ids.length} folds were given.` });
  }
  const members: number[][] = ids.map(() => []);
  for (let i = 0; i < n; i++) members[folds[i] - ids[0]].push(i);
  return members;
}

function usableLoss(loss: CrossValidationLoss, { family, n }: Problem, folds: number, notes: string[]): CrossValidationLoss {
  if (!LOSSES[family].includes(loss)) {
    throw new RadloomError({ code: 'bad-setting', what: `A ${family} model has no cross-validation loss ${loss}.`, fix: `Use ${LOSSES[family].join(', ')}.` });
  }
  if (loss !== 'auc' || n / folds >= 10) return loss;
  notes.push(`With ${n} rows in ${folds} folds there are fewer than 10 rows a fold, too few for an area under the curve; the deviance was used.`);
  return 'deviance';
}

function usableGrouping(grouped: boolean, { family, n }: Problem, folds: number, byRow: boolean, notes: string[]): boolean {
  if (family === 'cox') return grouped || n / folds < 10; // a small fold has no risk sets of its own
  if (!grouped || !byRow || n / folds >= 3) return grouped;
  notes.push(`With ${n} rows in ${folds} folds there are fewer than 3 rows a fold; losses were averaged over rows instead of folds.`);
  return false;
}

/** Refuses folds without which the rest cannot be fitted. */
function checkKept({ family, y, status, classes, weights }: Problem, kept: Int32Array, fold: number): void {
  const used = kept.filter((row) => weights[row] > 0);
  const refuse = (code: string, what: string) => {
    throw new RadloomError({ code, what: `When fold ${fold} is held out, ${what}.`, fix: 'Use fewer folds, or folds stratified by outcome.', data: { fold } });
  };
  if (family === 'cox' && !used.some((row) => status[row] === 1)) refuse('no-events', 'no event is left');
  for (let k = 0; k < (family === 'binomial' ? 2 : classes); k++) {
    if (used.some((row) => y[row] === k)) continue;
    refuse('one-class', family === 'binomial' ? `only rows ${k === 0 ? 'with' : 'without'} the event are left` : `no row of class ${k} is left`);
  }
}

function summarise(path: PenalisedPath, loss: CrossValidationLoss, notes: readonly string[], units: readonly Unit[]): CrossValidatedPath {
  const kept: number[] = [];
  const mean: number[] = [];
  const error: number[] = [];
  path.lambda.forEach((_, l) => {
    const good = units.filter((unit) => unit.weight > 0 && Number.isFinite(unit.values[l]));
    const weight = good.reduce((sum, unit) => sum + unit.weight, 0);
    const average = good.reduce((sum, unit) => sum + unit.weight * unit.values[l], 0) / weight;
    const variance = good.reduce((sum, unit) => sum + unit.weight * (unit.values[l] - average) ** 2, 0) / weight;
    const spread = Math.sqrt(variance / (units.length - 1));
    if (Number.isNaN(spread)) return;
    kept.push(l);
    mean.push(average);
    error.push(spread);
  });
  const sign = LARGER_IS_BETTER.has(loss) ? -1 : 1;
  const least = mean.reduce((best, value) => Math.min(best, sign * value), Infinity);
  const indexMin = mean.findIndex((value) => sign * value === least);
  const index1se = mean.findIndex((value) => sign * value <= least + error[indexMin]);
  const lambda = Float64Array.from(kept, (l) => path.lambda[l]);
  return {
    path, lambda, loss, notes, indexMin, index1se,
    mean: Float64Array.from(mean),
    error: Float64Array.from(error),
    nonzero: Int32Array.from(kept, (l) => nonzeroAt(path, l)),
    lambdaMin: lambda[indexMin],
    lambda1se: lambda[index1se],
  };
}

function nonzeroAt({ family, coefficients, nonzero }: PenalisedPath, l: number): number {
  if (family !== 'multinomial') return nonzero[l];
  const counts = coefficients.map((solutions) => solutions[l].index.length).sort((a, b) => a - b);
  const middle = counts.length >> 1;
  return Math.ceil(counts.length % 2 === 1 ? counts[middle] : (counts[middle - 1] + counts[middle]) / 2);
}
