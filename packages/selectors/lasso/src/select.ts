import { bothOutcomesOf, columnMajor, constantNames, type Context, numbers, predictorNames, RadloomError, type Selection, type Table } from '@radloom/core';
import { crossValidatedPath, type CrossValidatedPath } from '@radloom/statistics';
import { dealFolds } from './folds.js';

export interface LassoSettings {
  readonly folds: number;
  readonly rule: 'lambda.1se' | 'lambda.min';
  readonly alpha: number;
  readonly loss: 'deviance' | 'auc' | 'class' | 'mse' | 'mae';
  readonly lambdaCount: number;
  readonly solver: 'newton' | 'cyclical';
}

/** Columns with a coefficient at the chosen penalty, with the path and its cross-validation for the report. */
export function select(table: Table, settings: LassoSettings, ctx: Context): Selection {
  const names = predictorNames(table);
  refuseMissing(table, names);
  if (names.length === 0) {
    ctx.warn('lasso-nothing-given', 'No column is left for the lasso to choose from.');
    return { selected: [], summary: {} };
  }
  const constant = constantNames(table, names);
  if (constant.length > 0) ctx.warn('constant-column', `${constant.length} columns have one value only and cannot be chosen: ${constant.slice(0, 5).join(', ')}${constant.length > 5 ? ' …' : ''}.`);
  const y = bothOutcomesOf(table);
  const folds = dealFolds(table.rows, y, settings.folds, ctx.seed);
  const cv = crossValidatedPath({
    family: 'binomial',
    x: columnMajor(table, names),
    n: table.rows.length,
    p: names.length,
    y,
    folds,
    alpha: settings.alpha,
    loss: settings.loss,
    lambdaCount: settings.lambdaCount,
    solver: settings.solver,
    onFold: (done, total) => ctx.progress(done, total),
  });
  for (const note of cv.notes) ctx.warn('lasso-note', note);
  const at = settings.rule === 'lambda.1se' ? cv.index1se : cv.indexMin;
  const { index, value } = cv.path.coefficients[0][at];
  if (index.length === 0) ctx.warn('lasso-nothing-kept', `The lasso keeps no column at ${settings.rule}: the data do not support a model there.`);
  const spread = names.map((name) => deviation(numbers(table, name)));
  return { selected: Array.from(index, (column) => names[column]), summary: summary(cv, names, spread, at, Array.from(index, (column, i) => [names[column], value[i]])) };
}

/** What a report draws. `paths` are coefficients per standard deviation of their column: in raw units columns of small numbers would hide all others. */
function summary(cv: CrossValidatedPath, names: readonly string[], spread: readonly number[], at: number, coefficients: readonly (readonly [string, number])[]): Record<string, unknown> {
  const steps = cv.lambda.length;
  const paths: Record<string, Float64Array> = {};
  for (let l = 0; l < steps; l++) {
    const { index, value } = cv.path.coefficients[0][l];
    index.forEach((column, i) => ((paths[names[column]] ??= new Float64Array(steps))[l] = value[i] * spread[column]));
  }
  return {
    measure: cv.loss,
    lambda: cv.lambda,
    cvm: cv.mean,
    cvsd: cv.error,
    nonzero: Float64Array.from(cv.nonzero),
    lambdaMin: cv.lambdaMin,
    lambda1se: cv.lambda1se,
    chosen: cv.lambda[at],
    intercept: cv.path.intercept[0][at],
    coefficients: Object.fromEntries(coefficients),
    paths,
  };
}

/** Standard deviation with divisor n, as the lasso scales. */
function deviation(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

function refuseMissing(table: Table, names: readonly string[]): void {
  for (const name of names) {
    const at = numbers(table, name).findIndex((value) => !Number.isFinite(value));
    if (at < 0) continue;
    throw new RadloomError({ code: 'missing-value', what: `The lasso cannot use column ${name}: the value of row ${table.rows[at].id} is missing or infinite.`, where: { field: name }, fix: 'Put impute before lasso under selection, or drop the column.' });
  }
}
