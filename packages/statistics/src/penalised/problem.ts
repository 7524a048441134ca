import { RadloomError } from '@radloom/core';
import type { PenalisedFamily, PenalisedOptions } from './options.js';

/** Options with defaults filled in and checked. */
export interface Problem {
  readonly family: PenalisedFamily;
  readonly x: Float64Array;
  readonly n: number;
  readonly p: number;
  readonly y: Float64Array;
  readonly status: Float64Array;
  /** Classes of a multinomial response; 0 otherwise. */
  readonly classes: number;
  readonly weights: Float64Array;
  readonly alpha: number;
  /** Descending; absent for an automatic sequence. */
  readonly lambda: Float64Array | undefined;
  readonly lambdaCount: number;
  readonly lambdaMinRatio: number | undefined;
  readonly standardise: boolean;
  readonly intercept: boolean;
  /** Rescaled to sum to p; NaN leaves a column out. */
  readonly factor: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** A bound is 0, which can hold the path still for a while without being its end. */
  readonly held: boolean;
  readonly threshold: number;
  readonly maxNonzero: number;
  readonly solver: 'newton' | 'cyclical';
  readonly maxSteps: number;
  readonly maxSweeps: number;
}

const fail = (code: string, what: string, fix?: string, data?: Record<string, unknown>): never => {
  throw new RadloomError({ code, what, ...(fix === undefined ? {} : { fix }), ...(data === undefined ? {} : { data }) });
};

/**
 * @throws `bad-dimensions`, `missing-value` (with row and column), `bad-response`, `constant-response`, `one-class`, `no-events`,
 * `bad-weights`, `bad-bounds`, `bad-setting`
 */
export function makeProblem(options: PenalisedOptions): Problem {
  const { family, x, n, p, alpha = 1, lambdaCount = 100, lambdaMinRatio, threshold = 1e-7, solver = 'newton', maxSteps = 1000, maxSweeps = 100_000 } = options;
  if (n < 2 || p < 1 || x.length !== n * p || options.y.length !== n) {
    fail('bad-dimensions', `A table of ${n} rows and ${p} columns needs ${n * p} values and ${n} responses; ${x.length} and ${options.y.length} were given.`);
  }
  const hole = firstHole(x);
  if (hole < x.length) {
    const [row, column] = [hole % n, Math.floor(hole / n)];
    fail('missing-value', `Row ${row}, column ${column} is missing or infinite.`, 'Impute it, or drop the column.', { row, column });
  }
  if (!(alpha >= 0 && alpha <= 1)) fail('bad-setting', `alpha is ${alpha}; it must lie between 0 (ridge) and 1 (lasso).`);
  const weights = weightsOf(options);
  const y = Float64Array.from(options.y);
  const status = Float64Array.from(options.status ?? []);
  const classes = checkResponse(family, y, status, weights, options.intercept ?? true);
  const lower = boundsOf(options.lower, p, -Infinity);
  const upper = boundsOf(options.upper, p, Infinity);
  return {
    family, x, n, p, y, status, classes, weights, alpha, lambdaCount, lambdaMinRatio, threshold, solver, maxSteps, maxSweeps,
    lambda: lambdaOf(options.lambda),
    standardise: options.standardise ?? true,
    intercept: family === 'cox' ? false : (options.intercept ?? true),
    factor: factorsOf(options),
    lower,
    upper,
    held: lower.includes(0) || upper.includes(0),
    maxNonzero: options.maxNonzero ?? p + 1,
  };
}

/** Place of the first value that is not finite; the length when there is none. */
function firstHole(x: Float64Array): number {
  let i = 0;
  while (i < x.length && x[i] - x[i] === 0) i++;
  return i;
}

function weightsOf({ weights, n }: PenalisedOptions): Float64Array {
  if (weights === undefined) return new Float64Array(n).fill(1);
  const out = Float64Array.from(weights);
  if (out.length !== n || out.some((value) => !(value >= 0) || value === Infinity) || !out.some((value) => value > 0)) {
    fail('bad-weights', `Weights must be ${n} numbers, none negative and not all zero.`);
  }
  return out;
}

