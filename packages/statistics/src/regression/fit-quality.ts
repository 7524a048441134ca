import { type LogisticFit, logisticResiduals } from './logistic.js';

/** Shares of the null deviance explained, by three definitions. */
export interface PseudoRSquared {
  /** 1 − deviance / null deviance. */
  readonly mcFadden: number;
  readonly coxSnell: number;
  /** Cox & Snell's over its largest possible value. */
  readonly nagelkerke: number;
}

/** Pseudo R² of a logistic fit. */
export function pseudoRSquared(fit: LogisticFit): PseudoRSquared {
  const n = fit.fitted.length;
  const coxSnell = -Math.expm1((fit.deviance - fit.nullDeviance) / n);
  return { mcFadden: 1 - fit.deviance / fit.nullDeviance, coxSnell, nagelkerke: coxSnell / -Math.expm1(-fit.nullDeviance / n) };
}

/** Cook's distance of each row: how far the coefficients move without it. */
export function cooksDistance(fit: LogisticFit, outcome: ArrayLike<number>): Float64Array {
  return logisticResiduals(fit, outcome).pearson.map((residual, i) => ((residual / (1 - fit.leverage[i])) ** 2 * fit.leverage[i]) / fit.rank);
}
