import { RadloomError } from '@radloom/core';
import { chiSquared } from '../distributions/gamma.js';
import { asGiven, centred, type CentredDesign, farFromZero } from './centred.js';
import type { Design } from './design.js';
import { covariance, evaluate, type Penalised, scoringStep } from './penalised-likelihood.js';
import { farRoot, type Limits } from './profile.js';

/** A fit that maximises the likelihood times Jeffreys' prior. */
export interface FirthFit {
  readonly names: readonly string[];
  readonly coefficients: Float64Array;
  readonly fitted: Float64Array;
  readonly leverage: Float64Array;
  /** Penalised log likelihood at the maximum. */
  readonly logLikelihood: number;
  /** I⁻¹ at the maximum, as brglm2 reports it. */
  readonly covariance: Float64Array;
  /** (XᵀW(1 + h)X)⁻¹, as logistf 1.24 reports it. */
  readonly augmentedCovariance: Float64Array;
  readonly iterations: number;
}

/**
 * Logistic regression with Firth's (1993) penalty: finite also under separation, and less biased in small samples (Heinze & Schemper
 * 2002). Two standard errors are in use for the same coefficients; both covariances are given.
 *
 * @param outcome per row 1 (event) or 0
 * @throws `design-singular` when columns depend on each other, `fit-diverged`
 */
export function fitFirth(design: Design, outcome: ArrayLike<number>): FirthFit {
  const own = centred(design);
  const { at, coefficients, iterations } = maximise(own.design, outcome, new Float64Array(design.names.length), design.names.map((_, c) => c));
  const inverse = (factor: (i: number) => number) => own.covarianceOutOf(covariance(own.design, at, factor));
  return {
    names: design.names, coefficients: own.outOf(coefficients), fitted: at.fitted, leverage: at.leverage, logLikelihood: at.logLikelihood,
    covariance: inverse(() => 1), augmentedCovariance: inverse((i) => 1 + at.leverage[i]), iterations,
  };
}

const MAX_ITERATIONS = 500;
/** Farthest that a step moves the linear predictor of any row. */
const MAX_STEP = 5;

/** Maximises over the coefficients in `free`, the others held; the penalty is always that of the whole design. */
function maximise(design: Design, outcome: ArrayLike<number>, start: Float64Array, free: readonly number[]): { at: Penalised; coefficients: Float64Array; iterations: number } {
  let beta = start;
  let at = evaluate(design, outcome, beta);
  for (let iteration = 1; iteration <= MAX_ITERATIONS; iteration++) {
    const { step, gain } = scoringStep(design, at, free);
    const noise = design.rows * (Number.EPSILON * at.reach) ** 2; // what rounding of the linear predictors promises
    if (!(gain > Math.max(noise, 1e-22 * Math.max(1, Math.abs(at.logLikelihood))))) return { at, coefficients: beta, iterations: iteration };
    const next = climb(design, outcome, beta, free, step, at);
    if (next === undefined) return { at, coefficients: beta, iterations: iteration };
    ({ beta, at } = next);
  }
  throw new RadloomError({ code: 'fit-diverged', what: `Firth’s fit did not settle in ${MAX_ITERATIONS} iterations.`, fix: 'Scale the predictors, or look for one with extreme values.' });
}

/** A step, halved until the penalised likelihood does not fall; undefined when no step helps any more. */
function climb(design: Design, outcome: ArrayLike<number>, beta: Float64Array, free: readonly number[], step: Float64Array, at: Penalised): { beta: Float64Array; at: Penalised } | undefined {
  let share = Math.min(1, MAX_STEP / largestChange(design, free, step));
  for (let halvings = 0; halvings < 40; halvings++, share /= 2) {
    const next = beta.slice();
    free.forEach((c, k) => void (next[c] += share * step[k]));
    const reached = tryEvaluate(design, outcome, next);
    if (reached !== undefined && reached.logLikelihood >= at.logLikelihood - 1e-13 * Math.abs(at.logLikelihood)) return { beta: next, at: reached };
  }
  return undefined;
}

/** Evaluates where the information can still be factored. */
function tryEvaluate(design: Design, outcome: ArrayLike<number>, beta: Float64Array): Penalised | undefined {
  try {
    return evaluate(design, outcome, beta);
  } catch {
    return undefined;
  }
}

/** By how much a step moves some row's linear predictor at most. */
function largestChange({ rows, values }: Design, free: readonly number[], step: Float64Array): number {
  let most = 1e-300;
  for (let i = 0; i < rows; i++) most = Math.max(most, Math.abs(free.reduce((sum, c, k) => sum + step[k] * values[c * rows + i], 0)));
  return most;
}

/**
 * Where a profile is followed. Under separation the likelihood with one coefficient held can have several maxima; the one followed is that
 * reached from the fit with the other coefficients as they were, in the design's own columns. Only where a column lies so far from 0 that a
 * coefficient cannot be moved alone are they taken about their means; the intercept's profile is always one of the intercept as given.
 */
const frameFor = (design: Design, column: number): CentredDesign => (design.termOf[column] === -1 || !farFromZero(design) ? asGiven(design) : centred(design));

/** Penalised log likelihood maximised with one coefficient held at a value. */
function profiled(design: Design, outcome: ArrayLike<number>, start: Float64Array, column: number, value: number): { logLikelihood: number; coefficients: Float64Array } {
  const held = start.with(column, value);
  const free = design.names.map((_, c) => c).filter((c) => c !== column);
  if (free.length === 0) return { logLikelihood: evaluate(design, outcome, held).logLikelihood, coefficients: held };
  const { at, coefficients } = maximise(design, outcome, held, free);
  return { logLikelihood: at.logLikelihood, coefficients };
}

/** Penalised likelihood ratio test of one coefficient being 0, 1 df: logistf's P. */
export function firthTest(design: Design, outcome: ArrayLike<number>, fit: FirthFit, column: number): { chiSquared: number; pValue: number } {
  const own = frameFor(design, column);
  const statistic = Math.max(0, 2 * (fit.logLikelihood - profiled(own.design, outcome, own.into(fit.coefficients), column, 0).logLikelihood));
  return { chiSquared: statistic, pValue: chiSquared.upper(statistic, 1) };
}

/** Profile penalised likelihood limits by root finding; exact also under separation, where logistf's search stops short. */
export function firthInterval(design: Design, outcome: ArrayLike<number>, fit: FirthFit, column: number, level = 0.95): Limits {
  const columns = fit.names.length;
  const rise = chiSquared.quantile(level, 1);
  const own = frameFor(design, column);
  const error = Math.sqrt(fit.covariance[column * columns + column]);
  const end = (side: 1 | -1) => {
    let start = own.into(fit.coefficients);
    const excess = (value: number) => {
      const reached = profiled(own.design, outcome, start, column, value);
      start = reached.coefficients;
      return 2 * (fit.logLikelihood - reached.logLikelihood) - rise;
    };
    return farRoot(excess, fit.coefficients[column], side * error);
  };
  return { lower: end(-1), upper: end(1) };
}

/** The penalised log likelihood with every coefficient but the intercept held at 0, under the whole design's penalty (logistf). */
export function firthNullLogLikelihood(design: Design, outcome: ArrayLike<number>): number {
  const intercept = design.termOf.indexOf(-1);
  const start = new Float64Array(design.names.length);
  return intercept < 0 ? evaluate(design, outcome, start).logLikelihood : maximise(design, outcome, start, [intercept]).at.logLikelihood;
}