function lambdaOf(lambda: ArrayLike<number> | undefined): Float64Array | undefined {
  if (lambda === undefined) return undefined;
  const out = Float64Array.from(lambda).sort().reverse();
  if (out.length === 0 || !out.every((value) => value >= 0 && value < Infinity)) fail('bad-setting', 'Values of lambda must be finite and not negative, and there must be one.');
  return out;
}

/** Infinity means left out, which counts as factor 1 in the rescaling. */
function factorsOf({ penaltyFactor, p }: PenalisedOptions): Float64Array {
  if (penaltyFactor === undefined) return new Float64Array(p).fill(1);
  const given = Float64Array.from(penaltyFactor);
  if (given.length !== p || given.some((value) => !(value >= 0))) fail('bad-setting', `Penalty factors must be ${p} numbers that are not negative.`);
  const total = given.reduce((sum, value) => sum + (value === Infinity ? 1 : value), 0);
  if (total === 0) fail('bad-setting', 'All penalty factors are 0, so nothing is penalised.', 'Fit an unpenalised regression instead.');
  return given.map((value) => (value === Infinity ? NaN : (value * p) / total));
}

function boundsOf(bounds: number | ArrayLike<number> | undefined, p: number, none: number): Float64Array {
  const out = typeof bounds === 'object' ? Float64Array.from(bounds) : new Float64Array(p).fill(bounds ?? none);
  const lower = none < 0;
  if (out.length !== p || out.some((value) => !(lower ? value <= 0 : value >= 0))) {
    fail('bad-bounds', `${lower ? 'Lower' : 'Upper'} bounds must be one number or ${p}, each ${lower ? 'at most' : 'at least'} 0.`);
  }
  return out;
}

/** The number of classes of a multinomial response. */
function checkResponse(family: PenalisedFamily, y: Float64Array, status: Float64Array, weights: Float64Array, intercept: boolean): number {
  const n = y.length;
  const bad = y.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) fail('bad-response', `The response of row ${bad} is missing.`, undefined, { row: bad });
  if (family === 'gaussian') {
    const used = y.filter((_, i) => weights[i] > 0);
    if (intercept ? used.every((value) => value === used[0]) : used.every((value) => value === 0)) fail('constant-response', `The response is the same in all ${used.length} rows.`);
    return 0;
  }
  if (family === 'cox') {
    if (status.length !== n || status.some((value) => value !== 0 && value !== 1)) fail('bad-response', `A Cox model needs the status (1 event, 0 censored) of each of the ${n} rows.`);
    if (!status.some((value, i) => value === 1 && weights[i] > 0)) fail('no-events', `None of the ${n} rows has the event.`);
    if (y.some((value) => value < 0)) fail('bad-response', 'Times must not be negative.');
    return 0;
  }
  const wrong = y.findIndex((value) => !Number.isInteger(value) || value < 0 || (family === 'binomial' && value > 1));
  if (wrong >= 0) fail('bad-response', `The response of row ${wrong} is ${y[wrong]}; ${family === 'binomial' ? '0 or 1' : 'a class number from 0'} was expected.`, undefined, { row: wrong });
  const classes = family === 'binomial' ? 2 : Math.max(2, y.reduce((most, value) => Math.max(most, value), 0) + 1);
  const counts = new Float64Array(classes);
  y.forEach((value, i) => (counts[value] += weights[i]));
  const empty = counts.indexOf(0);
  if (empty >= 0) {
    fail('one-class', family === 'binomial' ? `All ${n} rows have the same outcome (${empty === 0 ? 'event' : 'no event'}).` : `No row is of class ${empty}.`, 'Every class must occur.', { counts: [...counts] });
  }
  return family === 'multinomial' ? classes : 0;
}
