import { RadloomError } from '@radloom/core';
import {
  chiSquared, type Design, exactProfileInterval, firthInterval, firthNullLogLikelihood, firthTest, fitFirth, fitLogistic, type LikelihoodRatio, likelihoodRatioVsNull, type Limits, type LogisticFit, type Separation, varianceInflation, waldInterval, withoutColumns,
} from '@radloom/statistics';
import type { MultivariableSettings } from './select.js';

/** One line of the coefficient table. */
export interface Term {
  /** `(Intercept)` or the column. */
  readonly term: string;
  readonly coefficient: number;
  readonly standardError: number;
  readonly z: number;
  readonly pValue: number;
  readonly oddsRatio: number;
  /** Limits of the odds ratio. */
  readonly lower: number;
  readonly upper: number;
}

export interface Coefficients {
  readonly method: 'maximum-likelihood' | 'firth';
  readonly interval: 'wald' | 'profile';
  readonly terms: readonly Term[];
  readonly logLikelihood: number;
  /** Against the model of the constant alone. */
  readonly likelihoodRatio: LikelihoodRatio;
  readonly aic?: number;
  readonly vif: readonly { readonly term: string; readonly vif: number }[];
  /** Columns that depend on those before them. */
  readonly aliased: readonly string[];
  readonly notes: readonly { readonly code: string; readonly text: string }[];
}

/**
 * The coefficient table. Maximum likelihood: z and Wald P with R's standard errors. Firth: penalised likelihood ratio P and profile limits,
 * standard errors from the inverse information.
 *
 * @throws `separation` by column where maximum likelihood has no finite coefficients and Firth is not wanted, `fit-diverged`
 */
export function fitted(design: Design, event: Uint8Array, settings: MultivariableSettings): Coefficients {
  const fit = fitLogistic(design, event);
  const notes = aliasNotes(design, fit);
  if (settings.firth === 'never' && fit.separation !== undefined) throw separated(fit.separation);
  if (settings.firth === 'always' || (settings.firth === 'if-separated' && fit.separation !== undefined)) {
    if (fit.separation !== undefined) notes.push({ code: 'separation', text: `${sentence(fit.separation)} The coefficients are those of Firth’s penalised likelihood.` });
    // What depends on other columns has no coefficient in either fit.
    const kept = withoutColumns(design, new Set(design.names.flatMap((name, c) => (fit.aliased.includes(name) ? [c] : []))));
    return { ...firth(kept, event, settings), aliased: fit.aliased, notes };
  }
  if (!fit.converged) notes.push({ code: 'not-converged', text: `The logistic regression did not settle in ${fit.iterations} steps; its coefficients are not exact.` });
  return { ...maximumLikelihood(design, event, fit, settings), aliased: fit.aliased, notes };
}

function maximumLikelihood(design: Design, event: Uint8Array, fit: LogisticFit, { interval, level }: MultivariableSettings): Omit<Coefficients, 'aliased' | 'notes'> {
  const terms = fit.names.flatMap((term, c): Term[] => {
    if (Number.isNaN(fit.coefficients[c])) return [];
    const limits = interval === 'profile' ? exactProfileInterval(design, event, fit, c, level) : waldInterval(fit, c, level);
    return [line(term, fit.coefficients[c], fit.standardErrors[c], fit.pValues[c], limits)];
  });
  return {
    method: 'maximum-likelihood', interval, terms, logLikelihood: fit.logLikelihood, likelihoodRatio: likelihoodRatioVsNull(fit), aic: fit.aic,
    vif: varianceInflation({ terms: design.terms, termOf: design.termOf, covariance: fit.covariance }).map(({ term, gvif }) => ({ term, vif: gvif })),
  };
}

function firth(design: Design, event: Uint8Array, { level }: MultivariableSettings): Omit<Coefficients, 'aliased' | 'notes'> {
  const fit = fitFirth(design, event);
  const size = design.names.length;
  const terms = fit.names.map((term, c): Term => line(term, fit.coefficients[c], Math.sqrt(fit.covariance[c * size + c]), firthTest(design, event, fit, c).pValue, firthInterval(design, event, fit, c, level)));
  const risen = Math.max(0, 2 * (fit.logLikelihood - firthNullLogLikelihood(design, event)));
  return {
    method: 'firth', interval: 'profile', terms, logLikelihood: fit.logLikelihood, likelihoodRatio: { chiSquared: risen, df: size - 1, pValue: chiSquared.upper(risen, size - 1) },
    vif: varianceInflation({ terms: design.terms, termOf: design.termOf, covariance: fit.covariance }).map(({ term, gvif }) => ({ term, vif: gvif })),
  };
}

function line(term: string, coefficient: number, standardError: number, pValue: number, { lower, upper }: Limits): Term {
  return { term, coefficient, standardError, z: coefficient / standardError, pValue, oddsRatio: Math.exp(coefficient), lower: Math.exp(lower), upper: Math.exp(upper) };
}

function aliasNotes(design: Design, fit: LogisticFit): { code: string; text: string }[] {
  return fit.aliased.map((name) => {
    const c = design.names.indexOf(name);
    const values = design.values.subarray(c * design.rows, (c + 1) * design.rows);
    const text = values.every((value) => value === values[0]) ? `${name} has one value only and` : `${name} is a combination of the columns before it and`;
    return { code: 'aliased', text: `${text} has no coefficient; it is dropped.` };
  });
}

const sentence = ({ kind, columns }: Separation): string =>
  `${kind === 'complete' ? 'Rows with and without the event are separated completely' : 'Some rows with and without the event are separated'} by ${columns.filter((name) => name !== '(Intercept)').join(', ') || 'the columns together'}: logistic regression has no finite coefficients.`;

function separated(separation: Separation): RadloomError {
  return new RadloomError({ code: 'separation', what: sentence(separation), where: { field: separation.columns.find((name) => name !== '(Intercept)') }, fix: 'Set firth: if-separated for a penalised fit, or leave the column out.', data: { ...separation } });
}
