import { chiSquared } from '../distributions/gamma.js';
import { type Design, withoutColumns } from './design.js';
import { irls, type LogisticFit, type LogisticOptions } from './logistic.js';

/** A likelihood ratio test. */
export interface LikelihoodRatio {
  readonly chiSquared: number;
  readonly df: number;
  readonly pValue: number;
}

/** The whole model against the intercept alone. */
export function likelihoodRatioVsNull(fit: LogisticFit): LikelihoodRatio {
  const statistic = fit.nullDeviance - fit.deviance;
  const df = fit.rank - 1;
  return { chiSquared: statistic, df, pValue: chiSquared.upper(statistic, df) };
}

/** A term left out of a model. */
export interface DroppedTerm extends LikelihoodRatio {
  readonly term: string;
  /** AIC of the model without it. */
  readonly aic: number;
}

/**
 * Each term that is not part of an interaction, left out in turn (R's drop1 with test LRT).
 */
export function dropEachTerm(design: Design, outcome: ArrayLike<number>, fit: LogisticFit, options: LogisticOptions = {}): DroppedTerm[] {
  const variables = design.terms.map((term) => new Set(term.split(':')));
  const droppable = design.terms.filter((_, t) => !variables.some((other, s) => s !== t && [...variables[t]].every((name) => other.has(name))));
  return droppable.map((term) => {
    const index = design.terms.indexOf(term);
    const columns = new Set(design.names.map((_, c) => c).filter((c) => design.termOf[c] === index));
    const smaller = irls(withoutColumns(design, columns), outcome, options);
    const statistic = Math.max(0, smaller.deviance - fit.deviance);
    const df = fit.rank - smaller.qr.rank;
    return { term, chiSquared: statistic, df, pValue: df === 0 ? NaN : chiSquared.upper(statistic, df), aic: smaller.deviance + 2 * smaller.qr.rank };
  });
}
